"""A what-if as its address says it, and what is refused with the reason."""

from collections.abc import Callable

import pytest

from openzone.engines.chains.whatif import Change, what_if
from openzone.zone.chains.selectors.reading import Reading, read
from openzone.zone.chains.selectors.scenario import scenario
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Investor, Lead
from tests.factories import make_enterprise
from tests.zone.chains.placed import CHAIN, put_all
from tests.zone.chains.test_reading import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(make_user: Callable[..., User]) -> tuple[Reading, dict[str, str]]:
    """The example, and the key of each firm."""
    firms = put_all(make_user("placer"))
    return read(CHAIN, TODAY), {name: str(firm.pk) for name, firm in firms.items()}


def test_it_answers_what_the_engine_answers(there: tuple[Reading, dict[str, str]]) -> None:
    reading, keys = there
    lost = keys["示例前驱体有限公司"]
    found = scenario(reading, {"add": ["示例新厂:cathode"], "lose": [lost]}, {}, {})
    engine = what_if(
        reading.report.standing, [Change("示例新厂", to="cathode"), Change(lost, away="*")]
    )
    assert (found.result.filled, found.result.opened) == (("cathode",), ("precursor",))
    assert found.result.after.coverage == engine.after.coverage
    assert found.after.state["cathode"] == "strengthen"
    assert "示例新厂" in found.after.why(found.after.gap_at["cathode"]).zh


def test_a_project_a_lead_and_a_firm_of_the_zone_come_by_their_numbers(
    there: tuple[Reading, dict[str, str]],
) -> None:
    reading, _keys = there
    firm = make_enterprise("示例负极有限公司")
    project, lead = Project(name="示例储能项目"), Lead(investor=Investor(name="示例隔膜投资方"))
    found = scenario(
        reading, {"add": [f"{firm.pk}:anode"], "project": ["5:storage"], "lead": ["6:separator"]},
        {5: project}, {6: lead},
    )  # fmt: skip
    labels = {move.label for move in found.moves}
    assert labels == {"示例负极有限公司", "示例储能项目", "示例隔膜投资方"}
    assert set(found.result.filled) == {"anode", "storage", "separator"}


def test_changes_follow_each_other(there: tuple[Reading, dict[str, str]]) -> None:
    reading, keys = there
    key = keys["示例前驱体有限公司"]
    found = scenario(reading, {"move": [f"{key}:precursor:cathode"]}, {}, {})
    assert (found.result.filled, found.result.opened) == (("cathode",), ("precursor",))
    with pytest.raises(Refused, match="示例前驱体有限公司已在“前驱体”"):
        scenario(reading, {"add": [f"{key}:precursor"]}, {}, {})


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"add": ["示例新厂"]}, "不是一项变动"),
        ({"add": ["示例新厂:moon"]}, "“moon”不是本链环节"),
        ({"add": ["999999999:cathode"]}, "没有编号为999999999的企业"),
        ({"lose": ["不在的企业"]}, "不在的企业不在“本链”"),
        ({"move": ["不在的企业:cell:pack"]}, "不在的企业不在“电芯”"),
        ({"project": ["7:cell"]}, "没有编号为7的项目"),
        ({"lead": ["x:cell"]}, "没有编号为x的线索"),
        ({"add": [f"新厂{n}:cell" for n in range(51)]}, "一次最多推演50项"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    there: tuple[Reading, dict[str, str]], asked: dict[str, list[str]], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        scenario(there[0], asked, {}, {})
