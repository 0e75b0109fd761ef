"""Areas come back in the unit they were written in."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.projects.landarea import AreaUnit, in_unit, mu, plot_ratio, to_m2


@pytest.mark.parametrize(
    ("value", "unit", "m2"),
    [
        ("15", AreaUnit.MU, "10000"),
        ("1", AreaUnit.MU, "666.6667"),
        ("1", AreaUnit.HECTARE, "10000"),
        ("41000", AreaUnit.M2, "41000"),
    ],
)
def test_an_area_is_kept_in_square_metres(value, unit, m2):
    assert to_m2(Decimal(value), unit) == Decimal(m2)


def test_two_thousand_mu_of_many_parcels_are_two_thousand_mu():
    parts = [to_m2(Decimal(2000) / 12, AreaUnit.MU)] * 12
    assert mu(sum(parts)) == Decimal("2000.00")


@settings(max_examples=50)
@given(st.decimals(1, 100_000, places=2), st.sampled_from(list(AreaUnit)))
def test_what_was_written_comes_back(value, unit):
    assert in_unit(to_m2(value, unit), unit) == value


def test_plot_ratio_of_a_factory():
    """115 mu with 52,000 m² of factories."""
    area = to_m2(Decimal(115), AreaUnit.MU)
    assert plot_ratio(Decimal(52_000), area) == Decimal("0.68")
    assert plot_ratio(None, area) is None
    assert plot_ratio(Decimal(1), Decimal(0)) is None
