"""What a place is near to, and how orders are compared."""

import numpy as np
import pytest

from openzone.engines.chains.complexity import complexity
from openzone.engines.chains.opportunities import opportunities, rank_correlation, ranks


def test_only_what_a_place_lacks_is_an_opportunity_the_best_first():
    flows = np.random.default_rng(5).lognormal(sigma=2, size=(12, 9))
    found = complexity(flows)
    rows = opportunities(found, 3, flows.sum(axis=0))
    assert {row.product for row in rows} == set(np.flatnonzero(~found.specialised[3]).tolist())
    scores = [row.score for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert found.pci is not None
    for row in rows:
        above = found.pci[row.product] - found.pci.min()
        assert row.score == pytest.approx(found.density[3, row.product] * above)
        assert row.rca == found.rca[3, row.product] < 1
    assert sorted(row.rank_by_size for row in rows) == list(range(1, len(rows) + 1))


def test_without_an_index_the_nearest_come_first():
    flows = np.array([[9.0, 9, 0, 0], [9, 0, 0, 0], [0, 0, 9, 9], [0, 0, 9, 0]])
    found = complexity(flows)
    assert found.pci is None
    rows = opportunities(found, 1, flows.sum(axis=0))
    assert [row.score for row in rows] == [None] * len(rows)
    assert [row.density for row in rows] == sorted((row.density for row in rows), reverse=True)


def test_equals_share_the_better_rank():
    assert ranks(np.array([5.0, 9, 5, 1])) == [2, 1, 2, 4]


def test_orders_are_compared_as_spearman_does():
    assert rank_correlation(np.array([1.0, 2, 3]), np.array([10.0, 20, 90])) == pytest.approx(1)
    assert rank_correlation(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == pytest.approx(-1)
    tied = rank_correlation(np.array([1.0, 1, 2, 3]), np.array([4.0, 5, 6, 7]))
    assert tied == pytest.approx(0.948683, abs=1e-6)
    assert rank_correlation(np.ones(4), np.arange(4.0)) is None
