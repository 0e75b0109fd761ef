"""How values are written for people: exact first, short where a list asks for it."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from openzone.engines.facts.catalogue import NEVER, FactType, PeriodKind, SeriesSpec
from openzone.engines.text import Text

WAN = Decimal(10_000)
YI = Decimal(100_000_000)
MILLION = Decimal(1_000_000)
DASH = "—"


def speaks_chinese() -> bool:
    """Whether the reader of this request reads Chinese."""
    return (get_language() or "zh").startswith("zh")


def say(text: Text) -> str:
    """Return a bilingual sentence in the reader's language."""
    return text.zh if speaks_chinese() else text.en


def number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """Write a number with separators; exact, or rounded to ``places`` decimals."""
    if value is None:
        return DASH
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(yuan: Decimal | int | float) -> str:
    """Write an amount exactly: in 亿元 or 万元 where four decimals suffice, else in 元."""
    amount = Decimal(str(yuan))
    if not speaks_chinese():
        return f"{number(amount)} yuan"
    for unit, name in ((YI, "亿元"), (WAN, "万元")):
        if abs(amount) >= unit and _fits(amount / unit):
            return f"{number(amount / unit)}{name}"
    return f"{number(amount)}元"


def _fits(scaled: Decimal) -> bool:
    return scaled == scaled.quantize(Decimal("0.0001"))


def money_short(yuan: Decimal | int | float | None) -> str:
    """Write an amount rounded to what a list can hold: 2 decimals of 亿元, none of 万元."""
    if yuan is None:
        return DASH
    amount = Decimal(str(yuan))
    if not speaks_chinese():
        return f"{number(amount / MILLION, 2)} m" if abs(amount) >= MILLION else number(amount, 0)
    if abs(amount) >= YI:
        return f"{number(amount / YI, 2)}亿元"
    return f"{number(amount / WAN, 0)}万元" if abs(amount) >= WAN else f"{number(amount, 0)}元"


def ratio(value: Decimal | int | float) -> str:
    """Write a ratio as a percentage: 0.031 → 3.1%."""
    return f"{number(Decimal(str(value)) * 100)}%"


def area(square_metres: Decimal | int | float) -> str:
    """Write an area in square metres."""
    return f"{number(square_metres)} {'平方米' if speaks_chinese() else 'm²'}"


def fact(value: object, spec: SeriesSpec) -> str:
    """Write a stored value as its type wants it; unknown is a dash, never a zero."""
    if value is None:
        return DASH
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, Decimal | int | float):
        return quantity(value, spec.type)
    if value == NEVER:
        return gettext("None")
    if isinstance(value, dt.date):
        return day(value)
    choice = spec.choices.get(str(value))
    return say(choice.text) if choice else str(value)


def quantity(value: Decimal | int | float, type_: FactType) -> str:
    """Write a number in the unit of its type."""
    writers = {FactType.YUAN: money, FactType.RATIO: ratio, FactType.AREA: area}
    return writers.get(type_, number)(value)


def day(value: dt.date | dt.datetime | None) -> str:
    """Write a date: ISO order is read without doubt in both languages."""
    return value.strftime("%Y-%m-%d") if value else DASH


def period(kind: PeriodKind, first: dt.date | None, last: dt.date | None) -> str:
    """Write the time a value speaks of: 2025年, 2024–2025年, a day, or nothing."""
    if kind is PeriodKind.NONE or last is None:
        return DASH
    if kind is PeriodKind.MOMENT:
        return day(last)
    years = (
        str(last.year) if first is None or first.year == last.year else f"{first.year}–{last.year}"
    )
    return f"{years}年" if speaks_chinese() else years


def age(known: dt.date, as_of: dt.date) -> str:
    """Write how long ago something became known."""
    return days_ago((as_of - known).days)


def days_ago(days: int) -> str:
    """Write a number of days in the largest unit that says enough."""
    if days <= 0:
        return gettext("today")
    if days < 60:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 730:
        return ngettext("%(n)d month ago", "%(n)d months ago", days // 30) % {"n": days // 30}
    return ngettext("%(n)d year ago", "%(n)d years ago", days // 365) % {"n": days // 365}


def long_day(value: dt.date) -> str:
    """Write a date with its weekday, for headings."""
    return date_format(value, "Y年n月j日 l" if speaks_chinese() else "l, j F Y")
