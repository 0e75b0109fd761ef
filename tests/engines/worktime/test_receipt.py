import pytest

from openzone.engines.worktime.durations import Unit
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.receipt import DayEnd, ReceiptRule
from tests.engines.worktime.helpers import on

DATA = {
    "receipt": "示例",
    "title": {"zh": "示例规则", "en": "sample rule"},
    "effective_from": "2026-01-01",
    "late_units": ["workday"],
    "workday_ends": "closing",
    "day_ends": "midnight",
    "rest_day_extends": True,
    "clauses": [
        {"field": "late_units", "title": "示例办法", "number": "第一条", "verified": "K"},
    ],
}


def test_a_rule_is_read_with_the_clauses_it_rests_on():
    rule = ReceiptRule.from_data(DATA)
    assert rule.late_units == {Unit.WORKDAY}
    assert (rule.workday_ends, rule.day_ends) == (DayEnd.CLOSING, DayEnd.MIDNIGHT)
    assert rule.rest_day_extends is True
    assert rule.effective_from == on("2026-01-01")
    assert rule.clauses[0].verified == "K"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("receipt", ""),
        ("receipt", None),
        ("title", "示例规则"),
        ("title", {"zh": "示例规则"}),
        ("late_units", "workday"),
        ("late_units", ["fortnight"]),
        ("late_units", [["workday"]]),
        ("workday_ends", "noon"),
        ("day_ends", None),
        ("rest_day_extends", "yes"),
        ("rest_day_extends", None),
        ("effective_from", "2026-13-01"),
        ("clauses", "第一条"),
        ("clauses", ["第一条"]),
    ],
)
def test_a_wrong_field_is_named_in_both_languages(field, value):
    with pytest.raises(WorktimeError) as caught:
        ReceiptRule.from_data({**DATA, field: value})
    assert f"字段{field}不能为" in caught.value.reason.zh
    assert f"the field {field} of a receipt rule" in caught.value.reason.en


@pytest.mark.parametrize("field", sorted(DATA.keys() - {"effective_from", "clauses"}))
def test_every_choice_must_be_stated(field):
    rest = {name: value for name, value in DATA.items() if name != field}
    with pytest.raises(WorktimeError, match=field):
        ReceiptRule.from_data(rest)


def test_a_misspelt_field_is_not_passed_over():
    with pytest.raises(WorktimeError, match="rest_day_extend"):
        ReceiptRule.from_data({**DATA, "rest_day_extend": False})
