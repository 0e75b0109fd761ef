"""From answers to a score, a rate and a distribution, and what n forbids to show.

The score is ``S = Σ(w·m) ÷ Σw``: ``m`` is the mean of the points of a question over those who
answered it (0 to 100), ``w`` its weight. Nobody's silence counts as points: a question without
enough answers has no mean and no weight.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

from openzone.engines.text import Text

K = TypeVar("K", bound=Hashable)
Answers = Mapping[str, str]
"""The id of a question to the id of the grade that was chosen."""

FORMULA = Text(
    "得分 = Σ(权重×平均分) ÷ Σ权重；平均分为回答该题者得分的平均，未答不计分",
    "score = Σ(weight × mean) ÷ Σ weight; the mean is over those who answered a question, "
    "no answer is no points",
)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade somebody can choose: its points (0 to 100) and what it counts as."""

    id: str
    points: int
    satisfied: bool = False
    top: bool = False
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A graded question."""

    id: str
    weight: Fraction
    grades: tuple[Grade, ...]

    def grade(self, name: str) -> Grade:
        """Return one of its grades; ``KeyError`` where there is none."""
        found = next((grade for grade in self.grades if grade.id == name), None)
        if found is None:
            raise KeyError(name)
        return found


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean points of one question, over ``n`` answers."""

    question: str
    n: int
    value: Decimal
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 100 with the means it is made of; ``n`` is how many responded."""

    n: int
    value: Decimal
    means: tuple[Mean, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both as counts."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """The share; unknown where the whole is nothing."""
        return self.part / self.whole if self.whole else None


def graded(question: Question, responses: Sequence[Answers]) -> list[Grade]:
    """Return the grades that were chosen for a question, one for each who answered it."""
    return [question.grade(one[question.id]) for one in responses if one.get(question.id)]


def distribution(question: Question, responses: Sequence[Answers]) -> dict[str, int]:
    """Count how often each grade was chosen, those nobody chose with 0."""
    counts = {grade.id: 0 for grade in question.grades}
    for grade in graded(question, responses):
        counts[grade.id] += 1
    return counts


def share(question: Question, responses: Sequence[Answers], of: str) -> Share:
    """Return how many of those who answered were ``satisfied``, ``top`` or ``bad``."""
    chosen = graded(question, responses)
    return Share(sum(bool(getattr(grade, of)) for grade in chosen), len(chosen))


def score(questions: Sequence[Question], responses: Sequence[Answers], least: int) -> Score | None:
    """Return the score, or ``None`` where fewer than ``least`` answered every question."""
    chosen = [(question, graded(question, responses)) for question in questions]
    enough = [(question, grades) for question, grades in chosen if len(grades) >= max(least, 1)]
    weights = sum((question.weight for question, _ in enough), Fraction(0))
    if not weights:
        return None
    means = [(question, _mean(grades), len(grades)) for question, grades in enough]
    total = sum((question.weight * mean for question, mean, _ in means), Fraction(0)) / weights
    return Score(
        len(responses),
        _rounded(total),
        tuple(Mean(q.id, n, _rounded(mean), q.weight) for q, mean, n in means),
    )


def _mean(grades: Sequence[Grade]) -> Fraction:
    return Fraction(sum(grade.points for grade in grades), len(grades))


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_TENTH, rounding=ROUND_HALF_UP)


def withheld(counts: Mapping[K, int], least: int, *, with_total: bool = True) -> frozenset[K]:
    """Return the groups of which nothing may be shown, by how many responded in each.

    A group below ``least`` is hidden. Where the total is shown too, one hidden group could be
    had by subtraction: then the next smallest groups are hidden with it, until those hidden
    have ``least`` respondents together. A group nobody responded in shows nothing anyway.
    """
    answered = {key: n for key, n in counts.items() if n}
    hidden = {key for key, n in answered.items() if n < least}
    open_ones = sorted(
        (n, place, key) for place, (key, n) in enumerate(answered.items()) if key not in hidden
    )
    while with_total and hidden and open_ones and sum(answered[one] for one in hidden) < least:
        hidden.add(open_ones.pop(0)[2])
    return frozenset(hidden)
