"""The light of a task follows the rules of the pack, first one first."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.packs.calendars import national_calendar
from openzone.packs.reforms import Light, ReformsPack, load_reforms
from openzone.zone.reforms.selectors.lights import DONE, Facts, elapsed, light

RULES = load_reforms(None).lights
FIRST, DUE = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def colour(on, percent=None, reported=None, done=None):
    facts = Facts(FIRST, DUE, done, percent, reported)
    return light(facts, on, RULES, national_calendar()).colour


@pytest.mark.parametrize(
    ("on", "percent", "reported", "expected"),
    [
        ("2026-07-01", 99, "2026-06-29", "red"),
        ("2026-06-30", 99, "2026-06-29", "green"),  # the day itself is not late
        ("2026-06-25", 70, "2026-06-20", "orange"),
        ("2026-06-25", 85, "2026-06-20", "green"),
        ("2026-04-01", 20, "2026-03-30", "yellow"),  # half of the time, a fifth of the work
        ("2026-04-01", 35, "2026-03-30", "green"),
        ("2026-04-01", 60, "2026-02-01", "yellow"),  # nobody said anything for two months
        ("2026-03-15", None, None, "yellow"),  # 40 per cent of the time, no report
        ("2026-01-20", None, None, "green"),
    ],
)
def test_the_first_rule_that_holds_decides(on, percent, reported, expected):
    day = dt.date.fromisoformat
    assert colour(day(on), percent, day(reported) if reported else None) == expected


@given(on=DAYS, percent=st.none() | st.integers(0, 100), reported=st.none() | DAYS)
def test_what_is_done_is_done_and_everything_else_has_a_light(on, percent, reported):
    assert colour(on, percent, reported, done=DUE) == DONE
    assert colour(on, percent, reported) in ("red", "orange", "yellow", "green")
    assert (colour(on, percent, reported) == "red") == (on > DUE)


@given(on=DAYS, first=st.none() | st.integers(0, 100), more=st.integers(0, 100))
def test_more_progress_never_gives_a_worse_light(on, first, more):
    order = ["green", "yellow", "orange", "red"]
    before = first if first is not None else 0
    worse = colour(on, before, on)
    better = colour(on, min(100, before + more), on)
    assert order.index(better) <= order.index(worse)


def test_a_task_due_the_day_it_begins_has_all_its_time_behind_it():
    assert elapsed(Facts(FIRST, FIRST, None, None, None), FIRST) == 1.0


def test_a_pack_whose_last_light_has_a_condition_is_refused():
    given_ = load_reforms(None).model_dump()
    given_["lights"] = given_["lights"][:1]
    with pytest.raises(ValueError, match="no condition"):
        ReformsPack.model_validate(given_)
    assert Light.model_validate(load_reforms(None).lights[-1].model_dump()).always
