"""What holds of every history under every rule."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.lights import NOT_YET, Colour, LightRule, Month, Override, colours
from openzone.packs.lights import light_packs

RULES = [pack.as_rule for pack in light_packs(None).values()]
FIRST = 2025 * 12

shares = st.none() | st.integers(0, 120).map(lambda number: Decimal(number) / 100)
days = st.none() | st.dates(dt.date(2024, 6, 1), dt.date(2027, 6, 1))
events = days | st.just(NOT_YET)
flags = st.sampled_from([None, False, False, True])
overrides = st.builds(
    Override,
    st.sampled_from([Colour.GREEN, Colour.YELLOW, Colour.RED]),
    st.just("理由"),
    st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)),
    st.sampled_from(["", "", "wuhan.progress_ratio", "yinchuan.start_overdue"]),
)
numbers = st.lists(st.integers(0, 23), unique=True, min_size=1, max_size=14).map(sorted)


@st.composite
def histories(draw: st.DrawFn) -> list[Month]:
    return [
        Month(
            dt.date((FIRST + number) // 12, number % 12 + 1, 1), "P1", draw(shares), draw(shares),
            due_start=draw(days), started_on=draw(events), statistics_on=draw(events),
            due_on=draw(days), done_on=draw(events), paused=draw(flags), expected_late=draw(flags),
            serious=draw(flags), poor_quality=draw(flags), reason_accepted=draw(flags),
            overrides=tuple(draw(st.lists(overrides, max_size=2))),
            reported=draw(st.sampled_from([True, True, True, False])),
        )
        for number in draw(numbers)
    ]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(months=histories(), data=st.data())
def test_later_months_never_change_an_earlier_colour(
    rule: LightRule, months: list[Month], data: st.DataObject
) -> None:
    known = data.draw(st.integers(1, len(months)))
    before = colours(rule, months[:known])
    assert colours(rule, months)[: len(before)] == before


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(months=histories(), data=st.data())
def test_the_order_of_the_rows_does_not_matter(
    rule: LightRule, months: list[Month], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(months))
    assert colours(rule, mixed) == colours(rule, months)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(months=histories())
def test_every_month_has_one_colour_and_pauses_and_gaps_none_of_the_lights(
    rule: LightRule, months: list[Month]
) -> None:
    found = colours(rule, months)
    reported = {one.month: one for one in months}
    span = [one.month for one in found]
    assert span == sorted(set(span))
    assert set(reported) <= set(span)
    for one in found:
        if one.month not in reported:
            assert one.raw is Colour.UNKNOWN
        elif reported[one.month].paused:
            assert one.colour is Colour.PAUSED
        if one.raw is Colour.UNKNOWN:
            assert one.missing


@given(planned=st.integers(1, 10_000), actual=st.integers(0, 12_000))
def test_the_progress_rules_agree_with_whole_number_arithmetic(planned: int, actual: int) -> None:
    month = Month(dt.date(2025, 1, 1), "", Decimal(planned) / 10_000, Decimal(actual) / 10_000)
    by_rule = {rule.id: colours(rule, [month])[0].colour.value for rule in RULES}
    ratio = "red" if actual * 5 < planned * 3 else "yellow" if actual * 5 < planned * 4 else "green"
    behind = planned - actual
    points = "red" if behind > 3000 else "yellow" if behind >= 1000 else "green"
    assert by_rule["wuhan.progress_ratio"] == ratio
    assert by_rule["yinchuan.progress_points"] == points
