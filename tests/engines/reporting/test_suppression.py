"""No figure of fewer than three firms follows from the sums that are shown."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.reporting.suppression import Shares, safe_cells

ONE = Fraction(1)


def whole(firms: str) -> Shares:
    return dict.fromkeys(firms, ONE)


def rank(rows: list[list[Fraction]]) -> int:
    """Plain elimination, written apart from the one under test."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((place for place in range(found, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for place in range(found + 1, len(rows)):
            factor = rows[place][column] / rows[found][column]
            rows[place] = [a - factor * b for a, b in zip(rows[place], rows[found], strict=True)]
        found += 1
    return found


def few_follow(cells: list[Shares], least: int) -> bool:
    """Whether some sum over fewer firms can be worked out: every set of few firms is tried.

    Leaving the columns of a set out lowers the rank where some combination lies within the set.
    """
    firms = sorted({firm for cell in cells for firm in cell})
    matrix = [[cell.get(firm, Fraction(0)) for firm in firms] for cell in cells]
    for count in range(1, least):
        for few in combinations(range(len(firms)), count):
            rest = [[v for place, v in enumerate(row) if place not in few] for row in matrix]
            if rank(rest) < rank(matrix):
                return True
    return False


shares = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.sampled_from([ONE, Fraction(1, 2), Fraction(3, 10), Fraction(7, 10)]),
    max_size=8,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(shares, max_size=6), st.integers(1, 4))
def test_what_is_shown_reveals_no_few_firms_and_nothing_more_could_be_shown(
    cells: list[Shares], least: int
) -> None:
    named = [(str(place), cell) for place, cell in enumerate(cells)]
    shown = safe_cells(named, least)
    visible = [cell for name, cell in named if name in shown and cell]
    assert not few_follow(visible, least)
    for name, cell in named:
        if name not in shown:
            assert few_follow([*visible, cell], least)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        pytest.param([("zone", whole("abcdef")), ("p", whole("abc")), ("q", whole("def"))],
                     {"zone", "p", "q"}, id="parks of three are shown"),
        pytest.param([("zone", whole("abcdefg")), ("p", whole("abc")), ("q", whole("def")),
                      ("r", whole("g"))], {"zone", "p"},
                     id="one firm alone hides a second park"),
        pytest.param([("zone", whole("ab"))], set(), id="two firms are not shown"),
        pytest.param([("zone", whole("abcd")), ("empty", {})], {"zone", "empty"},
                     id="no firm reveals nobody"),
        pytest.param([("zone", whole("abcdefghi")), ("park", whole("abcdef")),
                      ("division", whole("abcde"))], {"zone", "park"},
                     id="park and division are read together"),
    ],
)  # fmt: skip
def test_a_table_of_parks(cells: list[tuple[str, Shares]], shown: set[str]) -> None:
    assert safe_cells(cells, 3) == shown


def test_hundreds_of_firms_with_shares_of_their_own_are_judged() -> None:
    zone = {f"f{n}": ONE for n in range(300)}
    parks = [
        (
            f"p{n}",
            {f"f{k}": Fraction(1 + k % 97, 100) for k in range(n * 50, n * 50 + 60) if k < 300},
        )
        for n in range(6)
    ]
    assert safe_cells([("zone", zone), *parks], 3) == {"zone", *(name for name, _ in parks)}
