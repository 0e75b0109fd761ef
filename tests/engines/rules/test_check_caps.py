"""Amounts that nobody would ever be paid, and days outside the calendar."""

import datetime as dt
from typing import Any

import pytest

from openzone.engines.rules.check import check_version
from openzone.engines.rules.schema import Rule
from tests.engines.rules.sample import CATALOGUE, clause, rule, version

FINE = clause("fine", fact="certified", is_=True)
RD = "rd_expense_y1"
SHARE = {"mul": ["10%", RD]}


def found(number: Any, **amount: Any) -> list[tuple[str, str, str]]:
    parts = version(when=[FINE], amount={"number": number, **amount})
    checked = Rule.model_validate(rule("test.rule", parts) | {"kind": "subsidise"}).versions[0]
    return [
        (finding.severity, ".".join(map(str, finding.path[2:])), finding.reason.en)
        for finding in check_version(checked, CATALOGUE)
    ]


@pytest.mark.parametrize(
    ("number", "severity", "path", "reason"),
    [
        ({"min": [SHARE, "0元"]}, "problem", "", "at most 0 yuan: nothing is ever paid"),
        (
            {"min": [SHARE, "-5万"]},
            "problem",
            "",
            "at most -50,000 yuan: nothing is ever paid",
        ),
        ("-5万", "problem", "", "at most -50,000 yuan: nothing is ever paid"),
        ({"mul": ["-10%", RD]}, "problem", "mul.0", "the rate -10.00% is not above zero"),
        ({"mul": [RD, "0%"]}, "problem", "mul.1", "the rate 0.00% is not above zero"),
        ({"mul": [RD, "150%"]}, "warning", "mul.1", "the rate 150.00% is over 100 %"),
        (
            {"min": [{"max": [SHARE, "300万"]}, "200万"]},
            "warning",
            "",
            "the floor is not below the cap: always 2 million yuan",
        ),
        (
            {"if": {"fact": "certified", "is": True}, "then": "0元", "else": {"min": ["0元", RD]}},
            "problem",
            "",
            "at most 0 yuan: nothing is ever paid",
        ),
    ],
)
def test_an_amount_that_cannot_be_meant(number: Any, severity: str, path: str, reason: str) -> None:
    assert found(number) == [(severity, path, reason)]


@pytest.mark.parametrize(
    "number",
    [
        SHARE,
        "50万",
        {"min": [SHARE, "200万"]},
        {"max": [{"min": [SHARE, "200万"]}, "1万"]},
        {"if": {"fact": "certified", "is": True}, "then": "5万", "else": "0元"},
        {"mul": ["100%", RD]},
        {"mul": [3, RD]},
    ],
)
def test_an_ordinary_amount_is_in_order(number: Any) -> None:
    assert found(number) == []


def test_an_amount_that_is_always_rounded_to_nothing() -> None:
    capped = {"min": [SHARE, "5000元"]}
    assert found(capped, round={"to": "1万", "mode": "down"}) == [
        (
            "problem",
            "",
            "at most 5,000 yuan, less than what it is rounded down to: always zero",
        )
    ]
    assert found(capped, round={"to": "1万", "mode": "half_up"}) == []


@pytest.mark.parametrize(
    ("day", "reasons"),
    [
        ({"as_of": "-9999y"}, ["this day lies outside the calendar"]),
        ({"as_of": "+9999y"}, ["this day lies outside the calendar"]),
        ({"as_of": "-100y"}, []),
        ({"year_start": -99}, []),
    ],
)
def test_a_day_lies_within_the_calendar(day: dict[str, Any], reasons: list[str]) -> None:
    checked = version(when=[clause("c", fact="registered_on", before=day)])
    one = Rule.model_validate(rule("test.rule", checked)).versions[0]
    assert [finding.reason.en for finding in check_version(one, CATALOGUE)] == reasons


def test_the_calendar_is_looked_at_from_both_ends_of_a_version() -> None:
    late = version(
        when=[clause("c", fact="registered_on", before={"as_of": "+1y"})],
        effective_to=dt.date(9999, 6, 1),
    )
    one = Rule.model_validate(rule("test.rule", late)).versions[0]
    assert [finding.reason.en for finding in check_version(one, CATALOGUE)] == [
        "this day lies outside the calendar"
    ]
