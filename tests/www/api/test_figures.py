"""Programs enter figures, somebody else approves, and series come back with what follows."""

from collections.abc import Callable

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Entity
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.services.enterprises import create_enterprise
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.indicators.figures_world import zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> Entity:
    return zone(TESTS)


@pytest.fixture
def clerk(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("clerk", Role.HANDLER, office))


@pytest.fixture
def chief(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("chief", Role.STATISTICS, office))


def test_from_a_batch_to_a_series(here: Entity, clerk: Program, chief: Program) -> None:
    rows = [
        {"entity": here.pk, "given": {"series": "规上工业总产值", "period": period, "value": value,
                                      "growth": growth, "target": "284亿元"}}
        for period, value, growth in (
            ("2025-01/2025-04", "58.4亿元", ""), ("2025-01/2025-05", "77.7亿元", "28.5%"))
    ]  # fmt: skip
    body = {"title": "月报", "document": "统计月报", "rows": rows}
    made = done(clerk.post("/figures/batches", body), 201)
    assert made["state"] == "draft"
    done(clerk.post(f"/figures/batches/{made['id']}/submit"))
    refused(clerk.post(f"/figures/batches/{made['id']}/approve"), 403)
    approved = done(chief.post(f"/figures/batches/{made['id']}/approve"))
    assert approved["state"] == "approved"
    refused(chief.post(f"/figures/batches/{made['id']}/approve"), 409)
    series = done(clerk.get(f"/figures/series/{here.pk}/industrial_output"))
    assert [one["value"] for one in series["in_force"]] == ["5840000000", "7770000000"]
    by_kind = {(one["kind"], one["period"]): one for one in series["derived"]}
    month = by_kind["month", "2025-05"]
    assert month["value"] == "1930000000"
    assert [one["figure"] for one in month["of"]] == approved["figures"][::-1]
    assert by_kind["completion", "2025-01/2025-05"]["value"] == "27.36"
    assert by_kind["growth", "2025-01/2025-05"]["value"] == "28.50"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"series": "luck", "period": "2025", "value": "1元"}, "series"),
        ({"series": "gdp", "period": "2025", "value": "1亩"}, "unit"),
        ({"series": "gdp", "period": "2025", "value": "NaN"}, "value"),
        ({"series": "gdp", "period": "2025", "value": "1e99元"}, "value"),
    ],
)
def test_what_cannot_be_read_is_refused_by_row_and_field(
    here: Entity, clerk: Program, given: dict[str, str], field: str
) -> None:
    body = {"title": "月报", "document": "月报", "rows": [{"entity": here.pk, "given": given}]}
    answer = refused(clerk.post("/figures/batches", body), 422)
    assert "第 1 行" in str(answer)


def test_what_a_firm_reported_is_not_for_handlers(
    actor: Actor, clerk: Program, chief: Program
) -> None:
    firm = create_enterprise(actor=actor, name="示例企业甲")
    own = zone(actor, "示例企业甲", "enterprise", enterprise=firm)
    row = {"entity": own.pk, "given": {"series": "revenue", "period": "2025", "value": "3亿元"}}
    body = {"title": "年报", "document": "年报", "rows": [row]}
    assert "没有统计对象" in str(refused(clerk.post("/figures/batches", body), 422))
    made = done(chief.post("/figures/batches", body), 201)
    refused(clerk.get(f"/figures/batches/{made['id']}"), 403)
    refused(clerk.get(f"/figures/series/{own.pk}/revenue"), 403)
    assert done(clerk.get("/figures/batches")) == []
    assert own.pk not in [one["id"] for one in done(clerk.get("/figures/subjects"))["items"]]


def test_subjects_and_what_counts_where(actor: Actor, clerk: Program, chief: Program) -> None:
    refused(clerk.post("/figures/subjects", {"kind": "park", "name": "南园"}), 403)
    park = done(chief.post("/figures/subjects", {"kind": "park", "name": "南园"}), 201)
    other = done(chief.post("/figures/subjects", {"kind": "park", "name": "北园"}), 201)
    firm = create_enterprise(actor=actor, name="示例企业甲")
    own = done(chief.post("/figures/subjects", {
        "kind": "enterprise", "name": "示例企业甲", "enterprise": firm.pk}), 201)  # fmt: skip
    share = {"to": park["id"], "key": "economic", "share": "0.6", "valid_from": "2026-01-01",
             "document": "示例文件"}  # fmt: skip
    first = done(chief.post(f"/figures/subjects/{own['id']}/attributions", share), 201)
    more = {**share, "to": other["id"], "share": "0.5"}
    assert "超过 1" in str(
        refused(chief.post(f"/figures/subjects/{own['id']}/attributions", more), 422)
    )
    done(chief.post(f"/figures/subjects/{own['id']}/attributions",
                    {**more, "key": "division"}), 201)  # fmt: skip
    done(chief.post(f"/figures/attributions/{first['id']}/end", {"on": "2026-06-30"}))
    done(chief.post(f"/figures/subjects/{own['id']}/attributions",
                    {**more, "valid_from": "2026-07-01"}), 201)  # fmt: skip
    done(chief.post(f"/figures/subjects/{park['id']}/change", {"name": "示例南园"}))
    assert len(done(chief.get("/figures/dictionary"))) > 20
