"""One zone, many parks: each firm once, what is missing named."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.reporting.rollup import (
    DIRECT,
    Part,
    Share,
    Standing,
    Sum,
    from_parks,
    outermost,
    roll_up,
)
from openzone.engines.series.model import State


def said(value: int) -> Standing:
    return Standing(State.REPORTED, Decimal(value))


MISSING = Standing(State.MISSING)
NONE = Standing(State.NOT_APPLICABLE)
HALF = Fraction(1, 2)
WHOLE = Fraction(1)


def test_a_firm_in_two_parks_counts_once() -> None:
    found = roll_up(
        {"a": said(100), "b": said(40)},
        [Share("a", "east", HALF), Share("a", "west", HALF), Share("b", "west", WHOLE)],
    )
    assert found.whole.total == 140
    assert {name: part.total for name, part in found.parts.items()} == {"east": 50, "west": 90}
    assert found.shared == ("a",)
    assert found.over == ()


def test_what_is_in_no_park_counts_in_the_zone_directly() -> None:
    found = roll_up({"a": said(100), "b": said(7)}, [Share("a", "east", Fraction(7, 10))])
    assert found.parts[DIRECT].total == 37
    assert found.whole.total == 107


def test_a_missing_figure_is_no_nought_and_what_does_not_apply_is_not_missing() -> None:
    found = roll_up({"a": said(5), "b": MISSING, "c": NONE, "d": said(0)}, []).whole
    assert (found.total, found.missing, found.not_applicable) == (5, ("b",), ("c",))
    assert (len(found.of), found.members, found.complete) == (2, 3, False)
    assert roll_up({"b": MISSING}, []).whole.total is None


def test_shares_above_one_are_named_and_the_zone_counts_the_firm_once() -> None:
    found = roll_up({"a": said(10)}, [Share("a", "east", WHOLE), Share("a", "west", HALF)])
    assert found.over == ("a",)
    assert found.whole.total == 10


def test_a_park_within_a_park_is_not_added_again() -> None:
    parks = [Part("base", "", said(100)), Part("inner", "base", said(30)),
             Part("far", "zone", said(50)), Part("deep", "inner", said(5))]  # fmt: skip
    assert [one.name for one in outermost(parks)] == ["base", "far"]
    found = from_parks(parks, Sum(Decimal(7), {"firm": WHOLE}, ("late",)))
    assert (found.total, found.missing, set(found.of)) == (157, ("late",), {"base", "far", "firm"})
    ring = [Part("x", "y", said(1)), Part("y", "x", said(2))]
    assert len(outermost(ring)) < 2


def test_a_park_that_has_not_reported_makes_the_zone_incomplete() -> None:
    found = from_parks([Part("a", "", said(3)), Part("b", "", MISSING)], Sum(None, {}, ()))
    assert (found.total, found.complete, found.missing) == (3, False, ("b",))


firms = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.one_of(st.integers(-50, 1000).map(said), st.just(MISSING), st.just(NONE)),
    min_size=1,
)
links = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["p", "q", "r"]), st.integers(1, 3))
)


@settings(max_examples=50, deadline=None)
@given(firms, links)
def test_parts_and_what_is_in_none_come_to_the_whole(
    standings: dict[str, Standing], drawn: list[tuple[str, str, int]]
) -> None:
    """With shares of 1 or less in all, by whatever key they are given."""
    shares = {(member, to): Share(member, to, Fraction(n, 9)) for member, to, n in drawn}
    found = roll_up(standings, shares.values())
    assert found.over == ()
    known = [part.total for part in found.parts.values() if part.total is not None]
    if found.whole.total is None:
        assert not known
    else:
        assert abs(sum(known) - found.whole.total) < Decimal("1e-18")
    assert set(found.whole.of) | set(found.whole.missing) | set(found.whole.not_applicable) == set(
        standings
    )
