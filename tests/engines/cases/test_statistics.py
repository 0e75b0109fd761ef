"""Figures from events alone, each with its numerator, denominator and the cases behind it."""

from fractions import Fraction

import pytest

from openzone.engines.cases.statistics import Folded, grouped, metrics
from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    FIN,
    FIRM,
    SYSTEM,
    WORKTIME,
    History,
    at,
    handled,
    opened,
    sample,
)

NOW = at("2026-12-31T17:30")


def figures(histories):
    return metrics([Folded(one.type, one.now()) for one in histories], WORKTIME, NOW)


def case(number: int, firm: int = 0, topic: str = "land") -> History:
    requester = {"kind": "enterprise", "id": f"e{firm}", "label": "示例企业"}
    return handled(number=f"OZ-{number:04d}", requester=requester, topic=topic)


def finished(history: History, action: str = "finish", mark: int = 5) -> History:
    history.do("03 10:00", action, FIN, text="答复", evidence=["a"])
    history.do("04 10:00", "confirm", FIRM, satisfied=mark)
    return history


def test_forty_two_requests_of_twenty_six_enterprises_thirty_three_closed():
    """The published record of one district's first two months."""
    histories = [case(number, firm=number % 26) for number in range(42)]
    for history in histories[:33]:
        finished(history)
    found = figures(histories)
    assert (found["received"].numerator, found["requesters"].numerator) == (42, 26)
    closed = found["closed"]
    assert (closed.numerator, closed.denominator, closed.shown) == (33, 42, "78.57%")
    assert len(closed.behind) == 33
    assert set(closed.behind) < set(found["received"].behind)


def test_explained_never_counts_as_solved():
    found = figures([finished(case(1)), finished(case(2), "explain"), finished(case(3), "reject")])
    assert found["closed"].value == 1
    assert (found["solved"].value, found["solved"].behind) == (Fraction(1, 3), ("OZ-0001",))
    assert found["explained"].behind == ("OZ-0002",)


def test_what_the_requester_took_back_is_neither_solved_nor_unsolved():
    withdrawn = case(2)
    withdrawn.do("03 10:00", "withdraw", FIRM)
    found = figures([finished(case(1)), withdrawn])
    assert (found["closed"].denominator, found["solved"].denominator) == (2, 1)


def test_missing_is_not_zero():
    found = figures([opened()])
    assert (found["solved"].value, found["solved"].shown) == (None, "–")
    assert (found["closed"].value, found["closed"].shown) == (0, "0.00%")


def test_on_time_is_judged_by_the_first_deadline_too():
    late = case(1)
    late.do("10 10:00", "finish", FIN, text="x", evidence=["a"])
    late.do("10 11:00", "dissatisfied", FIRM, reason="x")
    late.do("10 14:00", "finish", FIN, text="x", evidence=["a"])
    late.do("10 15:00", "confirm", FIRM, satisfied=5)
    found = figures([late, finished(case(2))])
    assert (found["on_time"].behind, found["redone"].behind) == (("OZ-0002",), ("OZ-0001",))


def test_silence_is_shown_apart_and_gives_no_mark():
    silent = case(1)
    silent.do("03 10:00", "finish", FIN, text="x", evidence=["a"])
    silent.do("11 09:00", "lapse", SYSTEM, attempts=["1", "2"])
    found = figures([silent, finished(case(2), mark=3)])
    assert found["unanswered"].value == Fraction(1, 2)
    assert (found["satisfied"].numerator, found["satisfied"].denominator) == (1, 1)


def test_merged_and_split_cases_are_counted_apart():
    merged, split = case(1), case(2)
    merged.do("02 15:00", "merge", CENTRE, into="OZ-0003")
    split.do("02 15:00", "split", CENTRE, children=["OZ-0002-1", "OZ-0002-2"])
    found = figures([merged, split, case(3)])
    assert found["received"].behind == ("OZ-0003",)
    assert (found["merged"].behind, found["divided"].behind) == (("OZ-0001",), ("OZ-0002",))


def test_the_same_requester_and_topic_again_is_repeated():
    found = figures([case(1, firm=1), case(2, firm=1), case(3, firm=2), case(4, 1, "labour")])
    assert found["repeated"].behind == ("OZ-0002",)


def test_mean_minutes_are_working_minutes_and_units_have_their_share():
    found = figures([finished(case(1))])
    # Monday 09:00 to Wednesday 10:00: 420 + 420 + 60; the last 420 of them with the requester.
    assert found["mean_minutes"].shown == "900.0"
    assert found["unit_minutes"].shown == "480.0"


def test_a_case_nobody_took_on_is_not_responded_to():
    history = opened(number="OZ-1")
    assert figures([history])["responded"].numerator == 0
    history.do("03 09:00", "withdraw", FIRM)
    assert figures([history])["responded"].numerator == 0


@pytest.mark.parametrize("key", ["topic", "lead"])
def test_by_unit_or_topic(key):
    cases = [Folded(sample(), case(n, topic=("land", "labour")[n % 2]).now()) for n in range(4)]
    groups = grouped(cases, lambda one: getattr(one.state, key))
    assert {name: len(members) for name, members in groups.items()} == (
        {"land": 2, "labour": 2} if key == "topic" else {"FIN": 4}
    )


def test_every_figure_says_what_it_means_in_both_languages():
    for metric in figures([finished(case(1))]).values():
        assert metric.label.zh != metric.label.en
        assert metric.meaning.zh
        assert metric.meaning.en


def test_a_call_back_counts_as_a_word():
    history = case(1)
    history.do("03 10:00", "finish", FIN, text="x", evidence=["a"])
    history.do("03 11:00", "call_back", CALLER, satisfied=4)
    assert figures([history])["satisfied"].value == 1
