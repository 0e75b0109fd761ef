"""The exact program against trying everything."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.rules.bundle_problem import Cap, OnePaid, Problem
from openzone.engines.rules.bundle_solver import solve

ITEMS = 5
MEMBERS = st.lists(st.integers(0, ITEMS - 1), min_size=1, max_size=4, unique=True).map(
    lambda found: tuple(sorted(found))
)
PROBLEMS = st.builds(
    Problem,
    st.tuples(*[st.integers(1, 3)] * ITEMS),
    st.lists(st.builds(OnePaid, MEMBERS, st.booleans()), max_size=3).map(tuple),
    st.lists(st.builds(Cap, MEMBERS, st.integers(0, 5)), max_size=3).map(tuple),
)
CASES = settings(max_examples=400, deadline=None)


def subsets() -> Iterator[frozenset[int]]:
    for size in range(ITEMS + 1):
        yield from map(frozenset, combinations(range(ITEMS), size))


def allowed(problem: Problem, taken: frozenset[int]) -> bool:
    return all(one_is_paid(problem, one, taken) for one in problem.ones)


def one_is_paid(problem: Problem, one: OnePaid, taken: frozenset[int]) -> bool:
    """At most one; of `highest` one that is outdone by nobody who could be had instead."""
    paid = taken & set(one.members)
    if len(paid) > 1:
        return False
    return not one.highest or all(
        gives_way(problem, one, taken, member)
        for chosen in paid
        for member in one.members
        if problem.amounts[member] > problem.amounts[chosen]
    )


def gives_way(problem: Problem, one: OnePaid, taken: frozenset[int], member: int) -> bool:
    return any(
        member in other.members and other_taken not in one.members
        for other in problem.ones
        for other_taken in taken & set(other.members)
    )


def most_paid(problem: Problem, taken: frozenset[int]) -> int:
    """Try every way to pay what is taken."""
    ways = product(*(range(problem.amounts[item] + 1) for item in sorted(taken)))
    totals = [sum(way) for way in ways if fits(problem, dict(zip(sorted(taken), way, strict=True)))]
    return max(totals)


def fits(problem: Problem, paid: dict[int, int]) -> bool:
    return all(sum(paid.get(m, 0) for m in cap.members) <= cap.room for cap in problem.caps)


@CASES
@given(PROBLEMS)
def test_no_choice_pays_more_and_every_lean_one_is_listed(problem: Problem) -> None:
    totals = {taken: most_paid(problem, taken) for taken in subsets() if allowed(problem, taken)}
    best = max(totals.values())
    equal = {taken for taken, total in totals.items() if total == best}
    lean = {taken for taken in equal if not any(other < taken for other in equal)}
    found = solve(problem, 2**ITEMS)
    assert (found.total, found.proven, found.more) == (best, True, False)
    assert {frozenset(choice) for choice in found.choices} == lean


@CASES
@given(PROBLEMS, st.integers(1, 3))
def test_every_choice_keeps_to_the_limits_and_pays_the_total(problem: Problem, most: int) -> None:
    found = solve(problem, most)
    assert 1 <= len(found.choices) <= most
    for choice in found.choices:
        assert sum(choice.values()) == found.total
        assert allowed(problem, frozenset(choice))
        assert fits(problem, dict(choice))
        assert all(0 <= paid <= problem.amounts[item] for item, paid in choice.items())


@CASES
@given(PROBLEMS)
def test_the_same_question_has_the_same_answer(problem: Problem) -> None:
    assert solve(problem, 3) == solve(problem, 3)


def test_large_amounts_stay_exact_to_the_fen() -> None:
    """Ten thousand million yuan, where a tolerance of a solver of doubles would hide a fen."""
    huge = 10**12
    problem = Problem((huge, huge + 1, 5), (OnePaid((0, 1)),), (Cap((1, 2), huge + 3),))
    found = solve(problem, 5)
    assert found.total == huge + 5
    assert [sorted(choice.items()) for choice in found.choices] == [[(0, huge), (2, 5)]]
