"""What a clock and a bar of holders look like is what the engine counted."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.cases import clocks as engine
from openzone.engines.cases.definition import case_type
from openzone.engines.cases.fields import Choice, Field, FieldKind
from openzone.engines.cases.holding import Stretch
from openzone.engines.text import Text
from openzone.engines.worktime.durations import parse_duration
from openzone.www.cases.clocks import drawn, due_of
from openzone.www.cases.holders import held
from openzone.www.forms.casefields import PREFIX, CaseFieldsForm
from openzone.zone.cases.packs import mappings, worktime

MONDAY = dt.datetime.fromisoformat("2026-11-16T09:00")
TYPE = case_type(mappings()["enterprise_request"])
CLOCK = "resolve" if "resolve" in TYPE.clocks else list(TYPE.clocks)[-1]


def started(limit: str) -> engine.ClockState:
    return engine.start(CLOCK, parse_duration(limit), MONDAY, worktime())


def test_a_clock_at_half_its_limit_draws_half_a_bar() -> None:
    clock = started("4 working hours")
    line = drawn(clock, TYPE, MONDAY + dt.timedelta(hours=2), worktime())
    assert (line.percent, line.used, line.over) == (50, "50.00", "")


def test_an_overdue_clock_is_red_and_says_so_in_words() -> None:
    line = drawn(started("2 working hours"), TYPE, MONDAY + dt.timedelta(hours=8), worktime())
    assert line.colour == "red"
    assert line.used == "100.00"
    assert float(line.over) > 0
    assert "超期" in line.word
    assert "超期" in line.left


def test_a_pause_is_marked_where_it_began_and_uses_nothing() -> None:
    clock = started("4 working hours")
    at = MONDAY + dt.timedelta(hours=1)
    still = engine.pause(clock, at)
    line = drawn(still, TYPE, at + dt.timedelta(days=2), worktime())
    assert line.percent == 25
    assert line.marks == ("25.00",)
    assert (line.colour, line.due, line.left) == ("grey", None, "")
    again = engine.resume(still, at + dt.timedelta(days=1), worktime())
    assert drawn(again, TYPE, at + dt.timedelta(days=1), worktime()).marks == ("25.00",)


def test_a_clock_that_ends_in_a_year_without_a_calendar_is_provisional() -> None:
    clock = engine.start(
        CLOCK,
        parse_duration("10 workdays"),
        dt.datetime.fromisoformat("2031-03-03T09:00"),
        worktime(),
    )
    assert drawn(clock, TYPE, dt.datetime.fromisoformat("2031-03-04T09:00"), worktime()).provisional


def test_the_stretches_of_the_bar_fill_it_without_a_gap() -> None:
    noon, end = MONDAY + dt.timedelta(hours=3), MONDAY + dt.timedelta(hours=8)
    stretches = [
        Stretch("unit:a", MONDAY, noon),
        Stretch("requester", noon, MONDAY + dt.timedelta(hours=6)),
        Stretch("unit:a", MONDAY + dt.timedelta(hours=6), None),
    ]
    bar = held(stretches, worktime().calendar, end, {"a": "示例局"})
    edge = 0.0
    for part in bar.parts:
        assert float(part.x) == pytest.approx(edge, abs=0.02)
        edge = float(part.x) + float(part.width)
    assert edge == pytest.approx(100, abs=0.05)
    assert [one.label for one in bar.holders] == ["示例局", "诉求人"]
    assert bar.holders[0].now


def test_a_case_without_a_due_moment_has_none_in_lists() -> None:
    assert due_of(None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) is None


YES = (("topic", frozenset({"money"})),)
FIELDS = (
    Field("topic", Text("类别", "Topic"), FieldKind.CHOICE,
          (Choice("money", Text("融资", "Money")), Choice("other", Text("其他", "Other"))), True),
    Field("amount", Text("金额", "Amount"), FieldKind.MONEY, (), True, YES, min=Decimal(0)),
    Field("asks", Text("需要", "Needs"), FieldKind.CHOICES, (Choice("a", Text("甲", "A")),)),
)  # fmt: skip


def filled(**answers: str) -> CaseFieldsForm:
    form = CaseFieldsForm(FIELDS, {PREFIX + name: value for name, value in answers.items()})
    assert form.is_valid()
    return form


def test_a_question_says_when_it_is_meant_to_the_script_and_to_people() -> None:
    row = filled(topic="other").rows[1]
    assert row.when == '[["f-topic", ["money"]]]'
    assert row.meant_when == "仅当类别＝融资时填写"


def test_a_question_that_is_not_asked_needs_no_answer_and_keeps_none() -> None:
    assert filled(topic="other").settle() == {"topic": "other"}
    assert filled(topic="other", amount="nonsense").settle() == {"topic": "other"}


def test_what_the_engine_refuses_stands_beside_its_field() -> None:
    form = filled(topic="money")
    assert form.settle() is None
    assert form.errors[PREFIX + "amount"] == ["必填"]
    wrong = filled(topic="money", amount="-1")
    assert wrong.settle() is None
    assert list(wrong.errors) == [PREFIX + "amount"]


def test_amounts_keep_their_cents() -> None:
    assert filled(topic="money", amount="1,000.10").settle() == {
        "topic": "money",
        "amount": "1000.10",
    }
