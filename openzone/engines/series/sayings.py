"""What a series is proud of, in the words offices use: 连续10期进入前10位, 五连冠, 首次正增长."""

from collections.abc import Iterator
from decimal import Decimal

from openzone.engines.series.model import Derived, Observation
from openzone.engines.series.periods import Period, Span, month, read_period
from openzone.engines.series.runs import streaks
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

NUMERALS = "零一二三四五六七八九十"
FIRST = Text("连续{n}{unit}位居{among}第一", "first {n} {units} in a row{of}")
CROWNS = Text("连续{n}{unit}位居{among}第一（{numeral}连冠）", "first {n} {units} in a row{of}")
TOP = Text("连续{n}{unit}进入{among}前{top}位", "among the first {top} {n} {units} in a row{of}")
GROWING = Text("连续{n}{unit}同比正增长", "growth above zero {n} {units} in a row")
FIRST_GROWTH = Text(
    "{month}月实现今年以来首次正增长", "growth above zero in month {month}, the first this year"
)
SHORTEST = 3
"""Fewer periods than these are no row to speak of; of first places two are."""


def sayings(track: Track, tops: tuple[int, ...]) -> Iterator[tuple[Text, Derived]]:
    """Yield what is worth saying of runs that last up to the last figure, each with its proof.

    Of runs among the first n the smallest n is said, and none beside first places.
    """
    last = max((_end(period) for period in track), default=None)
    found: dict[tuple[str, Period], Derived] = {}
    for one in streaks(track, tops):
        if _end(one.period) == last:
            found.setdefault((one.kind, one.period), one)
    for (kind, period), one in found.items():
        ranks = [other for other, at in found if at == period]
        if _is_worth(kind, one, ranks, tops):
            yield _streak(kind, one), one


def first_growth(track: Track, year: int) -> Observation | None:
    """Return the month with the first growth above zero of a year that began without.

    The months of the year must be there without a gap up to it: January, or 1–2月, and so on.
    """
    expected = 1
    for one in _months(track, year):
        if one.period.first != expected or one.growth is None:
            return None
        if one.growth > 0:
            return one if expected > 1 else None
        expected = one.period.last + 1
    return None


def first_growth_said(one: Observation) -> Text:
    """Return the sentence of a first growth."""
    return FIRST_GROWTH.format(month=one.period.last)


def _months(track: Track, year: int) -> list[Observation]:
    starts = (month(year, 1), Period(year, 2, 1))
    singles = [period for period in track if period.year == year and period.months == 1]
    first = [period for period in starts if period in track][:1]
    rest = sorted(period for period in singles if period.first > 1)
    return [track[period] for period in dict.fromkeys([*first, *rest])]


def _is_worth(kind: str, one: Derived, ranks: list[str], tops: tuple[int, ...]) -> bool:
    if kind == "streak_first":
        return True
    if Decimal(one.value) < SHORTEST:
        return False
    if not kind.startswith("streak_top"):
        return kind == "streak_growing"
    smaller = [f"streak_top{count}" for count in tops if count < _top(kind)]
    return "streak_first" not in ranks and not set(smaller) & set(ranks)


def _top(kind: str) -> int:
    return int(kind.removeprefix("streak_top"))


def _streak(kind: str, one: Derived) -> Text:
    count = int(Decimal(one.value))
    yearly = one.period.span is Span.YEAR or _yearly(one)
    among = str(one.more.get("among", ""))
    values = {"n": count, "unit": "年" if yearly else "期", "among": among,
              "units": "years" if yearly else "periods", "of": f" ({among})" if among else "",
              }  # fmt: skip
    if kind == "streak_first":
        crowned = count < len(NUMERALS)
        numeral = NUMERALS[count] if crowned else ""
        return (CROWNS if crowned else FIRST).format(numeral=numeral, **values)
    if kind == "streak_growing":
        return GROWING.format(**values)
    return TOP.format(top=_top(kind), **values)


def _yearly(one: Derived) -> bool:
    """Whether a row of moments is a row of years: the ends of the same month."""
    since = read_period(str(one.more.get("since", "")))
    count = int(Decimal(one.value))
    return (
        one.period.point and isinstance(since, Period)
        and since.last == one.period.last and one.period.year - since.year == count - 1
    )  # fmt: skip


def _end(period: Period) -> tuple[int, int]:
    return period.year, period.last
