from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.zone.audit.chain import GENESIS, canonical, digest, moment

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def test_the_order_of_keys_does_not_matter():
    assert canonical({"b": 1, "a": [True, None]}) == canonical({"a": [True, None], "b": 1})


def test_chinese_stays_readable():
    assert canonical({"名称": "示例企业"}) == '{"名称":"示例企业"}'


def test_decimals_keep_every_digit_and_dates_become_text():
    value = {"amount": Decimal("1200.10"), "on": date(2026, 3, 31)}
    assert canonical(value) == '{"amount":"1200.10","on":"2026-03-31"}'


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)


def test_an_object_without_a_json_form_is_refused():
    with pytest.raises(TypeError, match="object has no JSON form"):
        canonical({"thing": object()})


def test_a_moment_has_one_text_in_every_time_zone():
    beijing = AT.astimezone(timezone(timedelta(hours=8)))
    assert moment(beijing) == moment(AT) == "2026-11-20T08:00:00.000000+00:00"


def test_the_hash_of_a_known_event_never_changes():
    """An anchor kept by somebody else must still hold after an upgrade of this program."""
    first = digest(GENESIS, 1, AT, "user", "1", "王示例", "test.happened", "", "{}")
    assert first == "6d83f6ed6dcf3888065507b68e2af02075ba9efb9a66eb00f77d143d3fccaaac"


@given(st.lists(TEXT, min_size=6, max_size=6), st.lists(TEXT, min_size=6, max_size=6))
def test_different_events_have_different_hashes(one, other):
    same = digest(GENESIS, 1, AT, *one) == digest(GENESIS, 1, AT, *other)
    assert same == (one == other)


@given(TEXT.filter(bool), TEXT)
def test_characters_cannot_move_to_the_next_field_unseen(left, right):
    moved = digest(GENESIS, 1, AT, left[:-1], left[-1] + right)
    assert digest(GENESIS, 1, AT, left, right) != moved
