"""What projects bring to a figure adds up to the figure, and agrees with the counters."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.contributions import (
    Measured,
    Part,
    amount_at_entry,
    entries,
    ratio,
    total,
)
from openzone.engines.projects.money import Stated
from openzone.engines.projects.record import Record
from tests.engines.projects.pipelines import SIX, YEAR, YI, entered, log, on, project


def _signed(records, size=None, span=YEAR):
    return [one.id for one in entries(records, SIX, "signed", *span, size=size)]


def test_a_project_counts_in_the_period_of_its_first_entry_that_stands():
    records = [
        project("A", "signed 2025-03-01", "back in_talks 2025-05-01", "signed 2025-08-01"),
        project("B", "signed 2025-03-01", "void none 2025-04-01"),
        project("C", "signed 2024-12-31"),
    ]
    assert _signed(records) == ["A"]
    assert _signed(records, span=(on("2025-07-01"), on("2025-12-31"))) == []


def test_frameworks_exclusions_and_phases_of_a_contract_are_left_out():
    records = [
        project("framework", "signed 2025-03-01", framework=True),
        project("started", "signed 2025-03-01", "started 2025-04-01", framework=True),
        project("excluded", "signed 2025-03-01", excluded="real_estate"),
        project("phase", "signed 2025-03-01", phase_of="A", within_contract=True),
        project("counts", "signed 2025-03-01"),
    ]
    assert _signed(records) == ["counts"]
    assert [one.id for one in entries(records, SIX, "started", *YEAR)] == ["started"]


def test_the_size_is_that_of_the_day_of_entry_and_its_bound_counts():
    raised = Record(
        "raised", log("signed 2025-03-01"),
        amounts=(Stated("total", 4 * YI, on=on("2025-01-01")),
                 Stated("total", 6 * YI, on=on("2025-06-01"), reason="增资")),
    )  # fmt: skip
    records = [
        raised,
        project("exact", "signed 2025-03-01", total=5),
        project("none", "signed 2025-03-01"),
    ]
    assert _signed(records, "ge_5yi") == ["exact"]
    assert amount_at_entry(raised, "signed", "total") == Part("raised", 4 * YI)


def test_dollars_are_not_yuan_and_an_amount_nobody_stated_is_not_zero():
    dollars = Record("D", log("signed 2025-03-01"), amounts=(Stated("total", YI, "USD"),))
    silent = project("S", "signed 2025-03-01")
    parts = [amount_at_entry(one, "signed", "total") for one in (dollars, silent)]
    assert total(parts) == Measured(None, tuple(parts))
    known = total([*parts, Part("K", YI)])
    assert (known.value, known.unstated) == (YI, ("D", "S"))
    assert total([]).value == 0


def test_a_rate_of_nothing_is_no_rate():
    assert ratio([], []).value is None
    found = ratio(["A"], ["A", "B"])
    assert (found.value, found.parts) == (
        Decimal("0.5"),
        (Part("A", Decimal(1)), Part("B", Decimal(0))),
    )


days = st.dates(dt.date(2024, 6, 1), dt.date(2026, 6, 1))
records_of = st.lists(
    st.builds(
        lambda day, yi, framework, excluded: (day, yi, framework, excluded),
        days, st.one_of(st.none(), st.integers(0, 12)), st.booleans(),
        st.sampled_from([None, None, "real_estate"]),
    ),
    max_size=12,
)  # fmt: skip


@given(records_of)
def test_they_agree_with_the_counters(drawn):
    records = [
        project(f"P{n}", f"signed {day}", total=yi, framework=framework, excluded=excluded)
        for n, (day, yi, framework, excluded) in enumerate(drawn)
    ]
    counted = {row.key: row for row in entered(records).rows}[("signed",)]
    assert _signed(records) == counted.ids
    found = total(
        amount_at_entry(one, "signed", "total") for one in entries(records, SIX, "signed", *YEAR)
    )
    assert list(found.unstated) == counted.unstated
    assert (found.value or 0) == counted.amounts.get("CNY", 0)
    sized = {row.key: row.ids for row in entered(records, by=("stage", "size_at_least")).rows}
    assert _signed(records, "ge_5yi") == sized.get(("signed", "ge_5yi"), [])
