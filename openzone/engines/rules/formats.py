"""Values as a factory accountant writes them: 5000万元, 3.20%, 2026-01-31."""

import datetime as dt
from decimal import Decimal, localcontext
from typing import Any

from openzone.engines.facts.catalogue import NEVER, FactType, SeriesSpec
from openzone.engines.text import Text

YES, NO = Text("是", "yes"), Text("否", "no")
NONE = Text("无", "none")
POINTS = Text("{n} 分", "{n} points")
DAYS = Text("{n} 天", "{n} days")
PERCENTAGE_POINTS = Text("{n} 个百分点", "{n} percentage points")
SQUARE_METRES = Text("{n} 平方米", "{n} m²")
_MOST_DECIMALS = 8
_DIGITS_OF_A_DOUBLE = 400
_SHORT = 4
"""Decimals that still read well: 3.9999亿元."""


def plain(number: float, decimals: int = 2) -> str:
    """Write a number with at most ``decimals`` decimals and no trailing zeros.

    >>> plain(0.5), plain(1200.0), plain(1 / 3)
    ('0.5', '1,200', '0.33')
    """
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def beside(number: float, limit: float | None, least: int = 2) -> int:
    """Return how many decimals keep ``number`` apart from a limit that it does not reach."""
    if limit is None or number == limit:
        return least
    apart = (d for d in range(least, _MOST_DECIMALS) if round(number, d) != round(limit, d))
    return next(apart, _MOST_DECIMALS)


def exact(number: float, limit: float | None = None) -> int:
    """Return how many decimals write ``number`` exactly, if few do; else two or a few more.

    >>> exact(1.1025), exact(1 / 3)
    (4, 2)
    """
    few = (d for d in range(_SHORT + 1) if abs(round(number, d) - number) < 1e-9)
    return next(few, None) or beside(number, limit)


def money(yuan: float, limit: float | None = None) -> Text:
    """Write an amount in 亿元 or 万元 where four decimals suffice, else in 元: never rounded up.

    What is less than a fen is dropped unless it keeps the amount apart from ``limit``.

    >>> money(50_000_000).zh, money(399_990_000).zh, money(123_456_789).en
    ('5,000万元', '3.9999亿元', '123,456,789 yuan')
    """
    with localcontext() as context:
        context.prec = _DIGITS_OF_A_DOUBLE
        amount = round(Decimal(str(yuan)), beside(yuan, limit))
        return Text(_scaled(amount, _ZH_SCALES), _scaled(amount, _EN_SCALES))


_ZH_SCALES = ((10**8, "亿元"), (10**4, "万元"), (1, "元"))
_EN_SCALES = ((10**6, " million yuan"), (1, " yuan"))


def _scaled(amount: Decimal, scales: tuple[tuple[int, str], ...]) -> str:
    """Write an amount in the largest unit that holds it with few decimals."""
    for scale, unit in scales:
        scaled = amount / scale
        if scale == 1 or (abs(scaled) >= 1 and scaled == round(scaled, _SHORT)):
            return plain_decimal(scaled) + unit
    raise ValueError("the last scale holds every amount")


def plain_decimal(number: Decimal) -> str:
    """Write an exact number without trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: float, limit: float | None = None) -> Text:
    """Write a ratio as a percentage with two decimals, or the few more that it needs.

    >>> percent(0.032).zh, percent(0.12345).zh, percent(0.0499999, 0.05).zh
    ('3.20%', '12.345%', '4.99999%')
    """
    near = None if limit is None else limit * 100
    text = f"{ratio * 100:,.{max(2, exact(ratio * 100, near))}f}%"
    return Text(text, text)


def size(number: float, kind: FactType | None, limit: float | None = None) -> Text:
    """Write a number in the unit of its kind."""
    match kind:
        case FactType.YUAN:
            return money(number, limit)
        case FactType.RATIO:
            return percent(number, limit)
        case FactType.AREA:
            return SQUARE_METRES.format(n=plain(number, exact(number, limit)))
        case _:
            text = plain(number, exact(number, limit))
            return Text(text, text)


def limit_text(limit: float, kind: FactType | None) -> Text:
    """Write a limit as short as it is: 4 % and not 4.00 %."""
    if kind is FactType.RATIO:
        text = f"{plain(limit * 100, 6)}%"
        return Text(text, text)
    return size(limit, kind)


def gap_text(gap: float, kind: FactType | None) -> Text:
    """Write a distance: percentage points for ratios, days for dates."""
    match kind:
        case FactType.RATIO:
            points = gap * 100
            return PERCENTAGE_POINTS.format(n=f"{points:,.{2 if points >= 0.005 else 6}f}")
        case FactType.DATE:
            return DAYS.format(n=plain(gap))
        case _:
            return size(gap, kind, 0.0 if gap else None)


def value_text(value: Any, series: SeriesSpec) -> Text:
    """Write a value of a fact."""
    if isinstance(value, bool):
        return YES if value else NO
    if value == NEVER:
        return NONE
    if isinstance(value, dt.date):
        return Text(value.isoformat(), value.isoformat())
    if isinstance(value, str):
        choice = series.choices.get(value)
        return choice.text if choice else Text(value, value)
    return size(float(value), series.type)
