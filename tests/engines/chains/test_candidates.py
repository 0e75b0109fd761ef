"""A score is the sum of what is shown; a fit is judged by what it has not seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.chains.candidates import (
    Candidate,
    TooFewError,
    auc,
    by_city,
    fit,
    logistic,
    ranked,
)


def one(firm: str, city: str = "甬", **values: float | None) -> Candidate:
    return Candidate(firm, "cathode", city, values)


WEIGHTS = {"gap": 2.0, "demand": 1.0}


def test_a_score_is_the_sum_of_its_terms():
    best, middle, last = ranked(
        [one("丙", gap=1, demand=0), one("甲", gap=3, demand=2), one("乙", gap=2, demand=1)],
        WEIGHTS,
    )
    assert [s.candidate.firm for s in (best, middle, last)] == ["甲", "乙", "丙"]
    assert best.score == pytest.approx(sum(term.adds for term in best.terms))
    assert middle.score == pytest.approx(0)
    assert [(t.name, t.value, t.weight) for t in best.terms] == [("gap", 3, 2), ("demand", 2, 1)]


def test_what_is_not_known_adds_nothing_and_is_named():
    found = ranked([one("甲", gap=1, demand=None), one("乙", gap=2, demand=5)], WEIGHTS)
    unknown = next(s for s in found if s.candidate.firm == "甲")
    assert (unknown.unknown, unknown.terms[1].adds) == (("demand",), 0)


def test_a_term_that_is_alike_for_all_changes_nothing():
    found = ranked([one("甲", gap=1, demand=7), one("乙", gap=1, demand=7)], WEIGHTS)
    assert [(s.candidate.firm, s.score) for s in found] == [("甲", 0), ("乙", 0)]


def test_cities_come_by_what_could_be_won_there():
    firms = [
        one("甲", "甬", gap=3),
        one("乙", "台", gap=2),
        one("丙", "台", gap=2),
        one("丁", "温", gap=0),
    ]
    cities = by_city(ranked(firms, {"gap": 1.0}))
    assert cities[-1][0] == "温"
    assert {city for city, _ in cities} == {"甬", "台", "温"}


def test_the_fit_finds_what_mattered_and_ranks_what_it_has_not_seen():
    rng = np.random.default_rng(5)
    values = rng.normal(size=(400, 3))
    chance = 1 / (1 + np.exp(-(1.5 * values[:, 0] + 1.0 * values[:, 1])))
    came = (rng.random(400) < chance).tolist()
    firms = [one(str(n), a=row[0], b=row[1], noise=row[2]) for n, row in enumerate(values)]
    found = fit(firms, came, ["a", "b", "noise"])
    assert found.weights["a"] > found.weights["b"] > abs(found.weights["noise"])
    assert found.baseline_term == "a"
    assert found.better
    assert (found.asked, found.came) == (400, sum(came))


def test_pure_noise_is_worth_no_more_than_a_coin():
    rng = np.random.default_rng(6)
    firms = [one(str(n), a=rng.normal(), b=rng.normal()) for n in range(300)]
    found = fit(firms, [n % 2 == 0 for n in range(300)], ["a", "b"])
    assert abs(found.auc - 0.5) < 0.12


def test_too_little_to_learn_from_is_said():
    with pytest.raises(TooFewError):
        fit([one("甲", a=1), one("乙", a=2)], [True, False], ["a"])


def test_the_loss_is_at_its_least():
    rng = np.random.default_rng(2)
    values, outcome = rng.normal(size=(60, 2)), (rng.random(60) < 0.4).astype(float)
    weights = logistic(values, outcome, 1.0)

    def loss(at: np.ndarray) -> float:
        line = at[0] + values @ at[1:]
        return float((np.log1p(np.exp(line)) - outcome * line).sum() + 0.5 * (at[1:] ** 2).sum())

    for place in range(3):
        for step in (-1e-3, 1e-3):
            moved = weights.copy()
            moved[place] += step
            assert loss(moved) >= loss(weights)


@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=12))
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]):
    pairs = [(a, b) for a, came in rows if came for b, other in rows if not other]
    wanted = (
        sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs)
        if pairs
        else 0.5
    )
    scores = np.array([score for score, _ in rows], dtype=float)
    assert auc(scores, np.array([float(came) for _, came in rows])) == pytest.approx(wanted)
