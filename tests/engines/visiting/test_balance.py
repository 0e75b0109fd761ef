"""Loads are measured with those who have nothing, and orphans go to the least loaded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.visiting.balance import balance, propose

ASSIGNEES = list("abcdef")
loads = st.dictionaries(st.sampled_from(ASSIGNEES), st.integers(0, 9), min_size=1)
candidates = st.dictionaries(
    st.integers(0, 30), st.lists(st.sampled_from(ASSIGNEES), unique=True), max_size=30
)


def test_fifty_five_enterprises_of_ten_leaders():
    """合肥经开: 55 enterprises, 10 leaders."""
    found = balance({f"leader-{n}": 6 if n < 5 else 5 for n in range(10)})
    assert found is not None
    assert (found.total, found.assignees, found.least, found.most) == (55, 10, 5, 6)
    assert (found.median, found.mean, found.spread) == (5.5, 5.5, 1)


def test_who_looks_after_nobody_counts_and_nobody_at_all_is_no_balance():
    found = balance({"a": 0, "b": 4})
    assert found is not None
    assert (found.least, found.median) == (0, 2)
    assert balance({}) is None


def test_an_orphan_goes_to_the_least_loaded_of_its_place():
    found = propose([1, 2, 3], {1: ["a", "b"], 2: ["a", "b"], 3: ["c"]}, {"a": 3, "b": 1, "c": 9})
    assert dict(found.pairs) == {1: "b", 2: "b", 3: "c"}


def test_an_orphan_without_anybody_in_its_place_stays_named():
    found = propose([1, 2], {1: ["a"], 2: []}, {"a": 0})
    assert (found.pairs, found.nobody) == (((1, "a"),), (2,))


def test_who_has_one_candidate_chooses_before_who_has_two():
    found = propose([1, 2], {1: ["a", "b"], 2: ["a"]}, {"a": 0, "b": 0})
    assert dict(found.pairs) == {1: "b", 2: "a"}


@given(candidates, loads)
def test_every_orphan_with_a_candidate_gets_one_of_its_own(offers, now):
    found = propose(list(offers), offers, now)
    assert {one for one, _ in found.pairs} == {one for one, whom in offers.items() if whom}
    assert all(who in offers[one] for one, who in found.pairs)
    assert set(found.nobody) == {one for one, whom in offers.items() if not whom}


@given(st.integers(0, 60), loads)
def test_with_free_choice_nobody_gets_more_while_somebody_has_less(count, now):
    found = propose(range(count), {n: list(now) for n in range(count)}, now)
    after = {who: load + sum(one == who for _, one in found.pairs) for who, load in now.items()}
    given_any = [who for who in now if after[who] > now[who]]
    assert all(after[who] - 1 <= min(after.values()) for who in given_any)


@pytest.mark.parametrize(
    ("total", "assignees", "least", "most"), [(11_711, 94, 124, 125), (55, 10, 5, 6)]
)
def test_the_scale_of_a_large_zone_comes_out_even(total, assignees, least, most):
    """合肥经开: 11 711 enterprises in 94 grids, 55 of them with one of 10 leaders."""
    people = list(range(assignees))
    found = propose(range(total), dict.fromkeys(range(total), people), dict.fromkeys(people, 0))
    counts = dict.fromkeys(people, 0)
    for _, one in found.pairs:
        counts[one] += 1
    even = balance(counts)
    assert even is not None
    assert (even.least, even.most, even.total) == (least, most, total)
