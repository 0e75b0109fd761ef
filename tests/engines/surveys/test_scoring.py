"""A score with its n, rates by grade, and what too few respondents forbid to show."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.surveys.scoring import (
    Grade,
    Question,
    Share,
    distribution,
    score,
    share,
    withheld,
)

GRADES = (
    Grade("very_good", 100, satisfied=True, top=True),
    Grade("good", 80, satisfied=True),
    Grade("fair", 60, satisfied=True),
    Grade("poor", 30, bad=True),
    Grade("very_poor", 0, bad=True),
)
OVERALL = Question("overall", Fraction("0.6"), GRADES)
SPEED = Question("speed", Fraction("0.4"), GRADES)
names = st.sampled_from([grade.id for grade in GRADES])
responses = st.lists(
    st.fixed_dictionaries({"overall": names}, optional={"speed": names}), max_size=12
)


def test_the_score_is_the_weighted_mean_of_the_means():
    """(100+80+60)/3 = 80, (80+30+30)/3 = 46.67: 0.6×80 + 0.4×46.67 = 66.67."""
    answers = [
        {"overall": "very_good", "speed": "good"},
        {"overall": "good", "speed": "poor"},
        {"overall": "fair", "speed": "poor"},
    ]
    found = score([OVERALL, SPEED], answers, 3)
    assert found is not None
    assert (found.value, found.n) == (Decimal("66.7"), 3)
    assert [(mean.n, mean.value) for mean in found.means] == [
        (3, Decimal("80.0")),
        (3, Decimal("46.7")),
    ]


def test_a_question_too_few_answered_has_no_weight_and_no_zero():
    answers = [{"overall": "good"}, {"overall": "good", "speed": "very_poor"}, {"overall": "good"}]
    found = score([OVERALL, SPEED], answers, 3)
    assert found is not None
    assert (found.value, len(found.means)) == (Decimal("80.0"), 1)


def test_there_is_no_score_from_two_answers():
    assert score([OVERALL], [{"overall": "good"}] * 2, 3) is None
    assert score([OVERALL], [], 3) is None


def test_all_fifty_five_very_satisfied():
    """合肥经开: 55 sponsored enterprises “very satisfied”, no bad review."""
    answers = [{"overall": "very_good"}] * 55
    assert share(OVERALL, answers, "top") == Share(55, 55)
    assert share(OVERALL, answers, "bad") == Share(0, 55)
    assert distribution(OVERALL, answers)["very_poor"] == 0


def test_a_rate_of_nothing_is_unknown():
    assert Share(0, 0).ratio is None


@given(responses)
def test_a_score_lies_between_the_worst_and_the_best_grade(answers):
    found = score([OVERALL, SPEED], answers, 1)
    assert (found is None) == (not answers)
    assert found is None or 0 <= found.value <= 100


@given(responses)
def test_the_distribution_counts_each_answer_once(answers):
    assert sum(distribution(SPEED, answers).values()) == sum("speed" in one for one in answers)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 5, "b": 3}, ""),
        ({"a": 5, "b": 2}, "ab"),
        ({"a": 9, "b": 4, "c": 1}, "bc"),
        ({"a": 9, "b": 2, "c": 1}, "bc"),
        ({"a": 9, "b": 0}, ""),
        ({"a": 2}, "a"),
    ],
)
def test_a_small_group_is_hidden_and_cannot_be_had_by_subtraction(counts, hidden):
    assert withheld(counts, 3) == frozenset(hidden)


def test_without_a_total_nothing_more_than_the_small_groups_is_hidden():
    assert withheld({"a": 9, "b": 2}, 3, with_total=False) == {"b"}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=8))
def test_what_is_hidden_has_enough_respondents_together_or_is_everything(counts):
    hidden = withheld(counts, 3)
    shown = {key for key, n in counts.items() if n} - hidden
    assert all(counts[key] >= 3 for key in shown)
    assert not hidden or sum(counts[key] for key in hidden) >= 3 or not shown
