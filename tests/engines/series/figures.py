"""Figures for the tests of series, written as short as they can be."""

from decimal import Decimal
from typing import Any

from openzone.engines.series.checks import Limits
from openzone.engines.series.deriving import Answer, derive
from openzone.engines.series.model import Definition, Derived, Kind, Observation
from openzone.engines.series.periods import Period, read_period
from openzone.engines.text import Text

LIMITS = Limits(
    tuple(map(Decimal, ("10", "10000", "0.1", "0.0001"))), (Decimal(100), Decimal("0.01")),
    Decimal("2.5"), Decimal("0.1"), Decimal(5), 12, 2, (3, 10), (3, 10), 3,
)  # fmt: skip


def period(text: str) -> Period:
    found = read_period(text)
    assert isinstance(found, Period), found
    return found


def obs(when: str, value: Any, **more: Any) -> Observation:
    """``obs("2026-05", "19.3")``: a figure of output of one zone."""
    number = None if value is None else Decimal(str(value))
    for name in ("growth", "target", "step"):
        if name in more:
            more[name] = Decimal(str(more[name]))
    return Observation(
        more.pop("series", "output"), more.pop("subject", "示例区"), period(when), number, **more
    )


def defined(name: str = "output", kind: Kind = Kind.FLOW, **more: Any) -> Definition:
    return Definition(name, Text(name, name), kind, **more)


def answered(*observations: Observation, of: tuple[Definition, ...] = ()) -> Answer:
    return derive(observations, {one.id: one for one in of}, LIMITS)


def values(found: Answer, kind: str, series: str = "output") -> dict[str, Decimal | bool]:
    """What was derived of a kind, by period."""
    return {
        str(one.period): one.value
        for line, reading in found.readings.items()
        if line.series == series
        for one in reading.derived
        if one.kind == kind
    }


def one(found: Answer, kind: str) -> Derived:
    [only] = [
        each for reading in found.readings.values() for each in reading.derived if each.kind == kind
    ]
    return only


def flags(found: Answer) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for flag in found.flags:
        told.setdefault(flag.kind, []).append(str(flag.period))
    return told
