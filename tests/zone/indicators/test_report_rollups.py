"""One zone, many parks: each firm once, two views, what is missing named, nobody revealed."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.indicators.selectors.rollups import table
from openzone.zone.indicators.selectors.scopes import same_of, scope_of
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.indicators.services.rounds import close_round, excuse
from openzone.zone.people.enums import Role
from tests.factories import make_unit
from tests.zone.indicators.reports_world import (
    CELLS,
    NOW,
    PERIOD,
    approved,
    counts,
    firm,
    opened,
    owed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(make_user, office):
    return make_user("clerk", Role.STATISTICS, office)


@pytest.fixture
def place(actor):
    def make(kind, name, **more):
        return add_entity(actor=actor, kind=kind, name=name, **more)

    return make


@pytest.fixture
def world(actor, make_user, clerk, place):
    """Seven firms: four in the east, three in the west, the last in none; one in both halves."""
    east, west = place("park", "东园"), place("park", "西园")
    north, south = place("division", "北区"), place("division", "南区")
    people = [make_user(f"user{n}") for n in range(7)]
    firms = [firm(actor, f"示例{n}厂", people[n]) for n in range(7)]
    for n, to in enumerate([east, east, east, west, west, west]):
        if n != 2:
            counts(actor, firms[n], to)
    counts(actor, firms[2], east, "0.5")
    counts(actor, firms[2], west, "0.5")
    for n, one in enumerate(firms):
        counts(actor, one, north if n < 4 else south, key="division")
    return {"firms": firms, "people": people, "east": east, "west": west, "clerk": clerk}


def reported(world, one, chosen, times=100):
    for n in chosen:
        approved(owed(one, world["firms"][n]), world["people"][n], world["clerk"],
                 CELLS | {"revenue": str(times * (n + 1))}, notes=NOTES)  # fmt: skip


def sums(one, key="economic", sees_firms=True):
    found = table(one, key, sees_firms=sees_firms)
    line = next(each for each in found.lines if each.field.id == "revenue")
    return {
        cell.place.name or cell.place.id: cell.sum.total if cell.known else None
        for cell in line.cells
    }


WAN = Decimal(10_000)
YEAR_AGO = PERIOD.years_back(1)
NOTES = dict.fromkeys(CELLS, "已核实")


def test_zone_and_division_are_two_views_of_the_same_figures(actor, world):
    one = opened(actor)
    reported(world, one, range(7))
    assert sums(one) == {
        "whole": 2800 * WAN, "东园": 450 * WAN, "西园": 1650 * WAN, "economic:": 700 * WAN,
    }  # fmt: skip
    assert sums(one, "division") == {
        "whole": 2800 * WAN, "北区": 1000 * WAN, "南区": 1800 * WAN, "division:": None,
    }  # fmt: skip


def test_who_has_not_reported_is_named_and_the_total_is_not_complete(actor, world):
    one = opened(actor)
    reported(world, one, range(5))
    excuse(actor=actor, report=owed(one, world["firms"][6]), reason="停产", now=NOW)
    found = table(one, "economic", sees_firms=True)
    whole = next(each for each in found.lines if each.field.id == "revenue").cells[0].sum
    assert (len(whole.of), whole.members, whole.complete) == (5, 6, False)
    assert [found.names[name] for name in whole.missing] == ["示例5厂"]
    assert [found.names[name] for name in found.excused] == ["示例6厂"]


def test_others_see_sums_of_a_closed_round_without_those_that_reveal_a_firm(actor, world):
    one = opened(actor)
    reported(world, one, range(7))
    assert set(sums(one, sees_firms=False).values()) == {None}, "not before it is closed"
    one = close_round(actor=actor, report_round=one, now=NOW)
    seen = sums(one, sees_firms=False)
    assert seen["whole"] == 2800 * WAN
    assert seen["economic:"] is None, "one firm alone"
    assert (seen["东园"] is None) or (seen["西园"] is None), "nor by subtraction"


def test_a_correction_after_closing_is_not_told_by_the_difference(actor, world):
    one = opened(actor)
    reported(world, one, range(6))
    one = close_round(actor=actor, report_round=one, now=NOW)
    before = sums(one, sees_firms=False)["whole"]
    later = NOW + dt.timedelta(days=1)
    approved(owed(one, world["firms"][6]), world["people"][6], world["clerk"], now=later)
    assert sums(one, sees_firms=False)["whole"] == before
    assert sums(one)["whole"] == before + 1200 * WAN


def test_the_zone_from_parks_and_firms_in_none(actor, world, make_user):
    bureau = make_unit("示例分园管理办")
    clerk_there = make_user("there", Role.HANDLER, bureau)
    for name in ("east", "west"):
        type(world["east"]).objects.filter(pk=world[name].pk).update(unit=bureau)
    firms = opened(actor)
    reported(world, firms, [6])
    parks = opened(actor, form="park_monthly")
    given = {"revenue": "2", "output": "1", "tax": "1", "investment": "1",
             "industrial_investment": "1", "enterprises": "9", "above_size": "3"}  # fmt: skip
    approved(owed(parks, world["east"]), clerk_there, world["clerk"], given)
    found = table(parks, "economic", sees_firms=True)
    line = next(each for each in found.lines if each.field.id == "revenue")
    whole = line.cells[0].sum
    assert whole.total == 200_000_000 + 700 * WAN
    assert {found.names[name] for name in whole.missing} == {"西园"}
    assert len(whole.of) == 2, "a park and the firm in none"


def test_a_table_of_fifty_firms_asks_the_database_a_fixed_number_of_times(
    actor, django_assert_max_num_queries, make_user, world
):
    for n in range(7, 50):
        counts(actor, firm(actor, f"示例{n}厂"), world["east"])
    one = opened(actor)
    reported(world, one, range(2))
    with django_assert_max_num_queries(8):
        table(one, "economic", sees_firms=True)


def revenue(one, **more):
    found = scope_of(one, **more)
    return found, next(each for each in found.lines if each.field.id == "revenue")


def two_rounds(actor, world, chosen=range(7), *, left=0, joined=0):
    """A round a year before without the last firms, and one now without the first."""
    firms = world["firms"]
    type(firms[0]).objects.filter(pk__in=[one.pk for one in firms[7 - joined :]]).update(
        valid_from=dt.date(2026, 3, 1)
    )
    earlier = opened(actor, period=YEAR_AGO)
    reported(world, earlier, [n for n in chosen if n < 7 - joined], times=50)
    type(firms[0]).objects.filter(pk__in=[one.pk for one in firms[:left]]).update(
        valid_to=dt.date(2026, 3, 1)
    )
    one = opened(actor)
    reported(world, one, [n for n in chosen if n >= left])
    return one, earlier


def test_who_joined_and_left_since_the_year_before_and_how_the_same_firms_grew(actor, world):
    one, _earlier = two_rounds(actor, world, left=1, joined=1)
    found, line = revenue(one, sees_firms=True)
    assert [each.name for each in found.joined] == ["示例6厂"]
    assert [each.name for each in found.left] == ["示例0厂"]
    assert (found.stayed, line.same.growth) == (5, Decimal("100.0"))
    assert (line.all.before.total, line.all.now.total) == (1050 * WAN, 2700 * WAN)
    assert (line.same.before.total, line.same.now.total) == (1000 * WAN, 2000 * WAN)


def test_without_a_round_a_year_before_the_list_are_those_that_were_there(actor, world):
    type(world["firms"][0]).objects.filter(pk=world["firms"][6].pk).update(
        valid_from=dt.date(2026, 1, 1)
    )
    one = opened(actor)
    found, line = revenue(one, sees_firms=True)
    assert [each.name for each in found.joined] == ["示例6厂"]
    assert (found.stayed, line.same.growth, line.all.before.total) == (6, None, None)


def test_others_see_the_same_firms_only_where_no_firm_follows(actor, world):
    """Beside the sums of the rounds, those of the same firms would tell what one firm reported."""
    one, earlier = two_rounds(actor, world, joined=1)
    assert revenue(one, sees_firms=False)[0].withheld
    one = close_round(actor=actor, report_round=one, now=NOW)
    assert revenue(one, sees_firms=False)[0].withheld, "the year before is still open"
    close_round(actor=actor, report_round=earlier, now=NOW)
    found, line = revenue(one, sees_firms=False)
    assert not found.withheld
    assert (line.shows_all, line.shows_same) == (True, False)


def test_others_see_the_same_firms_where_three_joined(actor, world):
    one, earlier = two_rounds(actor, world, joined=3)
    for each in (one, earlier):
        close_round(actor=actor, report_round=each, now=NOW)
    one.refresh_from_db()
    _found, line = revenue(one, sees_firms=False)
    assert (line.shows_all, line.shows_same) == (True, True)


def test_the_same_firms_of_a_field_with_both_their_figures(actor, world):
    one, _earlier = two_rounds(actor, world, chosen=[0, 1, 5, 6], left=1, joined=1)
    _found, line = revenue(one, sees_firms=True)
    rows = [(each.entity.name, each.before.value, each.now.value, each.growth)
            for each in same_of(one, line.field)]  # fmt: skip
    assert rows == [
        ("示例1厂", 100 * WAN, 200 * WAN, Decimal("100.0")),
        ("示例5厂", 300 * WAN, 600 * WAN, Decimal("100.0")),
    ]
