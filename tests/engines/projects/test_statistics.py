"""Counters, sizes and rates: the published figures, and every way to count something twice."""

from decimal import Decimal

import pytest

from openzone.engines.projects.money import Stated
from openzone.engines.projects.sizes import BELOW, UNKNOWN, reached, size
from openzone.engines.projects.statistics import (
    DIMENSIONS,
    Record,
    counters,
    rates,
    stock,
    unproved,
)
from tests.engines.projects.pipelines import (
    SEVEN,
    SIX,
    YEAR,
    YI,
    counted,
    entered,
    log,
    on,
    project,
)

ONE = Decimal(1)


# ---- published figures ----------------------------------------------------------------------


def baoji() -> list[Record]:
    """24 signed, 21 of 1亿 and more totalling 92.03亿 (示例数据 with the published totals)."""
    large = [project(f"L{n}", "signed 2025-02-01", total="4.38") for n in range(20)]
    rest = project("L20", "signed 2025-02-01", total=Decimal("92.03") - 20 * Decimal("4.38"))
    small = [project(f"S{n}", "signed 2025-02-01", total="0.5") for n in range(3)]
    return [*large, rest, *small]


def test_24_signed_of_which_21_of_one_yi_and_more_total_9203() -> None:
    assert counted(baoji()) == {("signed",): Decimal(24)}
    found = entered(baoji(), by=("stage", "size_at_least"))
    row = next(row for row in found.rows if row.key == ("signed", "ge_1yi"))
    assert (row.projects, row.amounts["CNY"]) == (21, Decimal("92.03") * YI)
    assert found.overlapping == ("size_at_least",)


def test_started_completed_and_in_production_are_counted_each_in_its_period() -> None:
    both = ("completed 2025-06-01", "in_production 2025-09-01")
    records = [
        *(project(f"A{n}", "started 2025-01-05", *both) for n in range(32)),
        *(project(f"B{n}", "started 2025-01-05", both[0]) for n in range(10)),
        *(project(f"C{n}", "started 2025-01-05") for n in range(9)),
        *(project(f"D{n}", "started 2024-12-31") for n in range(5)),
    ]
    assert counted(records) == {
        ("started",): Decimal(51), ("completed",): Decimal(42), ("in_production",): Decimal(32),
    }  # fmt: skip
    assert counted(records, on("2025-07-01"), on("2025-09-30")) == {("in_production",): Decimal(32)}


# ---- once, and in which period --------------------------------------------------------------


def test_entering_is_counted_and_not_where_a_project_is_now() -> None:
    records = [project("A", "signed 2025-03-01", "started 2025-05-01")]
    assert counted(records) == {("signed",): ONE, ("started",): ONE}
    now = stock(records, SIX, on("2025-12-31"))
    assert {row.key: row.count for row in now.rows if row.count} == {("started",): ONE}
    assert stock(records, SIX, on("2025-04-30")).rows[3].ids == ["A"]


def test_going_back_and_again_forward_counts_once_in_the_first_period() -> None:
    records = [project("A", "signed 2025-03-01", "back in_talks 2025-05-01", "signed 2025-08-01")]
    assert counted(records, on("2025-01-01"), on("2025-06-30")) == {("signed",): ONE}
    assert counted(records, on("2025-07-01"), on("2025-12-31")) == {}


def test_an_entry_taken_back_as_a_mistake_counts_only_where_it_really_was() -> None:
    records = [project("A", "signed 2025-03-01", "void none 2025-05-01", "signed 2025-08-01")]
    assert counted(records, on("2025-01-01"), on("2025-06-30")) == {}
    assert counted(records, on("2025-07-01"), on("2025-12-31")) == {("signed",): ONE}


def test_both_ends_of_the_period_are_in_it() -> None:
    records = [project("A", "signed 2025-01-01"), project("B", "signed 2025-12-31")]
    assert counted(records) == {("signed",): Decimal(2)}
    assert counted(records, on("2025-01-02"), on("2025-12-30")) == {}


def test_leaving_is_a_counter_of_its_own() -> None:
    records = [project("A", "signed 2025-03-01", "exit low_output 2025-05-01")]
    assert counted(records) == {("signed",): ONE, ("exit",): ONE}
    assert all(row.count == 0 for row in stock(records, SIX, on("2025-12-31")).rows)


# ---- not counted, or apart ------------------------------------------------------------------


def test_framework_agreements_are_apart_from_contracts_and_only_there() -> None:
    records = [
        project("F", "in_talks 2025-01-05", "signed 2025-03-01", total=5, framework=True),
        project("C", "signed 2025-03-01", total=2),
    ]
    found = entered(records)
    assert {row.key: row.ids for row in found.frameworks} == {("signed",): ["F"]}
    signed = next(row for row in found.rows if row.key == ("signed",))
    assert (signed.ids, signed.amounts) == (["C"], {"CNY": 2 * YI})
    assert next(row for row in found.rows if row.key == ("in_talks",)).ids == ["F"]


def test_a_phase_inside_a_signed_contract_is_listed_and_not_counted() -> None:
    records = [
        project("P1", "signed 2025-03-01", total=30),
        project("P2", "signed 2025-04-01", total=15, phase_of="P1", within_contract=True),
        project("P3", "signed 2025-05-01", total=15, phase_of="P1"),
    ]
    found = entered(records)
    assert counted(records) == {("signed",): Decimal(2)}
    assert [(one.id, one.stage, one.exclusion) for one in found.left_out] == [
        ("P2", "signed", "phase_in_contract")
    ]


def test_an_excluded_project_is_listed_with_its_reason_and_never_dropped_silently() -> None:
    records = [
        project("A", "signed 2025-03-01", excluded="relocation"),
        project("B", "signed 2025-03-01"),
    ]
    found = entered(records)
    assert [(one.id, one.on, one.exclusion) for one in found.left_out] == [
        ("A", on("2025-03-01"), "relocation")
    ]
    assert stock(records, SIX, on("2025-12-31")).left_out[0].id == "A"


# ---- places ---------------------------------------------------------------------------------

SHARED = {"东区": Decimal("0.6"), "西区": Decimal("0.4")}


def test_a_shared_project_counts_once_in_the_whole_and_by_share_in_each_place() -> None:
    records = [
        project("A", "signed 2025-03-01", total=10, shares=SHARED),
        project("B", "signed 2025-03-01", total=2, shares={"东区": ONE}),
        project("C", "signed 2025-03-01", total=1),
    ]
    assert counted(records) == {("signed",): Decimal(3)}
    assert counted(records, by=("place",)) == {
        ("signed", "东区"): Decimal("1.6"), ("signed", "西区"): Decimal("0.4"),
        ("signed", UNKNOWN): ONE,
    }  # fmt: skip
    east = entered(records, place="东区").rows
    row = next(row for row in east if row.count)
    assert (row.count, row.projects, row.amounts["CNY"]) == (Decimal("1.6"), 2, 8 * YI)
    west = next(row for row in entered(records, place="西区", by=("place",)).rows)
    assert (west.key, west.count, west.amounts["CNY"]) == (
        ("signed", "西区"),
        Decimal("0.4"),
        4 * YI,
    )


# ---- amounts and sizes ----------------------------------------------------------------------


def test_an_amount_nobody_stated_is_told_and_not_zero() -> None:
    found = entered([project("A", "signed 2025-03-01"), project("B", "signed 2025-03-01", total=1)])
    row = next(row for row in found.rows if row.count)
    assert (row.amounts, row.unstated) == ({"CNY": YI}, ["A"])
    assert counted([project("A", "signed 2025-03-01")], by=("size",)) == {("signed", UNKNOWN): ONE}


def test_a_revision_later_keeps_the_amount_of_the_entry_and_shows_the_new_one_beside() -> None:
    amounts = (
        Stated("total", 3 * YI, on=on("2025-01-10")),
        Stated("total", 8 * YI, on=on("2025-07-10"), reason="增资"),
    )
    records = [project("A", "signed 2025-03-01", "started 2025-09-01", amounts=amounts)]
    rows = {row.key[0]: row for row in entered(records).rows}
    assert (rows["signed"].amounts, rows["signed"].now) == ({"CNY": 3 * YI}, {"CNY": 8 * YI})
    assert rows["started"].amounts == {"CNY": 8 * YI}
    first_half = entered(records, on("2025-01-01"), on("2025-06-30"))
    assert next(row for row in first_half.rows if row.count).now == {"CNY": 3 * YI}
    assert counted(records, by=("size",)) == {
        ("signed", "ge_1yi"): ONE, ("started", "ge_5yi"): ONE,
    }  # fmt: skip


def test_kinds_of_amount_and_currencies_are_never_mixed() -> None:
    amounts = (
        Stated("total", 3 * YI),
        Stated("fixed", 2 * YI),
        Stated("foreign", Decimal(7_000_000), "USD"),
    )
    records = [project("A", "signed 2025-03-01", amounts=amounts)]

    def sums(kind: str) -> dict[str, Decimal]:
        return next(row for row in entered(records, amount=kind).rows if row.count).amounts

    assert sums("total") == {"CNY": 3 * YI}
    assert sums("fixed") == {"CNY": 2 * YI}
    assert sums("foreign") == {"USD": Decimal(7_000_000)}


@pytest.mark.parametrize(
    ("amount", "one", "all_"),
    [
        ("0.9999", BELOW, ()),
        ("1", "ge_1yi", ("ge_1yi",)),
        ("9.99", "ge_5yi", ("ge_1yi", "ge_5yi")),
        ("10", "ge_10yi", ("ge_1yi", "ge_5yi", "ge_10yi")),
        ("100", "ge_100yi", ("ge_1yi", "ge_5yi", "ge_10yi", "ge_50yi", "ge_100yi")),
    ],
)
def test_sizes_begin_at_their_bound(amount: str, one: str, all_: tuple[str, ...]) -> None:
    yuan = Decimal(amount) * YI
    assert size(SIX.sizes, yuan) == one
    assert reached(SIX.sizes, yuan) == all_


def test_the_rows_follow_the_order_of_stages_and_sizes() -> None:
    records = [
        project("A", "signed 2025-03-01", total=60),
        project("B", "signed 2025-03-01", total="0.1"),
        project("C", "in_talks 2025-03-01", total=6),
        project("D", "signed 2025-03-01"),
    ]
    keys = [row.key for row in entered(records, by=("stage", "size")).rows]
    assert keys == [
        ("in_talks", "ge_5yi"), ("signed", BELOW), ("signed", "ge_50yi"), ("signed", UNKNOWN),
    ]  # fmt: skip


def test_every_dimension_can_be_asked_for() -> None:
    record = project(
        "A", "signed 2025-03-01", total=6, industry="C38", sector=2, origin="foreign",
        chain=("电池", "材料"), shares=SHARED,
    )  # fmt: skip
    for name in DIMENSIONS:
        found = counted([record], by=("stage", name))
        whole = Decimal(2) if name in ("size_at_least", "chain") else ONE
        assert sum(found.values()) == whole, name
    assert counted([record], by=("batch",)) == {("sign",): ONE}
    assert ("signed", "foreign") in counted([record], by=("origin",))


def test_stages_are_counted_apart_whatever_else_is_asked_for() -> None:
    records = [project("A", "signed 2025-03-01", "started 2025-05-01", total=6)]
    assert counted(records, by=("size",)) == {
        ("signed", "ge_5yi"): ONE, ("started", "ge_5yi"): ONE,
    }  # fmt: skip


# ---- rates ----------------------------------------------------------------------------------


def rate(records: list[Record], name: str) -> tuple[str | None, list[str], list[str]]:
    found = next(one for one in rates(records, SIX, *YEAR) if one.rate.id == name)
    shown = None if found.value is None else f"{found.value:.4f}"
    return shown, list(found.numerator), list(found.denominator)


def some() -> list[Record]:
    return [
        project("A", "signed 2025-03-01", "registered 2025-04-01", "started 2025-05-01"),
        project("B", "signed 2025-03-01"),
        project("C", "signed 2025-03-01", "exit investor_withdrew 2025-08-01"),
        project("D", "signed 2024-03-01", "started 2025-02-01"),
        project("E", "signed 2025-11-01", "started 2026-01-05"),
        project("F", "signed 2025-11-01", "started 2025-12-05", framework=True),
        project("G", "signed 2025-11-01", "started 2025-12-05", excluded="utility"),
    ]


def test_every_rate_has_its_projects_above_and_below_the_line() -> None:
    assert rate(some(), "start_rate") == ("0.2500", ["A"], ["A", "B", "C", "E"])
    assert rate(some(), "landing_rate") == ("0.2500", ["A"], ["A", "B", "C", "E"])
    assert rate(some(), "survival_rate") == ("0.7500", ["A", "B", "E"], ["A", "B", "C", "E"])
    assert rate(some(), "surviving_start_rate") == ("0.3333", ["A"], ["A", "B", "E"])


def test_two_definitions_of_the_start_rate_give_two_numbers() -> None:
    assert rate(some(), "start_ratio")[0] == "0.7500"
    assert rate(some(), "start_ratio")[1] == ["A", "D", "F"]
    assert rate(some(), "start_rate")[0] == "0.2500"


def test_started_in_another_year_than_signed_is_not_the_same_year() -> None:
    records = [project("A", "signed 2024-12-01", "started 2025-01-05"), *some()[:1]]
    found = rates(records, SIX, on("2024-01-01"), on("2025-12-31"))
    by_name = {one.rate.id: one for one in found}
    assert by_name["same_year_start_rate"].value == Decimal("0.5")
    assert by_name["start_rate"].value == ONE


def test_a_rate_without_anything_below_the_line_has_no_value() -> None:
    assert rate([], "start_rate") == (None, [], [])


def test_another_place_counts_by_its_own_stages() -> None:
    records = [Record("A", log("planned 2025-01-05", "signed 2025-03-01", "building 2025-06-01"))]
    found = counters(records, SEVEN, *YEAR, by=("batch",))
    assert [row.key for row in found.rows] == [("plan",), ("sign",), ("build",)]


# ---- evidence -------------------------------------------------------------------------------


def test_entries_without_their_evidence_are_counted_and_told() -> None:
    records = [project("A", "signed 2025-03-01")]
    assert counted(records) == {("signed",): ONE}
    assert [(one.id, one.lacking) for one in unproved(records, SIX, *YEAR)] == [
        ("A", ("formal_contract",))
    ]
