"""Numbers with their units, as written: 19.3亿元, 320余家, 3000多万亩, 两家, 千亿元."""

import re
from functools import lru_cache
from typing import NamedTuple

from openzone.engines.reading.pages.lexicon import Lexicon, Unit
from openzone.engines.reading.pages.numerals import number
from openzone.engines.reading.pages.words import any_of


class Quantity(NamedTuple):
    """A number and its unit; ``start`` to ``end`` is what is printed, without 约 or 以上."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    approx: str = ""
    upper: float | None = None
    """The upper end of a range (8.5亿元至10亿元), whose lower end is the value."""
    spoken: bool = False
    """Written in characters (两家)."""


_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPOKEN = (
    r"(?:[一二两三四五六七八九]?[十百千万][一二三四五六七八九十百千万]*亿?|[一二两三四五六七八九]|亿)"
    r"(?:点[一二三四五六七八九零]+)?"
)
_QUOTES = ("“", "‘", '"', "'")
_TITLES = re.compile(r"《[^《》\n]{1,60}》")
_PARTS = {"百": 1, "千": 0.1, "万": 0.01}
_FRACTION = re.compile(
    rf"([百千万二三四五六七八九十])分之({_DIGITS}|[零一二三四五六七八九十百千点两]+)"
)


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of a lexicon: numbers in digits, numbers in characters."""
    rough = lexicon.approximate
    inside, multiple = any_of(rough.inside), any_of(lexicon.multiples)
    after = f"(?P<after>{any_of(rough.after)})?"
    units = lexicon.unit_pattern
    amount = f"(?P<inside>{inside})?(?P<multiple>{multiple})?(?P<more>{inside})?"
    upper = f"(?:(?P<unit1>{units})?[-~至到—]+(?P<upper>{_DIGITS})(?P<multiple2>{multiple})?)?"
    digits = f"(?P<number>{_DIGITS}){amount}{upper}(?P<unit>{units})?{after}"
    spoken_units = any_of(unit.form for unit in lexicon.units)
    spoken = (
        f"(?P<number>{_SPOKEN})(?P<inside>{inside})?(?P<multiple>[万亿]+)?"
        f"(?P<more>{inside})?(?P<unit>{spoken_units}){after}"
    )
    return re.compile(digits), re.compile(f"(?=[一二两三四五六七八九十百千万亿]){spoken}")


_NOT_ABOUT = frozenset(("签约", "合约", "违约", "预约", "条约", "节约", "以上", "线上", "网上"))


def _before(text: str, start: int, rough: tuple[str, ...]) -> str:
    """Return the word before a number that makes it approximate, the longest of them."""
    if text[start - 1 : start] not in {word[-1] for word in rough}:
        return ""
    if text[start - 2 : start] in _NOT_ABOUT:
        return ""
    return max((word for word in rough if text.endswith(word, 0, start)), key=len, default="")


def quantities(text: str, lexicon: Lexicon, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Return the quantities of a text in order; ``taken`` are spans (dates) to leave alone."""
    digits, spoken = _patterns(lexicon)
    blocked = bytearray(len(text) + 1)
    for start, end in taken:
        blocked[start:end] = b"\1" * (end - start)
    for title in _TITLES.finditer(text):
        blocked[title.start() : title.end()] = b"\1" * len(title[0])
    found = _fractions(text, blocked, lexicon.approximate.before)
    for pattern in (digits, spoken):
        for match in pattern.finditer(text):
            start, end = match.span("number")[0], match.end()
            if blocked[start] or any(blocked[start:end]):
                continue
            one = _quantity(match, lexicon, pattern is spoken)
            if one and not _slogan(text, start, one):
                blocked[start:end] = b"\1" * (end - start)
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _slogan(text: str, start: int, one: Quantity) -> bool:
    """Say whether a number in characters opens a slogan: “六个一批”; “六成的毛坯 does not."""
    return one.spoken and text[start - 1 : start] in _QUOTES and one.kind != "share"


def _quantity(match: re.Match[str], lexicon: Lexicon, spoken: bool) -> Quantity | None:
    value = number(match["number"])
    unit = lexicon.unit_of.get(match["unit"] or "")
    if value is None:
        return None
    before = _before(match.string, match.start("number"), lexicon.approximate.before)
    if spoken and (not _counts(match, unit) or (match["number"] in "万亿" and not before)):
        return None  # 亿元 alone is a unit: 新签约亿元项目9个, 万元产值能耗
    times = lexicon.multiples.get(match["multiple"] or "", 1)
    groups = match.groupdict()
    upper = _upper(groups, lexicon)
    if upper is not None:
        first = lexicon.unit_of.get(groups["unit1"] or "")
        if first is None and not match["multiple"]:
            times = lexicon.multiples.get(groups["multiple2"] or "", 1)
        unit = unit or first
    if unit is None:
        unit = _implied(match, lexicon)
    factor = times * (unit.factor if unit else 1)
    rough = before or groups["inside"] or groups["more"] or groups["after"] or ""
    return Quantity(
        match.start("number"),
        match.end("unit") if match["unit"] else _number_end(match),
        _clean(value * factor),
        _name(unit, match["unit"]),
        unit.kind if unit else "bare",
        rough,
        None if upper is None else _clean(upper * (unit.factor if unit else 1)),
        spoken,
    )


def _number_end(match: re.Match[str]) -> int:
    return max(
        match.end(name)
        for name in ("number", "inside", "multiple", "more", "upper", "multiple2")
        if name in match.groupdict()
    )


def _upper(groups: dict[str, str | None], lexicon: Lexicon) -> float | None:
    if not groups.get("upper"):
        return None
    value = number(groups["upper"] or "")
    return None if value is None else value * lexicon.multiples.get(groups["multiple2"] or "", 1)


def _implied(match: re.Match[str], lexicon: Lexicon) -> Unit | None:
    """亿 without a unit is money, which is all that newspapers count in it."""
    return lexicon.unit_of.get("元") if "亿" in (match["multiple"] or "") else None


def _counts(match: re.Match[str], unit: Unit | None) -> bool:
    """Say whether a number in characters counts something: 两家 does, 一个 does not."""
    if unit is None:
        return False
    written = match["number"] + (match["multiple"] or "")
    value = number(written) or 0
    if unit.kind in ("money", "dollars"):
        return value >= _LEAST_MONEY
    if unit.kind in ("person", "count", "firms", "area", "persons_times"):
        return value >= 2
    return unit.kind in ("times", "points", "share") or (unit.spoken and value >= 2)


_LEAST_MONEY = 100
"""Less than this in characters is a way to put it: 银行跟两元."""


def _fractions(text: str, blocked: bytearray, rough: tuple[str, ...]) -> list[Quantity]:
    """Return shares in words, 百分之十二, 千分之3, 四分之一, and take their places."""
    found = []
    for match in _FRACTION.finditer(text):
        value = number(match[2])
        whole = _PARTS.get(match[1]) or 100 / (number(match[1]) or 1)
        if value is None or (match[1] not in _PARTS and not value < 100 / whole):
            continue
        start, end = match.span()
        share = round(_clean(value * whole), 2)
        about = _before(text, start, rough)
        found.append(Quantity(start, end, share, "%", "share", about, spoken=True))
        blocked[start:end] = b"\1" * (end - start)
    if "一半" in text or "半数" in text:
        found += _halves(text, blocked, rough)
    return found


_HALF = re.compile(
    r"(?:(?<=其中)|(?<=超过)|(?<=[有占近约超逾了]))(?:一半|半数)(?:以上)?(?=[是为来的，。；在由]|以上)"
)


def _halves(text: str, blocked: bytearray, rough: tuple[str, ...]) -> list[Quantity]:
    """Return the shares told as a half, 其中一半是…, and take their places."""
    found = []
    for match in _HALF.finditer(text):
        start, end = match.span()
        about = "以上" if match[0].endswith("以上") else _before(text, start, rough)
        found.append(Quantity(start, end, 50, "%", "share", about, spoken=True))
        blocked[start:end] = b"\1" * (end - start)
    return found


def _name(unit: Unit | None, printed: str | None) -> str:
    if unit is None:
        return ""
    return (printed or unit.base) if unit.keep else unit.base


def _clean(value: float) -> float:
    """Undo what binary fractions add: 5006.7亿 is 500670000000."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() else rounded
