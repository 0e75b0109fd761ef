"""What holds of counters over every log there can be."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.money import Stated
from openzone.engines.projects.stages import Back, Entry, Exit, LogItem, log_faults
from openzone.engines.projects.statistics import Record, counters, stock
from tests.engines.projects.pipelines import SIX, YI

STAGES = [one.id for one in SIX.stages]
FIRST = dt.date(2025, 1, 1)
Sums = dict[tuple[str, ...], tuple[Decimal, Decimal]]


@st.composite
def logs(draw: st.DrawFn, steps: int = 7) -> tuple[LogItem, ...]:
    """Any log that has no faults: going on, falling back, mistakes, leaving and coming again."""
    items: list[LogItem] = []
    day = FIRST
    for _ in range(draw(st.integers(0, steps))):
        day += dt.timedelta(days=draw(st.integers(0, 120)))
        stage = draw(st.sampled_from(STAGES))
        item = draw(
            st.sampled_from(
                [
                    Entry(stage, day),
                    Back(stage, day, "理由"),
                    Back(stage, day, "有误", void=True),
                    Exit("other", day),
                ]
            )
        )
        if not log_faults(SIX, [*items, item]):
            items.append(item)
    return tuple(items)


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        amounts = draw(
            st.lists(
                st.builds(
                    Stated,
                    st.just("total"),
                    st.integers(1, 200).map(lambda value: value * YI / 10),
                    on=st.none() | st.dates(FIRST, dt.date(2027, 6, 1)),
                ),
                max_size=3,
            )
        )
        east = Decimal(draw(st.integers(1, 99))) / 100
        shares = draw(st.sampled_from([{}, {"东": Decimal(1)}, {"东": east, "西": 1 - east}]))
        found.append(
            Record(
                f"P{number}", draw(logs()), amounts=tuple(amounts), shares=shares,
                framework=draw(st.booleans()),
            )
        )  # fmt: skip
    return found


def sums(found: list[Record], start: dt.date, end: dt.date, *by: str) -> Sums:
    counted = counters(found, SIX, start, end, by=by or ("stage",))
    rows = [*counted.rows, *counted.frameworks]
    keys = {row.key for row in rows}
    return {
        key: (
            sum((row.count for row in rows if row.key == key), Decimal(0)),
            sum((row.amounts.get("CNY", Decimal(0)) for row in rows if row.key == key), Decimal(0)),
        )
        for key in keys
    }


def added(one: Sums, two: Sums) -> Sums:
    nothing = (Decimal(0), Decimal(0))
    return {
        key: tuple(a + b for a, b in zip(one.get(key, nothing), two.get(key, nothing), strict=True))
        for key in one.keys() | two.keys()
    }  # type: ignore[return-value]


@given(found=records(), cut=st.dates(FIRST, dt.date(2027, 6, 1)))
def test_counters_and_amounts_add_up_over_consecutive_periods(
    found: list[Record], cut: dt.date
) -> None:
    end = dt.date(2028, 1, 1)
    for by in ((), ("size",), ("place", "month")):
        first = sums(found, FIRST, cut, *by)
        second = sums(found, cut + dt.timedelta(days=1), end, *by)
        assert added(first, second) == sums(found, FIRST, end, *by)


@given(found=records(), data=st.data())
def test_the_order_of_the_lines_does_not_matter(found: list[Record], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(found))
    end = dt.date(2028, 1, 1)
    assert sums(mixed, FIRST, end, "size") == sums(found, FIRST, end, "size")


@given(found=records())
def test_the_shares_of_places_add_up_to_the_whole(found: list[Record]) -> None:
    end = dt.date(2028, 1, 1)
    by_place = counters(found, SIX, FIRST, end, by=("stage", "place"))
    whole = counters(found, SIX, FIRST, end)
    for row in whole.rows:
        parts = [part for part in by_place.rows if part.key[0] == row.key[0]]
        assert sum(part.count for part in parts) == row.count == len(row.ids)
        assert sum(part.amounts.get("CNY", Decimal(0)) for part in parts) == row.amounts.get(
            "CNY", Decimal(0)
        )


@given(items=logs(), later=st.integers(0, 500), stage=st.sampled_from(STAGES))
def test_falling_back_later_never_changes_an_earlier_counter(
    items: tuple[LogItem, ...], later: int, stage: str
) -> None:
    last = max((item.on for item in items), default=FIRST)
    back = Back(stage, last + dt.timedelta(days=later), "理由")
    if log_faults(SIX, [*items, back]):
        return
    end = dt.date(2040, 1, 1)
    assert sums([Record("A", items)], FIRST, end) == sums([Record("A", (*items, back))], FIRST, end)


@given(found=records())
def test_a_project_counts_at_most_once_in_a_stage_and_is_in_one_stage_at_most(
    found: list[Record],
) -> None:
    end = dt.date(2028, 1, 1)
    for row in counters(found, SIX, FIRST, end).rows:
        assert len(set(row.ids)) == len(row.ids)
    now = [name for row in stock(found, SIX, end).rows for name in row.ids]
    assert len(set(now)) == len(now)
