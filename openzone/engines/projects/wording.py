"""Figures as published reports write them: 41.11 of 亿元, 55.49 of %, 1-5月."""

import calendar
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from openzone.engines.text import Text

MISSING = Text("（缺数据）", "(no figure)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def figure(value: Decimal | None, scale: Decimal = Decimal(1), digits: int = 2) -> Text:
    """Write a figure in a unit, rounded half up, without zeros at its end: 176.3, not 176.30."""
    if value is None:
        return MISSING
    step = Decimal(1).scaleb(-digits)
    text = f"{(value / scale).quantize(step, ROUND_HALF_UP):f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return Text(plain, plain)


def span(first: dt.date, last: dt.date, today: dt.date) -> Text:
    """Name a period: whole months as “1-5月”, with the year where it is not this one, else days.

    A period that ends today counts as whole months: its month is still under way.
    """
    if not _whole_months(first, last, today):
        return Text(f"{_day_zh(first)}至{_day_zh(last)}", f"{first} to {last}")
    if first.year != last.year:
        return Text(
            f"{first.year}年{first.month}月至{last.year}年{last.month}月",
            f"{_month_en(first)} {first.year} to {_month_en(last)} {last.year}",
        )
    year = "" if last.year == today.year else f"{last.year}年"
    months = str(last.month) if first.month == last.month else f"{first.month}-{last.month}"
    one = first.month == last.month
    en = _month_en(last) if one else f"{_month_en(first)} to {_month_en(last)}"
    return Text(f"{year}{months}月", f"{en} {last.year}" if year else en)


def since(first: dt.date, last: dt.date, today: dt.date) -> Text:
    """Say “今年以来” of a period that runs from New Year of this year, else name the period."""
    if (first, last.year) == (dt.date(today.year, 1, 1), today.year):
        return Text("今年以来", "This year")
    return span(first, last, today)


def _whole_months(first: dt.date, last: dt.date, today: dt.date) -> bool:
    end = calendar.monthrange(last.year, last.month)[1]
    return first.day == 1 and (last.day == end or last == today)


def _day_zh(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month_en(day: dt.date) -> str:
    return _MONTHS[day.month - 1]
