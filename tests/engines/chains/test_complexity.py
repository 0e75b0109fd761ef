"""The figures of economic complexity against their definitions, written out."""

import numpy as np
import pytest

from openzone.engines.chains.complexity import (
    InvalidFlows,
    complexity,
    complexity_indices,
    density,
    large_enough,
    proximity,
    rca,
)
from openzone.engines.chains.spectrum import SMALL, second

FLOWS = np.array([[10.0, 4, 3, 2], [8, 5, 0, 0], [9, 0, 4, 0], [7, 1, 0, 0], [2, 3, 6, 1]])


def test_advantage_is_the_share_here_over_the_share_everywhere():
    found = rca(FLOWS)
    whole = FLOWS.sum()
    for c in range(5):
        for p in range(4):
            here = FLOWS[c, p] / FLOWS[c].sum()
            everywhere = FLOWS[:, p].sum() / whole
            assert found[c, p] == pytest.approx(here / everywhere)


def test_proximity_is_the_lesser_chance_and_one_with_itself():
    made = rca(FLOWS) >= 1
    near = proximity(made)
    for p in range(4):
        for q in range(4):
            both = (made[:, p] & made[:, q]).sum()
            larger = max(made[:, p].sum(), made[:, q].sum())
            assert near[p, q] == pytest.approx(1.0 if p == q else both / larger)
    wanted = [
        sum(near[p, q] for q in range(4) if made[0, q]) / sum(near[p, q] for q in range(4))
        for p in range(4)
    ]
    assert density(made, near)[0] == pytest.approx(wanted)


def test_the_index_of_places_is_the_second_eigenvector_of_its_definition():
    rng = np.random.default_rng(7)
    flows = rng.lognormal(size=(12, 9))
    found = complexity(flows)
    made = found.specialised.astype(float)
    walk = (made / made.sum(1)[:, None]) @ (made / made.sum(0)[None, :]).T
    values, vectors = np.linalg.eig(walk)
    second = np.real(vectors[:, np.argsort(-np.real(values))[1]])
    second = (second - second.mean()) / second.std()
    if np.corrcoef(second, made.sum(1))[0, 1] < 0:
        second = -second
    assert found.eci is not None
    assert found.eci == pytest.approx(second, abs=1e-9)
    assert complexity(flows.T.copy()).rca == pytest.approx(found.rca.T)


def test_the_wide_and_the_tall_way_agree():
    rng = np.random.default_rng(3)
    made = rng.random((30, 12)) < 0.4
    made[:, 0] = made[0] = True
    padded = np.hstack([made, made[:, :1].repeat(30, axis=1)])  # more products than places
    tall, wide = complexity_indices(made), complexity_indices(padded)
    assert tall is not None
    assert wide is not None
    walk = (made / made.sum(1)[:, None]) @ (made / made.sum(0)[None, :]).T
    for places, share in ((tall[0], walk),):
        value = (share @ places - (share @ places).mean()) / (share @ places).std()
        assert value == pytest.approx(places, abs=1e-9)


def test_parts_that_share_nothing_have_no_order_between_them():
    made = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 1, 0]], dtype=bool)
    assert complexity_indices(made) is None


def test_places_that_could_be_told_apart_in_any_way_are_not_told_apart():
    made = np.hstack([np.ones((3, 1)), np.eye(3)]).astype(bool)  # turning it changes nothing
    assert complexity_indices(made) is None
    assert complexity(made.astype(float)).eci is None


def test_the_index_of_a_place_is_the_mean_of_what_it_makes():
    found = complexity(np.random.default_rng(7).lognormal(size=(12, 9)))
    assert found.eci is not None
    assert found.pci is not None
    for place, made in zip(found.eci, found.specialised, strict=True):
        assert found.pci[made].mean() == pytest.approx(place)
    assert (found.eci.mean(), found.eci.std()) == pytest.approx((0, 1))


@pytest.mark.parametrize("size", [2, 3, SMALL, SMALL + 1])
def test_the_second_vector_is_found_in_small_and_large(size: int):
    made = np.random.default_rng(size).random((size, size))
    values, vectors = np.linalg.eigh(made @ made.T)
    matrix = made @ made.T / values[-1]
    found = second(matrix, vectors[:, -1])
    assert found is not None
    assert found[0] == pytest.approx(values[-2] / values[-1])
    assert abs(found[1] @ vectors[:, -2]) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("size", [1, 3, 270])
def test_a_tied_second_vector_is_none(size: int):
    matrix, first = np.eye(size) * 0.5, np.zeros(size)
    matrix[0, 0] = first[0] = 1
    assert second(matrix, first) is None


@pytest.mark.parametrize(("size", "value"), [((3, 10), 0.1), ((5, 5), 0.3), ((4, 4), 1)])
def test_places_made_up_alike_have_no_index_but_all_else(size: tuple[int, int], value: float):
    found = complexity(np.full(size, value))
    assert (found.eci, found.pci) == (None, None)
    assert found.specialised.all()
    assert found.density == pytest.approx(1)


def test_fitness_has_a_mean_of_one_and_rests_where_it_no_longer_moves():
    found = complexity(FLOWS)
    made = found.specialised.astype(float)
    assert found.fitness.mean() == pytest.approx(1)
    again = made @ found.quality
    assert again / again.mean() == pytest.approx(found.fitness, abs=1e-3)


@pytest.mark.parametrize(
    "bad", [[[1.0, -1]], [[1.0, np.nan]], [[0.0, 0], [1, 2]], np.empty((0, 3))]
)
def test_flows_that_say_nothing_are_refused(bad: list[list[float]]):
    with pytest.raises(InvalidFlows):
        complexity(np.array(bad, dtype=float))


def test_small_places_and_products_go_until_nothing_more_does():
    flows = np.array([[100.0, 0, 5], [0, 9, 0], [100, 0, 0]])
    places, products = large_enough(flows, 10, 6)
    assert places.tolist() == [True, False, True]
    assert products.tolist() == [True, False, False]
