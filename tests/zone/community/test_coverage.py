"""Service points, walking distance and the roster from a spreadsheet."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from openzone.zone.community.models import Agent, Estate, ServicePoint
from openzone.zone.community.selectors.coverage import report, ways
from openzone.zone.community.services.points import (
    EstateValues,
    PointValues,
    declare_walk,
    save_estate,
    save_point,
)
from openzone.zone.community.services.roster import import_roster
from openzone.zone.errors import Refused
from tests.zone.community.town import ACTOR, LONG_AGO, Town

TODAY = dt.date(2026, 11, 16)


def point(town: Town, code: str = "p1", **given: Any) -> ServicePoint:
    values: dict[str, Any] = {
        "name": f"示例代办点{code}",
        "community": town.community,
        "valid_from": LONG_AGO,
    }
    items = given.pop("items", [town.pension])
    return save_point(actor=ACTOR, code=code, values=PointValues(**values | given), items=items)


def estate(town: Town, code: str, residents: int | None, **given: Any) -> Estate:
    values = {"name": f"示例小区{code}", "kind": "estate", "community": town.community}
    return save_estate(
        actor=ACTOR, code=code, values=EstateValues(residents=residents, **values | given)
    )


def test_declared_minutes_count_before_estimates_and_unknown_stays_unknown(town):
    here = point(town, longitude=118.2, latitude=24.6)
    near = estate(town, "e1", 600)
    estate(town, "e2", 300, longitude=118.2, latitude=24.61)
    estate(town, "e3", 100)
    declare_walk(actor=ACTOR, estate=near, point=here, minutes=Decimal("4.5"))
    found = {way.estate.code: way for way in ways(TODAY)}
    assert (found["e1"].minutes, found["e1"].how) == (4.5, "declared")
    assert found["e2"].how == "estimated"
    assert found["e2"].minutes == pytest.approx(1112 * 1.3 / 80, rel=0.01)
    assert (found["e3"].minutes, found["e3"].how) == (None, "unknown")
    result = report(TODAY).reach
    assert (result.within, result.beyond, result.unknown) == (600, 300, 100)
    assert (result.least, result.most) == (0.6, 0.7)


def test_the_nearest_open_point_counts(town):
    far, near = point(town, "p1"), point(town, "p2", valid_to=dt.date(2026, 11, 15))
    home = estate(town, "e1", 100)
    declare_walk(actor=ACTOR, estate=home, point=far, minutes=Decimal(9))
    declare_walk(actor=ACTOR, estate=home, point=near, minutes=Decimal(2))
    assert ways(dt.date(2026, 11, 15))[0].minutes == 2
    assert ways(TODAY)[0].minutes == 9


def test_points_that_offer_too_little_are_named(town):
    here = point(town)
    result = report(TODAY)
    assert result.few == [here]
    assert [row.unit for row in result.communities] == [town.community]
    assert result.communities[0].agents == 1


def test_half_a_coordinate_is_no_place(town):
    with pytest.raises(Refused, match="同时填写"):
        point(town, longitude=118.2)


CSV = """编号,姓名,社区,来源,开始日期
a-1,示例甲,示例社区,党员、志愿者,2026-01-01
a-2,示例乙,{community},党员,2026-01-01
"""


def test_the_roster_comes_from_a_sheet_whole_or_not_at_all(town):
    def load(community: str) -> Any:
        data = CSV.format(community=community).encode()
        return import_roster(actor=ACTOR, file_name="代办员.csv", data=data, as_of=TODAY)

    bad = load("没有的社区")
    assert (bad.created, len(bad.problems)) == (0, 1)
    assert "第3行" in bad.problems[0].zh
    assert "没有的社区" in bad.problems[0].en
    assert Agent.objects.count() == 1
    assert load("community").created == 2
    assert Agent.objects.get(code="a-1").sources == ["party_member", "volunteer"]
    assert load("community").changed == 2
