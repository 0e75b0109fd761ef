"""Amounts, shares and limits in a sentence of a policy, each with the words around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import cn2an


class FigureKind(StrEnum):
    """What a figure is the size of."""

    MONEY = "money"
    SHARE = "share"
    TIME = "time"
    COUNT = "count"


class Bound(StrEnum):
    """Which side of a figure counts: 不超过 at most, 以上 at least, or the figure itself."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written (``text``); ``value`` in yuan, a share of one, years, or a count."""

    kind: FigureKind
    value: Decimal
    bound: Bound
    text: str


_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = r"[零一二三四五六七八九十百两]+"
_MONEY = re.compile(rf"(?P<n>{_DIGITS}|{_CHINESE})\s*(?P<unit>亿元|万元|千元|百万元|元)")
_SHARE = re.compile(rf"(?P<n>{_DIGITS})\s*[%％‰]|百分之(?P<c>{_CHINESE})")
_TIME = re.compile(rf"(?P<n>\d+|{_CHINESE})\s*(?P<unit>年|个月)(?!度|\d|月)")
_COUNT = re.compile(rf"(?P<n>{_DIGITS})\s*(?P<unit>家|人|件|项|平方米|亩|千瓦时)")
_UNITS = {"亿元": 10**8, "百万元": 10**6, "万元": 10**4, "千元": 10**3, "元": 1}
_MOST = re.compile(r"(?:不超过|最高|上限|以内|以下|不高于|累计不超过|至多)")
_LEAST = re.compile(r"(?:以上|不低于|不少于|达到|超过|满|及以上)")


def figures(sentence: str) -> Iterator[Figure]:
    """Yield the figures of a sentence in the order they stand."""
    found: list[tuple[int, Figure]] = []
    for pattern, make in _READERS:
        for match in pattern.finditer(sentence):
            figure = make(match, sentence)
            if figure:
                found.append((match.start(), figure))
    yield from (figure for _, figure in sorted(found, key=lambda one: one[0]))


def _money(match: re.Match[str], sentence: str) -> Figure | None:
    number = _number(match["n"])
    if number is None:
        return None
    return _figure(FigureKind.MONEY, number * _UNITS[match["unit"]], match, sentence)


def _share(match: re.Match[str], sentence: str) -> Figure | None:
    number = _number(match["n"] or match["c"])
    if number is None:
        return None
    whole = 1000 if match[0].endswith("‰") else 100
    return _figure(FigureKind.SHARE, number / whole, match, sentence)


def _time(match: re.Match[str], sentence: str) -> Figure | None:
    number = _number(match["n"])
    if number is None or number > 100:  # 2026年 is a date
        return None
    years = number if match["unit"] == "年" else number / 12
    return _figure(FigureKind.TIME, years, match, sentence)


def _count(match: re.Match[str], sentence: str) -> Figure | None:
    number = _number(match["n"])
    return None if number is None else _figure(FigureKind.COUNT, number, match, sentence)


_READERS = ((_MONEY, _money), (_SHARE, _share), (_TIME, _time), (_COUNT, _count))


def _figure(kind: FigureKind, value: Decimal, match: re.Match[str], sentence: str) -> Figure:
    before = sentence[max(0, match.start() - 6) : match.start()]
    after = sentence[match.end() : match.end() + 4]
    return Figure(kind, value, _bound(before, after), match[0])


def _bound(before: str, after: str) -> Bound:
    """Read the side from the nearest word; “不超过” holds “超过”, so the ceiling is asked first."""
    if _MOST.search(before) or after.startswith(("以内", "以下", "封顶")):
        return Bound.AT_MOST
    if _LEAST.search(before) or after.startswith(("以上", "及以上", "（含）以上")):
        return Bound.AT_LEAST
    return Bound.EXACT


def _number(text: str) -> Decimal | None:
    if text[0].isdecimal():
        return Decimal(text.replace(",", ""))
    try:
        return Decimal(cn2an.cn2an(text.replace("两", "二"), "normal"))
    except ValueError:
        return None
