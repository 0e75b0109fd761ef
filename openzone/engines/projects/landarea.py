"""Areas of land in the units they are written in: kept in m², told in mu or hectares.

15 mu are a hectare, the customary conversion of the tables engine.
"""

from decimal import Decimal
from enum import StrEnum

from openzone.engines.tables.units import HECTARE
from openzone.engines.text import Text

MU_PER_HECTARE = 15
KEPT = Decimal("0.0001")
"""Areas are kept to this part of a square metre, so that whole mu come back whole."""


class AreaUnit(StrEnum):
    """How an area is written."""

    MU = "mu"
    HECTARE = "ha"
    M2 = "m2"


LABELS = {
    AreaUnit.MU: Text("亩", "mu"),
    AreaUnit.HECTARE: Text("公顷", "ha"),
    AreaUnit.M2: Text("平方米", "m²"),
}


def to_m2(value: Decimal, unit: AreaUnit) -> Decimal:
    """Return an area in m².

    >>> to_m2(Decimal(15), AreaUnit.MU)
    Decimal('10000.0000')
    """
    if unit is AreaUnit.M2:
        return value.quantize(KEPT)
    hectares = value if unit is AreaUnit.HECTARE else value / MU_PER_HECTARE
    return (hectares * HECTARE).quantize(KEPT)


def in_unit(area_m2: Decimal, unit: AreaUnit, places: int = 2) -> Decimal:
    """Return an area of m² in another unit, rounded to some places.

    >>> in_unit(Decimal("1333333.3333"), AreaUnit.MU)
    Decimal('2000.00')
    """
    hectares = area_m2 / HECTARE
    value = {
        AreaUnit.M2: area_m2,
        AreaUnit.HECTARE: hectares,
        AreaUnit.MU: hectares * MU_PER_HECTARE,
    }[unit]
    return value.quantize(Decimal(1).scaleb(-places))


def mu(area_m2: Decimal) -> Decimal:
    """Return an area in mu, to two places."""
    return in_unit(area_m2, AreaUnit.MU)


def plot_ratio(floor_m2: Decimal | None, area_m2: Decimal | None) -> Decimal | None:
    """Return floor area over land area (容积率) to two places; None without either."""
    if floor_m2 is None or not area_m2 or area_m2 < 0:
        return None
    return (floor_m2 / area_m2).quantize(Decimal("0.01"))
