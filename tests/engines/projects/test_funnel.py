"""An investor counts once in each step, and who was never spoken to counts from the first day."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.funnel import Touch, funnel, silent

STEPS = ("contact", "return_visit", "signing")
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2023, 6, 30)
DAY = dt.timedelta(days=1)
# 宝鸡: 40 met on 8 trips, 27 came to look, 24 signed.
BAOJI = [
    *(Touch(f"i{n:02}", "contact", FIRST + DAY * (n % 8)) for n in range(40)),
    *(Touch(f"i{n:02}", "return_visit", FIRST + DAY * 60) for n in range(27)),
    *(Touch(f"i{n:02}", "signing", FIRST + DAY * 120) for n in range(24)),
]


def test_baoji():
    contact, visit, signing = funnel(STEPS, BAOJI, FIRST, LAST)
    assert (contact.count, visit.count, signing.count) == (40, 27, 24)
    assert contact.conversion is None
    assert visit.conversion == Decimal(27) / 40
    assert signing.conversion == Decimal(24) / 27


def test_meeting_somebody_twice_is_one_contact():
    twice = [*BAOJI, *BAOJI]
    assert funnel(STEPS, twice, FIRST, LAST) == funnel(STEPS, BAOJI, FIRST, LAST)


def test_who_signed_without_coming_is_named_and_no_conversion():
    stranger = [*BAOJI, Touch("new", "signing", LAST)]
    signing = funnel(STEPS, stranger, FIRST, LAST)[2]
    assert (signing.count, signing.skipped) == (25, ("new",))
    assert signing.conversion == Decimal(24) / 27


def test_the_period_has_both_its_days_and_no_other():
    touches = [Touch(str(n), "contact", day) for n, day in
               enumerate((FIRST - DAY, FIRST, LAST, LAST + DAY))]  # fmt: skip
    assert funnel(STEPS, touches, FIRST, LAST)[0].investors == ("1", "2")
    assert funnel(STEPS, [], FIRST, LAST)[1].conversion is None


def test_who_is_to_be_called():
    investors = {
        "never": ("A", FIRST), "long_ago": ("B", FIRST),
        "today": ("A", FIRST), "left": ("Z", FIRST),
    }  # fmt: skip
    spoken = {"long_ago": FIRST + 20 * DAY, "today": FIRST + 50 * DAY}
    found = silent(investors, spoken, {"A": 15, "B": 30}, FIRST + 51 * DAY)
    assert [(one.investor, one.days, one.last) for one in found] == [
        ("never", 51, None),
        ("long_ago", 31, FIRST + 20 * DAY),
    ]


def test_on_the_last_day_allowed_nobody_is_reminded():
    assert silent({"a": ("A", FIRST)}, {}, {"A": 15}, FIRST + 15 * DAY) == []


touches = st.lists(
    st.builds(
        Touch,
        st.sampled_from("abcde"),
        st.sampled_from(STEPS),
        st.dates(FIRST, dt.date(2023, 12, 31)),
    )
)


@given(touches)
def test_a_longer_period_never_has_fewer(made):
    short = funnel(STEPS, made, FIRST, LAST)
    whole = funnel(STEPS, made, FIRST, dt.date(2023, 12, 31))
    assert all(set(a.investors) <= set(b.investors) for a, b in zip(short, whole, strict=True))
    assert all(one.conversion is None or 0 <= one.conversion <= 1 for one in whole)


def test_a_silence_is_told_anew_each_time_it_lasted_as_long_again():
    def turn(days):
        [found] = silent({"a": ("A", FIRST)}, {}, {"A": 15}, FIRST + days * DAY)
        return found.turn

    assert [turn(days) for days in (16, 30, 31, 45, 46)] == [1, 1, 2, 2, 3]
