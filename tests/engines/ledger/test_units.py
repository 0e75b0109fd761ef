from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.ledger.errors import LedgerError
from openzone.engines.ledger.units import LARGEST, from_smallest, to_smallest


@pytest.mark.parametrize(
    ("amount", "unit", "smallest"),
    [("12.5", "yuan", 1250), ("200000", "yuan", 20_000_000), (3, "tonne", 3), ("0.01", "yuan", 1)],
)
def test_amounts_are_kept_in_their_smallest_part(amount, unit, smallest):
    assert to_smallest(amount, unit) == smallest


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("0.001", "yuan"), ("0.5", "tonne"), ("NaN", "yuan"), ("inf", "yuan"), ("二十", "yuan"),
     ("1e30", "yuan")],
)  # fmt: skip
def test_an_amount_that_cannot_be_kept_exactly_is_refused(amount, unit):
    with pytest.raises(LedgerError):
        to_smallest(amount, unit)


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(["yuan", "tonne"]))
def test_every_amount_kept_comes_back_exactly(smallest, unit):
    assert to_smallest(from_smallest(smallest, unit), unit) == smallest


def test_an_amount_is_exact_whatever_its_size():
    assert from_smallest(LARGEST - 1, "yuan") == Decimal("99999999999999.99")
