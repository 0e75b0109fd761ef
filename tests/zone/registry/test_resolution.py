"""Which statement counts, as a rule of its own."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import Period, PeriodKind
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.resolution import Wanted, strongest

MARCH, JUNE = dt.date(2026, 3, 31), dt.date(2026, 6, 30)


@dataclass(frozen=True)
class Row:
    """A stored statement, as far as resolution looks at it."""

    id: int
    known_on: dt.date
    period_first: dt.date | None = None
    period_last: dt.date | None = None


def of_year(number: int, known_on: dt.date, year: int) -> Row:
    period = Period.of_year(year)
    return Row(number, known_on, period.first, period.last)


def of_day(number: int, known_on: dt.date, day: dt.date) -> Row:
    return Row(number, known_on, day, day)


def wanted(name: str, as_of: dt.date = JUNE) -> Wanted:
    return Wanted.of(catalogue()[name], as_of)


def test_nothing_stated_is_nothing() -> None:
    assert strongest([], wanted("revenue_y1")) is None


def test_a_year_is_exactly_that_year() -> None:
    rows = [of_year(1, MARCH, 2024), of_year(2, MARCH, 2025), of_year(3, MARCH, 2026)]
    assert strongest(rows, wanted("revenue_y1")) == rows[1]
    assert strongest(rows, wanted("revenue_y2")) == rows[0]
    assert strongest(rows, wanted("revenue_y3")) is None


def test_a_span_is_not_a_year_that_ends_on_the_same_day() -> None:
    year, span = Period.of_year(2025), Period.of_year(2025, 2)
    rows = [Row(1, MARCH, year.first, year.last), Row(2, MARCH, span.first, span.last)]
    assert strongest(rows, wanted("equity_raised_2y")) == rows[1]


def test_a_moment_is_the_latest_up_to_the_day() -> None:
    rows = [of_day(1, JUNE, MARCH), of_day(2, MARCH, JUNE)]
    assert strongest(rows, wanted("employees", JUNE)) == rows[1]
    assert strongest(rows, wanted("employees", JUNE - dt.timedelta(days=1))) == rows[0]


def test_a_moment_without_a_day_is_weaker_than_any_with_one() -> None:
    rows = [Row(9, JUNE), of_day(1, MARCH, MARCH)]
    assert strongest(rows, wanted("employees")) == rows[1]
    assert strongest(rows[:1], wanted("employees")) == rows[0]


@pytest.mark.parametrize(
    "rows",
    [
        [of_year(1, MARCH, 2025), of_year(2, JUNE, 2025)],
        [of_year(2, JUNE, 2025), of_year(1, MARCH, 2025)],
        [of_year(1, JUNE, 2025), of_year(2, JUNE, 2025)],
        [of_year(1, MARCH, 2025), of_year(2, JUNE, 2025), of_year(3, MARCH, 2025)],
    ],
    ids=["later known", "in any order", "later recorded", "an old figure that arrived late"],
)
def test_the_statement_known_later_counts_then_the_one_recorded_later(rows: list[Row]) -> None:
    assert strongest(rows, wanted("revenue_y1")) == Row(
        2, JUNE, dt.date(2025, 1, 1), dt.date(2025, 12, 31)
    )


ROWS = st.lists(
    st.builds(
        of_day,
        st.integers(1, 10_000),
        st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 5)),
        st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 5)),
    ),
    unique_by=lambda row: row.id,
)


@given(ROWS, st.permutations(range(5)), st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 5)))
def test_the_answer_does_not_depend_on_the_order_of_the_rows(
    rows: list[Row], order: list[int], as_of: dt.date
) -> None:
    shuffled = sorted(rows, key=lambda row: order[row.id % 5])
    asked = Wanted(PeriodKind.MOMENT, Period(), as_of)
    assert strongest(rows, asked) == strongest(shuffled, asked)


@given(ROWS, st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 5)))
def test_nothing_that_speaks_of_a_later_day_counts(rows: list[Row], as_of: dt.date) -> None:
    found = strongest(rows, Wanted(PeriodKind.MOMENT, Period(), as_of))
    admitted = [row for row in rows if row.period_last is not None and row.period_last <= as_of]
    assert (found is None) == (not admitted)
    if found is not None:
        assert found.period_last == max(row.period_last for row in admitted if row.period_last)
