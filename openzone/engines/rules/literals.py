"""Numbers and days as rule files write them: ``"5000万"``, ``"5%"``, ``{as_of: -1y}``."""

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, InstanceOf, PlainSerializer
from pydantic_core import PydanticCustomError

from openzone.engines.facts.catalogue import FactType

_QUANTITY = re.compile(r"(-?\d+(?:\.\d+)?)(元|万|亿|%)")
_SCALE = {"元": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000), "%": Decimal("0.01")}
_OFFSET = re.compile(r"([+-]?\d{1,4})([dmy])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a rule; ``unit`` is set where its spelling says what it measures."""

    value: float
    unit: FactType | None = None

    @classmethod
    def parse(cls, raw: object) -> "Quantity":
        """Read a YAML number or one of the spellings ``"5000万"``, ``"2亿"``, ``"5%"``.

        Raises:
            PydanticCustomError: it is anything else, or not finite.

        """
        if isinstance(raw, Quantity):
            return raw
        if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
            return cls(float(raw))
        match = _QUANTITY.fullmatch(raw) if isinstance(raw, str) else None
        if match is None:
            raise PydanticCustomError("not_a_quantity", "not a number: {value}", {"value": raw})
        digits, suffix = match.groups()
        unit = FactType.RATIO if suffix == "%" else FactType.YUAN
        return cls(float(Decimal(digits) * _SCALE[suffix]), unit)

    @property
    def written(self) -> float | str:
        """The canonical spelling, from which the same number is read again.

        >>> Quantity.parse("2亿").written, Quantity.parse("5.0%").written
        ('200000000元', '5%')
        """
        if self.unit is None:
            return self.value
        suffix = "%" if self.unit is FactType.RATIO else "元"
        digits = f"{Decimal(repr(self.value)) / _SCALE[suffix]:f}"
        return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + suffix


QuantityField = Annotated[
    InstanceOf[Quantity],
    BeforeValidator(Quantity.parse),
    PlainSerializer(lambda quantity: quantity.written),
]


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from the day of evaluation in days, months or years."""

    count: int
    unit: str

    @classmethod
    def parse(cls, raw: object) -> "Offset":
        """Read ``-1y``, ``0d``, ``+3m``.

        Raises:
            PydanticCustomError: it is anything else.

        """
        if isinstance(raw, Offset):
            return raw
        match = _OFFSET.fullmatch(raw) if isinstance(raw, str) else None
        if match is None:
            raise PydanticCustomError("not_an_offset", "not an offset: {value}", {"value": raw})
        return cls(int(match[1]), match[2])

    def from_day(self, day: dt.date) -> dt.date:
        """Return the day at this distance; a month too short for it gives its last day.

        >>> Offset(-1, "y").from_day(dt.date(2024, 2, 29))
        datetime.date(2023, 2, 28)
        """
        if self.unit == "d":
            return day + dt.timedelta(days=self.count)
        months = self.count * (12 if self.unit == "y" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last))

    @property
    def written(self) -> str:
        """The canonical form that a digest is taken from."""
        return f"{self.count}{self.unit}"


OffsetField = Annotated[
    InstanceOf[Offset],
    BeforeValidator(Offset.parse),
    PlainSerializer(lambda offset: offset.written),
]
