import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.worktime.durations import Duration, Unit, parse_duration
from openzone.engines.worktime.errors import WorktimeError

durations = st.builds(Duration, st.integers(1, 10_000), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 workdays", 3, Unit.WORKDAY),
        ("1 working day", 1, Unit.WORKDAY),
        ("within 15 business days", 15, Unit.WORKDAY),
        ("3个工作日", 3, Unit.WORKDAY),
        ("3 工作日", 3, Unit.WORKDAY),
        ("３个工作日内", 3, Unit.WORKDAY),
        ("三个工作日以内", 3, Unit.WORKDAY),
        ("两个工作日", 2, Unit.WORKDAY),
        ("三十个工作日", 30, Unit.WORKDAY),
        ("1 working hour", 1, Unit.WORKING_HOUR),
        ("1工作小时", 1, Unit.WORKING_HOUR),
        ("2个工作小时", 2, Unit.WORKING_HOUR),
        ("30 working minutes", 30, Unit.WORKING_MINUTE),
        ("24 hours", 24, Unit.HOUR),
        ("24小时", 24, Unit.HOUR),
        ("二十四小时内", 24, Unit.HOUR),
        ("7 days", 7, Unit.DAY),
        ("7日", 7, Unit.DAY),
        ("7天", 7, Unit.DAY),
        ("7个自然日", 7, Unit.DAY),
        ("7 calendar days", 7, Unit.DAY),
        ("60 minutes", 60, Unit.MINUTE),
        ("60分钟", 60, Unit.MINUTE),
        ("1.5 hours", 90, Unit.MINUTE),
        ("2.0 hours", 2, Unit.HOUR),
        ("半小时", 30, Unit.MINUTE),
        ("half an hour", 30, Unit.MINUTE),
        ("0.5工作小时", 30, Unit.WORKING_MINUTE),
        ("2个半小时", 150, Unit.MINUTE),
        ("2 个半小时内", 150, Unit.MINUTE),
        ("两个半小时", 150, Unit.MINUTE),
        ("一个半小时", 90, Unit.MINUTE),
        ("1个半工作小时以内", 90, Unit.WORKING_MINUTE),
        ("两小时半", 150, Unit.MINUTE),
        ("3个小时半", 210, Unit.MINUTE),
        ("半个小时", 30, Unit.MINUTE),
        ("半个工作小时", 30, Unit.WORKING_MINUTE),
        ("within 2 and a half hours", 150, Unit.MINUTE),
        ("1 hour and a half", 90, Unit.MINUTE),
        ("  3   WORKDAYS ", 3, Unit.WORKDAY),
    ],
)
def test_durations_are_read_as_documents_write_them(text, amount, unit):
    assert parse_duration(text) == Duration(amount, unit)


@pytest.mark.parametrize("text", [
    "半天", "半个工作日", "half a day", "0.5 workday", "1.5日",
    "一个半工作日", "两天半", "2个半工作日内",
    "1 and a half workdays", "半分钟", "1分钟半",
])  # fmt: skip
def test_parts_of_a_day_are_ambiguous_and_the_answer_says_what_to_write(text):
    with pytest.raises(WorktimeError) as caught:
        parse_duration(text)
    assert "工作小时" in caught.value.reason.zh
    assert "4 working hours" in caught.value.reason.en


@pytest.mark.parametrize(
    "text",
    ["", " ", "3", "workdays", "three workdays", "1个月", "1 week", "3-5 workdays", "1小时30分",
     "1.5个半小时", "半个半小时", "2半小时", "2个半", "半", "一个半月", "2个半小时半", "1½小时",
     "工作日3个", "-3 workdays", "3 fortnights", "十百个工作日", "٣ days", "尽快"],
)  # fmt: skip
def test_what_is_no_duration_is_refused_with_examples_in_both_languages(text):
    with pytest.raises(WorktimeError) as caught:
        parse_duration(text)
    assert "3个工作日" in caught.value.reason.zh
    assert "3 workdays" in caught.value.reason.en


@pytest.mark.parametrize("text", ["0 workdays", "零个工作日", "0.0 hours"])
def test_no_time_at_all_is_refused(text):
    with pytest.raises(WorktimeError, match="应大于零"):
        parse_duration(text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_never_a_crash(text):
    with suppress(WorktimeError):
        assert parse_duration(text).amount >= 1


@given(durations)
def test_a_duration_survives_json(duration):
    assert Duration.from_data(json.loads(json.dumps(duration.to_data()))) == duration


@given(durations)
def test_its_own_words_read_back_to_the_same_duration(duration):
    assert parse_duration(duration.text.en) == duration
    assert parse_duration(duration.text.zh.replace("（自然日）", "")) == duration


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"unit": "workday"},
        {"unit": "fortnight", "amount": 1},
        {"unit": "workday", "amount": "3"},
        {"unit": "workday", "amount": True},
        {"unit": "workday", "amount": 3, "grace": 1},
        {"unit": ["workday"], "amount": 3},
    ],
)
def test_data_that_is_no_duration_is_refused_and_lists_the_units(data):
    with pytest.raises(WorktimeError, match="workday") as caught:
        Duration.from_data(data)
    assert "{unit, amount}" in caught.value.reason.zh


def test_minutes_are_known_only_for_units_of_time():
    assert Duration(2, Unit.WORKING_HOUR).minutes == 120
    assert Duration(2, Unit.HOUR).minutes == 120
    assert Duration(2, Unit.WORKDAY).minutes is None
