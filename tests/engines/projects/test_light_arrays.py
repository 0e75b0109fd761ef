"""Over a whole zone at once, the colours are those of one project after the other."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.light_arrays import COLOURS, NONE, Reports, codes
from openzone.engines.projects.light_model import next_month
from openzone.engines.projects.lights import LightRule, Month, colours
from openzone.packs.lights import light_packs
from tests.engines.projects.test_lights_properties import histories

RULES = [pack.as_rule for pack in light_packs(None).values()]


def one_by_one(rule: LightRule, months: list[Month]) -> dict[dt.date, str]:
    return {one.month: one.colour.value for one in colours(rule, months)}


def at_once(rule: LightRule, reports: Reports) -> list[dict[dt.date, str]]:
    found = codes(rule, reports)
    days = [reports.first]
    for _ in found[1:]:
        days.append(next_month(days[-1]))
    return [
        {day: COLOURS[code].value for day, code in zip(days, column, strict=True) if code != NONE}
        for column in found.T
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(many=st.lists(histories(), min_size=1, max_size=4))
def test_at_once_is_what_one_by_one_is(rule: LightRule, many: list[list[Month]]) -> None:
    reports = Reports.of({str(number): months for number, months in enumerate(many)})
    assert at_once(rule, reports) == [one_by_one(rule, months) for months in many]


@pytest.mark.parametrize(
    ("planned", "actual", "wuhan", "yinchuan"),
    [
        ("0.5", "0.35", "yellow", "yellow"),
        ("0.2", "0.08", "red", "yellow"),
        ("0.3", "0.18", "yellow", "yellow"),
        ("0.3", "0.179999", "red", "yellow"),
        ("0.3", "0.24", "green", "green"),
        ("0.4", "0.1", "red", "yellow"),
        ("0.4", "0.099999", "red", "red"),
        ("0", "0", "green", "green"),
    ],
)
def test_the_bounds_are_exact_here_too(
    planned: str, actual: str, wuhan: str, yinchuan: str
) -> None:
    month = Month(dt.date(2025, 1, 1), "A", Decimal(planned), Decimal(actual))
    reports = Reports.of({"A": [month]})
    found = {rule.id: at_once(rule, reports)[0][month.month] for rule in RULES}
    assert found["wuhan.progress_ratio"] == wuhan
    assert found["yinchuan.progress_points"] == yinchuan
