"""Projects as JSON lines: whole records, or the line, the field and the reason."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from openzone.engines.projects.lines import Lines
from openzone.engines.projects.money import Stated
from openzone.engines.projects.stages import Back, Entry, Exit
from tests.engines.projects.pipelines import SIX, YI, on

SIGNED = [{"stage": "signed", "on": "2025-03-01"}]


def read(*lines: str | Mapping[str, Any]) -> Lines:
    found = Lines(SIX)
    found.read(one if isinstance(one, str) else json.dumps(one) for one in lines)
    return found


def problems(*lines: str | Mapping[str, Any]) -> list[tuple[int, str]]:
    return [(one.line, one.field) for one in read(*lines).problems]


def test_a_line_is_read_whole() -> None:
    found = read(
        {
            "id": "P1", "number": "OZ-1", "name": "示例项目", "sector": 2, "origin": "foreign",
            "industry": "C38", "chain": ["电池"], "shares": {"东": 0.6, "西": 0.4},
            "amounts": [
                {"kind": "total", "value": "9.2亿元", "on": "2025-01-10"},
                {"kind": "foreign", "value": 1000000, "currency": "usd"},
            ],
            "log": [
                {"stage": "签约", "on": "2025年3月1日", "evidence": ["合同"], "by": "甲"},
                {"back": "in_talks", "on": "2025-04-01", "reason": "重谈"},
                {"back": "signed", "on": "2025-04-02", "reason": "录入有误", "void": True},
                {"exit": "other", "on": "2025-05-01", "note": "终止"},
            ],
        },
        "",
    )  # fmt: skip
    assert not found.problems
    record = found.records[0]
    assert record.shares == {"东": Decimal("0.6"), "西": Decimal("0.4")}
    assert record.amounts == (
        Stated("total", Decimal("9.2") * YI, on=on("2025-01-10")),
        Stated("foreign", Decimal(1_000_000), "USD"),
    )
    assert record.log == (
        Entry("signed", on("2025-03-01"), ("合同",), "甲"),
        Back("in_talks", on("2025-04-01"), "重谈"),
        Back("signed", on("2025-04-02"), "录入有误", void=True),
        Exit("other", on("2025-05-01"), "终止"),
    )


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        (920000000, "920000000"),
        (0.1, "0.1"),
        ("92030万元", "920300000"),
        ("9.2亿", "920000000"),
        ("1,234.5", "1234.5"),
    ],
)
def test_amounts_are_yuan_or_carry_their_unit(written: object, yuan: str) -> None:
    found = read({"id": "A", "amounts": {"total": written}, "log": SIGNED})
    assert not found.problems
    assert found.records[0].amounts[0].value == Decimal(yuan)


def test_an_amount_of_null_is_not_stated() -> None:
    assert read({"id": "A", "amounts": {"total": None}, "log": []}).records[0].amounts == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": 5}, "id"),
        ({"naem": "x"}, "naem"),
        ({"sector": 4}, "sector"),
        ({"sector": True}, "sector"),
        ({"origin": "moon"}, "origin"),
        ({"excluded": "because"}, "excluded"),
        ({"framework": "yes"}, "framework"),
        ({"chain": "电池"}, "chain"),
        ({"amounts": 5}, "amounts"),
        ({"amounts": {"total": "很多"}}, "amounts[0].value"),
        ({"amounts": {"total": -1}}, "amounts[0].value"),
        ({"amounts": {"total": True}}, "amounts[0].value"),
        ({"amounts": {"total": "5亩"}}, "amounts[0].value"),
        ({"amounts": {"total": "1000万美元"}}, "amounts[0].value"),
        ({"amounts": {"total": "约5亿至6亿元"}}, "amounts[0].value"),
        ({"amounts": [{"value": 5, "on": "2025-13-01"}]}, "amounts[0].on"),
        ({"amounts": [{"value": 5, "unit": "万元"}]}, "amounts[0].unit"),
        ({"shares": {"东": 0.6, "西": 0.5}}, "shares"),
        ({"shares": {"东": 0}}, "shares.东"),
        ({"shares": {"东": "60%"}}, "shares.东"),
        ({"phase_of": "P0"}, "phase_of"),
        ({"within_contract": True}, "within_contract"),
        ({"log": None}, "log"),
        ({"log": "signed"}, "log"),
        ({"log": [{"stage": "signed"}]}, "log[0].on"),
        ({"log": [{"stage": "signed", "on": "2025-02-30"}]}, "log[0].on"),
        ({"log": [{"on": "2025-03-01"}]}, "log[0]."),
        ({"log": [{"stage": "a", "exit": "b", "on": "2025-03-01"}]}, "log[0]."),
        ({"log": [{"stage": "nowhere", "on": "2025-03-01"}]}, "log[0].stage"),
        ({"log": [*SIGNED, {"exit": "tired", "on": "2025-04-01"}]}, "log[1].exit"),
        ({"log": [*SIGNED, {"back": "started", "on": "2025-04-01", "reason": "x"}]}, "log[1].back"),
        ({"log": [*SIGNED, {"stage": "started", "on": "2025-02-01"}]}, "log[1].on"),
        ({"log": [*SIGNED, {"back": "in_talks", "on": "2025-04-01"}]}, "log[1].reason"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_field(change: object, field: str) -> None:
    good = {"id": "A", "log": SIGNED}
    assert isinstance(change, dict)
    assert problems({"id": "Z", "log": []}, {**good, **change}) == [(2, field)]


@pytest.mark.parametrize(
    "line", ["{", "[1]", "5", "NaN", '{"id": "A", "x": NaN, "log": []}', "[" * 9999]
)
def test_a_line_that_is_no_object_is_told(line: str) -> None:
    assert problems(line) == [(1, "JSON")]


def test_the_same_id_twice_names_the_first_line() -> None:
    one = {"id": "A", "log": []}
    found = read(one, "", one)
    assert [(each.line, each.field) for each in found.problems] == [(3, "id")]
    assert "1" in found.problems[0].reason.zh
    assert found.problems[0].text.en.startswith("line 3, id:")


def test_every_problem_of_a_line_is_told_at_once() -> None:
    bad = {"id": "", "sector": 9, "log": [{"stage": "signed", "on": "x"}]}
    assert problems(bad) == [(1, "id"), (1, "sector"), (1, "log[0].on")]


def test_a_later_phase_may_stand_before_its_first() -> None:
    second = {"id": "B", "phase_of": "A", "within_contract": True, "log": SIGNED}
    assert problems(second, {"id": "A", "log": SIGNED}) == []
