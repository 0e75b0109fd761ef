"""Whom to invite: candidates ranked by a score of which every term is shown.

The score is Σ weight × standardised value. The weights are a pack until the zone's own funnel is
long enough to fit them; a fit is worth only what it does on firms it has not seen, beside the
plainest ranking there is. A value that is not known adds nothing and is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ITERATIONS = 100
CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm that could fill a gap, with what is known of it by term."""

    firm: str
    node: str
    city: str = ""
    values: Mapping[str, float | None] = field(default_factory=dict)
    reason: str = ""


class Term(NamedTuple):
    """One term of a score: the value, how far it is from the middle, and what it adds."""

    name: str
    value: float | None
    standard: float | None
    weight: float
    adds: float


class Scored(NamedTuple):
    """A candidate with its score and the terms it is the sum of."""

    candidate: Candidate
    score: float
    terms: tuple[Term, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The terms of which nothing is known."""
        return tuple(term.name for term in self.terms if term.value is None)


def ranked(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Scored]:
    """Return the candidates best first; equals in the order they were given."""
    values = matrix(candidates, list(weights))
    standard, _, _ = standardised(values)
    found = [
        _scored(one, row, line, weights)
        for one, row, line in zip(candidates, values, standard, strict=True)
    ]
    return sorted(found, key=lambda one: -one.score)


def matrix(candidates: Sequence[Candidate], terms: Sequence[str]) -> Floats:
    """Return the values ``[candidate, term]``; what is not known is not a number."""
    rows = [[one.values.get(term) for term in terms] for one in candidates]
    return np.array(rows, dtype=np.float64).reshape(len(candidates), len(terms))


def standardised(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return values less the mean over the spread, the means and the spreads.

    A term that is the same for all tells nothing apart: its spread is taken as 1.
    """
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    middle: Floats = np.where(known, values, 0).sum(axis=0) / count
    spread: Floats = np.sqrt((np.where(known, values - middle, 0) ** 2).sum(axis=0) / count)
    spread = np.where(spread > 0, spread, 1.0)
    return (values - middle) / spread, middle, spread


def _scored(
    one: Candidate, values: Floats, standard: Floats, weights: Mapping[str, float]
) -> Scored:
    terms = []
    for (name, weight), value, far in zip(weights.items(), values, standard, strict=True):
        if np.isnan(value):
            terms.append(Term(name, None, None, weight, 0.0))
        else:
            terms.append(Term(name, float(value), float(far), weight, float(weight * far)))
    return Scored(one, sum(term.adds for term in terms), tuple(terms))


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights fitted to what came of earlier candidates, and what they are worth.

    ``auc``: the chance that one who came ranks above one who did not, on firms left out of the
    fit; ``baseline`` the same for the one term that ranks best on the firms that were in it.
    """

    weights: Mapping[str, float]
    intercept: float
    auc: float
    baseline: float
    baseline_term: str
    came: int
    asked: int

    @property
    def better(self) -> bool:
        """Whether the fit ranks what it has not seen better than the plainest ranking."""
        return self.auc > self.baseline


class TooFewError(ValueError):
    """Too little has happened to learn from."""


def fit(
    candidates: Sequence[Candidate],
    came: Sequence[bool],
    terms: Sequence[str],
    *,
    penalty: float = 1.0,
    folds: int = 5,
) -> Fit:
    """Fit the weights by logistic regression, and judge them on firms left out.

    ``penalty`` keeps weights small where there is little to learn from (L2, not on the
    intercept). A value that is not known counts as the middle.

    Raises:
        TooFewError: fewer than ``folds`` came, or fewer than ``folds`` did not.

    """
    outcome = np.array(came, dtype=np.float64)
    if min(outcome.sum(), len(outcome) - outcome.sum()) < folds:
        raise TooFewError
    values = matrix(candidates, terms)
    whole = logistic(np.nan_to_num(standardised(values)[0]), outcome, penalty)
    best, judged = _crossed(values, outcome, penalty, folds)
    return Fit(
        dict(zip(terms, map(float, whole[1:]), strict=True)),
        float(whole[0]),
        float(np.mean([one for one, _ in judged])),
        float(np.mean([one for _, one in judged])),
        terms[best],
        int(outcome.sum()),
        len(outcome),
    )


def _crossed(
    values: Floats, outcome: Floats, penalty: float, folds: int
) -> tuple[int, list[tuple[float, float]]]:
    """Return the plainest term of all, and for each fold what fit and plainest term reach."""
    fold = _folds(outcome, folds)
    judged = []
    for number in range(folds):
        seen, left = fold != number, fold == number
        standard, middle, spread = standardised(values[seen])
        weights = logistic(np.nan_to_num(standard), outcome[seen], penalty)
        rows = np.nan_to_num((values[left] - middle) / spread)
        term, sign = _plainest(values[seen], outcome[seen])
        judged.append(
            (
                auc(rows @ weights[1:], outcome[left]),
                auc(sign * np.nan_to_num(values[left][:, term]), outcome[left]),
            )
        )
    return _plainest(values, outcome)[0], judged


def _folds(outcome: Floats, folds: int) -> npt.NDArray[np.int64]:
    """Deal those who came and those who did not out in turn, each fold getting some of both."""
    fold = np.zeros(len(outcome), dtype=np.int64)
    for kind in (0.0, 1.0):
        members = np.flatnonzero(outcome == kind)
        fold[members] = np.arange(len(members)) % folds
    return fold


def _plainest(values: Floats, outcome: Floats) -> tuple[int, float]:
    """Return the single term that ranks best, and which way round."""
    reached = [auc(np.nan_to_num(column), outcome) for column in values.T]
    best = int(np.argmax(np.abs(np.array(reached) - 0.5)))
    return best, 1.0 if reached[best] >= 0.5 else -1.0


def logistic(values: Floats, outcome: Floats, penalty: float) -> Floats:
    """Return intercept and weights of least penalised loss (Newton's method)."""
    rows = np.column_stack([np.ones(len(values)), values])
    keep = np.eye(rows.shape[1]) * penalty
    keep[0, 0] = CLOSE
    weights: Floats = np.zeros(rows.shape[1])
    for _ in range(ITERATIONS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - outcome) + keep @ weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + keep
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < CLOSE:
            break
    return weights


def auc(scores: Floats, outcome: Floats) -> float:
    """Return the chance that a yes ranks above a no; a tie counts half, one kind alone is .5."""
    yes, no = scores[outcome == 1], scores[outcome == 0]
    if not len(yes) or not len(no):
        return 0.5
    above = np.searchsorted(np.sort(no), yes, side="left")
    level = np.searchsorted(np.sort(no), yes, side="right")
    return float((above + level).sum() / (2 * len(yes) * len(no)))


def by_city(found: Sequence[Scored]) -> list[tuple[str, list[Scored]]]:
    """Return the candidates of each city: first where the best scores above zero add up highest."""
    cities: dict[str, list[Scored]] = {}
    for one in found:
        cities.setdefault(one.candidate.city, []).append(one)
    return sorted(cities.items(), key=lambda city: -sum(max(one.score, 0) for one in city[1]))
