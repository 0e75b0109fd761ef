"""Firms that join a list and leave it, and the growth of those on it both times."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reporting.rollup import Standing
from openzone.engines.reporting.scope import everybody, same_firms, scope_change
from openzone.engines.series.model import State

MISSING = Standing(State.MISSING)


def said(value: int) -> Standing:
    return Standing(State.REPORTED, Decimal(value))


def test_who_joined_and_who_left_the_firms_above_size() -> None:
    found = scope_change(["1", "2"], ["4", "3", "2"])
    assert (found.joined, found.left, found.stayed) == (("3", "4"), ("1",), ("2",))


def test_a_firm_that_joined_makes_the_sum_grow_and_not_the_same_firms() -> None:
    before = {"a": said(100), "b": said(100), "gone": said(50)}
    now = {"a": said(110), "b": said(110), "new": said(280)}
    whole, same = everybody(before, now), same_firms(before, now)
    assert (whole.before.total, whole.now.total, whole.growth) == (250, 500, Decimal("100.0"))
    assert (same.before.total, same.now.total, same.growth) == (200, 220, Decimal("10.0"))


def test_who_did_not_report_in_either_year_is_in_neither_sum_of_the_same_firms() -> None:
    before = {"a": said(100), "b": MISSING, "c": said(7)}
    now = {"a": said(90), "b": said(5), "c": MISSING}
    same = same_firms(before, now)
    assert (set(same.before.of), set(same.now.of), same.growth) == ({"a"}, {"a"}, Decimal("-10.0"))
    whole = everybody(before, now)
    assert (whole.now.missing, whole.growth) == (("c",), None), "missing is not nought"


def test_without_anybody_in_both_years_there_is_no_growth() -> None:
    same = same_firms({"a": said(1)}, {"b": said(2)})
    assert (same.before.total, same.now.total, same.growth) == (None, None, None)


@given(st.sets(st.text(max_size=2)), st.sets(st.text(max_size=2)))
def test_every_firm_joined_left_or_stayed(before: set[str], now: set[str]) -> None:
    found = scope_change(before, now)
    assert set(found.joined) | set(found.stayed) == now
    assert set(found.left) | set(found.stayed) == before
    assert not set(found.joined) & set(found.left)
