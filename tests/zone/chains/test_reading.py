"""A chain of the record read: on a day, as known then, of a place; concentration; who is aimed."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from openzone.engines.chains.gaps import GapKind
from openzone.zone.chains.models import NodeFigure
from openzone.zone.chains.selectors.aimed import aimed_at
from openzone.zone.chains.selectors.board import board
from openzone.zone.chains.selectors.finding import find
from openzone.zone.chains.selectors.outputs import outputs_on
from openzone.zone.chains.selectors.reading import leaders, read, roles_on
from openzone.zone.chains.selectors.versions import chain_on
from openzone.zone.chains.services.placing import place
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead
from tests.factories import make_place
from tests.zone.chains.placed import CHAIN, LONG_AGO, TESTS, name_leader, put, put_all

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user("placer")


def _figure(user: User, firm: Any, value: int, **given: Any) -> NodeFigure:
    said = {"node": "cell", "kind": "output", "unit": "gwh", "period": "2025", **given}
    return NodeFigure.objects.create(
        chain=CHAIN, enterprise=firm, value=Decimal(value), source="示例年报",
        published_on=dt.date(2026, 3, 1), recorded_by=user, recorded_at=timezone.now(), **said,
    )  # fmt: skip


def test_the_missing_cathode_is_the_first_gap_with_its_neighbours_by_name(user: User) -> None:
    put_all(user)
    reading = read(CHAIN, TODAY)
    first = reading.gaps(GapKind.FILL)[0]
    assert first.node == "cathode"
    assert reading.why(first).zh == "缺；上游有锂盐、前驱体，下游有电芯"
    assert reading.state["cell"] == "strong"
    assert "示例前驱体有限公司" in reading.why(reading.gap_at["precursor"]).zh
    assert any("示例前驱体有限公司" in gap.reason.zh for gap in reading.told.gaps)


def test_a_day_before_anybody_came_and_a_moment_before_anybody_knew(user: User) -> None:
    before = timezone.now()
    firm = put(user, "示例隔膜有限公司", "separator")
    place(
        actor=TESTS, user=user, enterprise=firm, valid_from=dt.date(2026, 5, 1),
        now=timezone.now(), parts={(CHAIN, "cell"): Decimal(1)},
    )  # fmt: skip
    there = {day: tuple(read(CHAIN, day).report.standing.firms)
             for day in (LONG_AGO - dt.timedelta(days=1), LONG_AGO, TODAY)}  # fmt: skip
    assert list(there.values()) == [(), ("separator",), ("cell",)]
    assert read(CHAIN, TODAY, before).names == {}


def test_of_a_place_only_its_firms_and_those_below_are_read(user: User) -> None:
    park = make_place()
    inside = make_place("示例一号地", parent=park)
    put(user, "示例电芯甲有限公司", "cell", place=inside)
    put(user, "示例电芯乙有限公司", "cell", place=make_place("别处"))
    found = read(CHAIN, TODAY, place=park)
    assert list(found.names.values()) == ["示例电芯甲有限公司"]
    assert found.state["cell"] == "strengthen"


def test_concentration_needs_every_output_in_one_unit_and_period(user: User) -> None:
    one, other = (put(user, name, "cell") for name in ("示例电芯甲", "示例电芯乙"))
    _figure(user, one, 30)
    assert read(CHAIN, TODAY).report.hhi == {}
    told = _figure(user, other, 10)
    assert read(CHAIN, TODAY).report.hhi["cell"] == pytest.approx(0.75**2 + 0.25**2)
    told.withdrawn_at = timezone.now()
    told.save()
    _figure(user, other, 10, unit="t")
    assert outputs_on(CHAIN, TODAY) == {}
    _figure(user, one, 3, kind="output_value", unit="yi")
    _figure(user, other, 1, kind="output_value", unit="yi")
    assert read(CHAIN, TODAY).report.hhi["cell"] == pytest.approx(0.75**2 + 0.25**2)


def test_figures_published_later_are_not_known_yet(user: User) -> None:
    _figure(user, put(user, "示例电芯甲", "cell"), 30)
    assert outputs_on(CHAIN, dt.date(2026, 2, 28)) == {}


def test_leaders_are_those_named_by_a_document_on_that_day(user: User) -> None:
    firm = put(user, "示例电芯甲", "cell")
    role = name_leader(user, firm)
    assert leaders(roles_on(CHAIN, TODAY)) == [str(firm.pk)]
    role.valid_to = TODAY
    role.save()
    assert leaders(roles_on(CHAIN, TODAY)) == []
    assert roles_on("titanium", LONG_AGO) == {}


def test_leads_and_projects_are_aimed_by_id_by_name_and_by_link() -> None:
    chain = chain_on(CHAIN, TODAY)
    leads = [
        Lead(chain=CHAIN, node="cathode"), Lead(chain="锂离子电池", node="正极材料"),
        Lead(chain="titanium", node="cathode"), Lead(chain=CHAIN, node="月球"),
    ]  # fmt: skip
    projects = [
        Project(chain=["lithium_battery/anode", "负极材料"]), Project(chain=["titanium/cathode"]),
    ]  # fmt: skip
    found = aimed_at(chain, leads, projects)
    assert {node: (len(one.leads), len(one.projects)) for node, one in found.items()} == {
        "cathode": (2, 0), "anode": (0, 1),
    }  # fmt: skip


def test_the_board_puts_what_is_here_first_and_counts_gaps_nobody_works_on(user: User) -> None:
    put_all(user)
    first, *rest = board(TODAY)
    assert first.reading.chain.id == CHAIN
    assert first.kinds["fill"] == len(first.reading.gaps(GapKind.FILL))
    assert {"cathode", "anode"} <= set(first.untouched)
    assert all(line.reading.report.coverage == 0 for line in rest)
    assert first.loops[1] == len(first.reading.report.loops)


@pytest.mark.parametrize(
    ("word", "node", "rank"),
    [("正极材料", "cathode", 0), ("磷酸铁锂", "cathode", 0), ("六氟磷酸", "electrolyte_salt", 1),
     ("氟磷酸", "electrolyte_salt", 2), ("示例磷酸铁锂正极粉", "cathode", 3)],
)  # fmt: skip
def test_a_word_finds_its_link(word: str, node: str, rank: int) -> None:
    hits = [one for one in find(word, TODAY) if one.chain.id == CHAIN and one.node.id == node]
    assert [one.rank for one in hits] == [rank]


def test_no_word_finds_nothing() -> None:
    assert find("　", TODAY) == []
    assert find("不存在的产品", TODAY) == []
