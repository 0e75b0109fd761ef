"""Values as a factory accountant writes them: 5000万元, 3.20%, 2026-01-31."""

import datetime as dt
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


def plain(number: float, decimals: int = 2) -> str:
    """Write a number with at most ``decimals`` decimals and no trailing zeros.

    >>> plain(0.5), plain(1200.0), plain(1 / 3)
    ('0.5', '1,200', '0.33')
    """
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def beside(number: float, limit: float | None) -> int:
    """Return how many decimals keep ``number`` apart from a limit that it does not reach."""
    if limit is None or number == limit:
        return 2
    apart = (d for d in range(2, _MOST_DECIMALS) if round(number, d) != round(limit, d))
    return next(apart, _MOST_DECIMALS)


def money(yuan: float, limit: float | None = None) -> Text:
    """Write an amount of yuan in 元, 万元 or 亿元.

    >>> money(50_000_000).zh, money(120_000_000).en
    ('5,000万元', '120 million yuan')
    """
    size = abs(yuan)
    zh_scale, zh_unit = (
        (1e8, "亿元") if size >= 1e8 else (1e4, "万元") if size >= 1e4 else (1, "元")
    )
    en_scale, en_unit = (1e6, " million yuan") if size >= 1e6 else (1, " yuan")
    return Text(_scaled(yuan, limit, zh_scale) + zh_unit, _scaled(yuan, limit, en_scale) + en_unit)


def _scaled(number: float, limit: float | None, scale: float) -> str:
    near = None if limit is None else limit / scale
    return plain(number / scale, beside(number / scale, near))


def percent(ratio: float, limit: float | None = None) -> Text:
    """Write a ratio as a percentage with two decimals, more where it nearly reaches a limit.

    >>> percent(0.032).zh, percent(0.0499999, 0.05).zh
    ('3.20%', '4.99999%')
    """
    near = None if limit is None else limit * 100
    text = f"{ratio * 100:,.{beside(ratio * 100, near)}f}%"
    return Text(text, text)


def size(number: float, kind: FactType | None, limit: float | None = None) -> Text:
    """Write a number in the unit of its kind."""
    match kind:
        case FactType.YUAN:
            return money(number, limit)
        case FactType.RATIO:
            return percent(number, limit)
        case FactType.AREA:
            return SQUARE_METRES.format(n=plain(number, beside(number, limit)))
        case _:
            text = plain(number, beside(number, limit))
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
