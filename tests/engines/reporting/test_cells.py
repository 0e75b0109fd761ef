"""What is typed is read as it stands, and asked about; nothing is changed."""

from decimal import Decimal

import pytest

from openzone.engines.reporting.cells import (
    Cell,
    Check,
    Field,
    Past,
    change,
    questions,
    read_cell,
)
from openzone.engines.series.model import State
from openzone.engines.text import Text
from openzone.packs.reports import load_report_rules

OUTPUT = Field("output", "万元", cumulative=True, departs=Decimal(50))
SLIPS = load_report_rules(None).slips
STAFF = Field("staff", "人", departs=Decimal(50))
PART = Check("part", "at_most", ("rd",), ("output",), Text("部分超过总体", "part above whole"))


def number(text: str) -> Cell:
    return Cell(State.REPORTED, Decimal(text))


@pytest.mark.parametrize(
    ("typed", "unit", "cell"),
    [
        ("1,234.50", "万元", number("1234.5")),
        ("1.5亿元", "万元", number("15000")),
        ("1.5亿", "万元", number("15000")),
        ("3000元", "万元", number("0.3")),
        ("0", "万元", number("0")),
        ("", "万元", Cell(State.MISSING)),
        ("—", "人", Cell(State.MISSING)),
        ("不适用", "人", Cell(State.NOT_APPLICABLE)),
        ("１２０", "人", number("120")),
        ("5万千瓦时", "千瓦时", number("50000")),
    ],
)
def test_a_cell_is_read_into_the_unit_of_its_field(typed: str, unit: str, cell: Cell) -> None:
    assert read_cell(typed, unit) == cell


@pytest.mark.parametrize(
    ("typed", "zh"),
    [
        ("12吨", "单位不是"),
        ("约200", "约数"),
        ("很多", "不是数"),
        ("=1+1", "不是数"),
        ("inf", "不是数"),
    ],
)
def test_what_is_no_figure_says_why(typed: str, zh: str) -> None:
    found = read_cell(typed, "万元")
    assert isinstance(found, Text)
    assert zh in found.zh
    assert found.en


def kinds(cell: Cell, past: Past, field: Field = OUTPUT) -> list[tuple[str, bool]]:
    return [
        (one.kind, one.hard)
        for one in questions([field], {field.id: cell}, {field.id: past}, [], SLIPS)
    ]


@pytest.mark.parametrize(
    ("cell", "past", "asked"),
    [
        (number("100"), Past(Decimal(90), Decimal(95)), []),
        (Cell(State.MISSING), Past(), [("required", True)]),
        (Cell(State.NOT_APPLICABLE), Past(), []),
        (number("0"), Past(), []),
        (number("-1"), Past(), [("below_zero", False)]),
        (number("80"), Past(Decimal(90), Decimal(75)), [("decreasing", False)]),
        (number("150"), Past(Decimal(90), Decimal(100)), []),
        (number("151"), Past(Decimal(90), Decimal(100)), [("departs", False)]),
        (number("1100000"), Past(None, Decimal(100)), [("unit_jump", False)]),
        (number("1000"), Past(None, Decimal(100)), [("departs", False)]),
        (number("0.04"), Past(None, Decimal(100)), [("unit_jump", False)]),
        (number("9" * 15), Past(None, Decimal("0.000000000000001")), [("departs", False)]),
        (number("100"), Past(None, Decimal(0)), []),
    ],
)
def test_what_is_asked_about_a_cumulative_figure(
    cell: Cell, past: Past, asked: list[tuple[str, bool]]
) -> None:
    assert kinds(cell, past) == asked


def test_a_figure_that_does_not_grow_is_set_against_the_last_period() -> None:
    assert kinds(number("200"), Past(Decimal(100)), STAFF) == [("departs", False)]
    assert kinds(number("200"), Past(Decimal(100))) == []


def test_a_part_above_its_whole_must_be_mended_and_a_missing_figure_is_no_nought() -> None:
    cells = {"output": number("10"), "rd": number("11")}
    (found,) = questions([], cells, {}, [PART], SLIPS)
    assert (found.field, found.kind, found.hard) == ("rd", "part", True)
    assert questions([], {"rd": number("11")}, {}, [PART], SLIPS) == []
    assert questions([], cells | {"rd": Cell(State.NOT_APPLICABLE)}, {}, [PART], SLIPS) == []


def test_a_sum_that_does_not_come_out() -> None:
    equal = Check(
        "sum", "equals", ("a", "b"), ("c",), Text("分项之和不等于合计", "no sum"), hard=False
    )
    cells = {"a": number("1"), "b": number("2"), "c": number("3")}
    assert questions([], cells, {}, [equal], SLIPS) == []
    (found,) = questions([], cells | {"c": number("4")}, {}, [equal], SLIPS)
    assert not found.hard


@pytest.mark.parametrize(
    ("value", "before", "moved"),
    [("332", "100", "232.0"), ("0", "50", "-100.0"), ("5", "0", None), ("5", "-1", None)],
)
def test_how_far_a_figure_departs(value: str, before: str, moved: str | None) -> None:
    assert change(Decimal(value), Decimal(before)) == (Decimal(moved) if moved else None)
    assert change(None, Decimal(1)) is None
