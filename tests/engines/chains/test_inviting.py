"""What is known of a firm that could fill a gap, term by term."""

import datetime as dt
from math import isclose

import pytest

from openzone.engines.chains.candidates import ranked
from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.inviting import (
    Measures,
    Outside,
    Point,
    candidates,
    extending,
    kilometres,
    openings,
)
from tests.engines.chains.small import standing

TODAY = dt.date(2026, 6, 30)
MEASURES = Measures(
    {GapKind.FILL: 1.0, GapKind.EXTEND: 0.5, GapKind.STRENGTHEN: 0.5, GapKind.APART: 0.1}, 0.2, 100
)
CHENGDU, SHANGHAI = Point(104.066, 30.572), Point(121.474, 31.230)
HERE = standing("甲:precursor", "甲:lithium", "乙:cell", "丙:cell")


def values(firm: Outside, node: str = "cathode", seat: Point | None = None) -> dict:
    found = candidates(openings(HERE, {"乙"}), [firm], MEASURES, seat=seat, as_of=TODAY)
    return dict(next(one.values for one in found if one.node == node))


def test_a_gap_counts_by_its_kind_and_the_weight_of_its_link():
    # cathode weighs 2 and lies between precursor and cell, which are here
    assert values(Outside("a", "甲外", {"cathode": 0.9}))["gap"] == 2.0
    assert values(Outside("a", "甲外", {"graphite": 0.9}), "graphite")["gap"] == 0.5


def test_leaders_beside_the_gap_count_once_each_and_only_if_named():
    assert values(Outside("a", "甲外", {"cathode": 0.9}))["anchor"] == 1.0
    none = candidates(
        openings(HERE, set()), [Outside("a", "甲外", {"cathode": 0.9})], MEASURES,
        seat=None, as_of=TODAY,
    )  # fmt: skip
    assert [one.values["anchor"] for one in none] == [0.0]


def test_what_no_list_says_stays_unknown_and_is_named():
    found = ranked(
        candidates(openings(HERE, ()), [Outside("a", "甲外", {"cathode": 0.9})], MEASURES,
                   seat=CHENGDU, as_of=TODAY),
        {"gap": 1.0, "size": 1.0, "distance": -1.0, "policy": 1.0, "risk": -1.0, "ties": 1.0},
    )  # fmt: skip
    assert found[0].unknown == ("size", "distance", "policy", "risk", "ties")


def test_a_known_no_is_zero_and_not_unknown():
    firm = Outside("a", "甲外", {"cathode": 0.9}, encouraged=False, risk=False, ties=0)
    known = values(firm)
    assert (known["policy"], known["risk"], known["ties"]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("age", "fresh"), [(0, 1.0), (50, 0.5), (100, 0.0), (400, 0.0)])
def test_a_signal_of_expansion_fades(age: int, fresh: float):
    firm = Outside("a", "甲外", {"cathode": 0.9}, expanded_on=TODAY - dt.timedelta(days=age))
    assert values(firm)["expansion"] == fresh


def test_suppliers_of_a_link_that_few_can_fill_are_scarce():
    firms = [Outside(str(n), str(n), {"cathode": 0.9}) for n in range(4)]
    found = candidates(openings(HERE, ()), firms, MEASURES, seat=None, as_of=TODAY)
    assert {one.values["scarcity"] for one in found} == {0.25}


def test_a_firm_that_fits_too_little_is_no_candidate():
    firm = Outside("a", "甲外", {"cathode": 0.1, "graphite": 0.2})
    found = candidates(openings(HERE, ()), [firm], MEASURES, seat=None, as_of=TODAY)
    assert [one.node for one in found] == ["graphite"]


def test_the_distance_is_that_of_the_globe():
    # 1,660 km by any map; the haversine is within 0.5 % of the ellipsoid
    assert isclose(kilometres(CHENGDU, SHANGHAI), 1661, rel_tol=0.005)
    assert kilometres(CHENGDU, CHENGDU) == 0
    firm = Outside("a", "甲外", {"cathode": 0.9}, at=SHANGHAI)
    assert values(firm)["distance"] is None, "the zone does not say where it lies"
    assert isclose(values(firm, seat=CHENGDU)["distance"], 1661, rel_tol=0.005)


def test_firms_of_the_zone_could_extend_to_the_missing_link_beside_them():
    could = extending(HERE, openings(HERE, ()))
    assert could["甲"] >= {"cathode", "nickel"}
    assert "cell" not in could["甲"], "what is here is not extended to"
