"""The value of a test as people type it, and as a rule file writes it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

from openzone.engines.facts.catalogue import Fact, FactType
from openzone.www.formats import say, speaks_chinese

DAYS = ("at_or_before", "at_or_after", "before", "after")
SIZES = ("gte", "gt", "lte", "lt", "eq", "ne")
LISTS = ("in", "prefix")
OPERATORS: Mapping[FactType | str, Sequence[str]] = {
    FactType.NUMBER: (*SIZES, "known"),
    FactType.YUAN: (*SIZES, "known"),
    FactType.RATIO: (*SIZES, "known"),
    FactType.AREA: (*SIZES, "known"),
    FactType.DATE: (*DAYS, "known"),
    FactType.BOOL: ("is", "known"),
    FactType.CODE: ("prefix", "in", "known"),
    FactType.TEXT: ("in", "known"),
    "number": SIZES,
    "score": SIZES,
    "rule": ("is", "in"),
}
"""Which tests fit what a comparison is about, the usual one first."""

_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%|万|亿|元)?")
_UNITS = (("亿元", "亿"), ("万元", "万"), ("人民币", ""))
_BEFORE = re.compile(r"(\d{1,3})\s*(年|个?月|天|日)(?:以?前|之前)")
_AFTER = re.compile(r"(\d{1,3})\s*(年|个?月|天|日)(?:以?后|之后)")
_DAY_UNITS = {"年": "y", "月": "m", "个月": "m", "天": "d", "日": "d"}
_OFFSET = re.compile(r"[+-]?\d{1,4}[dmy]")
_YEAR_START = re.compile(r"(?:年初|year)\s*([+-]\d{1,2})?")
_YES = {"是", "yes", "true", "对", "有"}
_NO = {"否", "no", "false", "不是", "无"}
_ANSWERS = {"符合": "met", "不符合": "not_met"}
_SEPARATORS = re.compile(r"[、,;\s]+")


def read(operator: str, text: str, fact: Fact | None) -> Any:
    """Return the value a file would hold; what cannot be read stays as it was typed.

    The checks of the language then say what is wrong with it, at its place.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if operator in ("known", "is"):
        return _truth(plain)
    if operator in DAYS:
        return _day(plain)
    if operator in LISTS:
        return _words(plain, fact)
    return number(plain)


def write(operator: str, value: Any, fact: Fact | None) -> str:
    """Return the value of a file as people type it."""
    match value:
        case bool():
            return ("是" if value else "否") if speaks_chinese() else ("yes" if value else "no")
        case dict():
            return _written_day(value)
        case list() | tuple():
            return "、".join(_word(str(each), fact) for each in value)
        case None:
            return ""
        case "met" | "not_met" if speaks_chinese():
            return "符合" if value == "met" else "不符合"
        case _:
            return str(value)


def number(text: str) -> Any:
    """Read ``5,000万元``, ``5％`` or ``12.5``."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("，", "")
    for long, short in _UNITS:
        plain = plain.replace(long, short)
    match = _NUMBER.fullmatch(plain.strip())
    if match is None:
        return text
    digits, unit = match.groups()
    if unit:
        return f"{digits.removeprefix('+')}{unit}"
    value = float(digits)
    return int(value) if value.is_integer() else value


def _truth(plain: str) -> Any:
    lower = plain.lower()
    if lower in _YES or lower in _NO:
        return lower in _YES
    return _ANSWERS.get(plain, plain)


def day(text: str) -> Any:
    """Read a day of the calendar; what is none stays as it was typed."""
    try:
        return dt.date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return text


def _day(plain: str) -> Any:
    """Read ``2026-01-31``, ``1年前``, ``-1y``, ``评价日``, ``年初-2``."""
    if plain in ("评价日", "当日", "0d"):
        return {"as_of": "0d"}
    for pattern, sign in ((_BEFORE, "-"), (_AFTER, "+")):
        if match := pattern.fullmatch(plain):
            return {"as_of": f"{sign}{match[1]}{_DAY_UNITS[match[2]]}"}
    if _OFFSET.fullmatch(plain):
        return {"as_of": plain}
    if match := _YEAR_START.fullmatch(plain):
        return {"year_start": int(match[1] or 0)}
    return day(plain)


def _written_day(value: Mapping[str, Any]) -> str:
    if not speaks_chinese():
        return str(value.get("as_of", "")) or f"year{value.get('year_start', 0):+d}"
    if "year_start" in value:
        years = value["year_start"]
        return f"年初{years:+d}" if years else "年初"
    offset = str(value.get("as_of", ""))
    match = re.fullmatch(r"([+-]?)(\d+)([dmy])", offset)
    if match is None:
        return offset
    sign, count, unit = match.groups()
    if count == "0":
        return "评价日"
    word = {"d": "天", "m": "个月", "y": "年"}[unit]
    return f"{count}{word}{'前' if sign == '-' else '后'}"


def _words(plain: str, fact: Fact | None) -> list[str]:
    """Split a list; labels stand for their choices first, they may hold commas and spaces."""
    choices = fact.series.choices if fact else {}
    by_label = {text: name for name, label in choices.items() for text in (label.zh, label.en)}
    for text in sorted(by_label, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", by_label[text], plain)
    return [word for word in _SEPARATORS.split(plain) if word]


def _word(word: str, fact: Fact | None) -> str:
    choices = fact.series.choices if fact else {}
    return say(choices[word].text) if word in choices else word


def operators(form: str, fact: Fact | None) -> Sequence[str]:
    """Return the tests that fit a comparison; of an unknown fact all of them."""
    if form != "fact":
        return OPERATORS[form]
    return OPERATORS[fact.type] if fact else (*SIZES, *DAYS, "is", *LISTS, "known")


def flow(value: object) -> str:
    """Write a formula on one line, as a file does."""
    if value is None:
        return ""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("...\n").strip()


def formula(text: str) -> Any:
    """Read a formula written on one line; what is no YAML stays as it was typed."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return text


_SCALES = {"%": Decimal("0.01"), "万": Decimal(10**4), "亿": Decimal(10**8), "元": Decimal(1)}


def as_decimal(text: str) -> Decimal | None:
    """Return a number as typed in the unit of the record; None where it is none.

    >>> as_decimal("5,000万元"), as_decimal("5%")
    (Decimal('50000000'), Decimal('0.05'))
    """
    read_as = number(text)
    if isinstance(read_as, int | float):
        return Decimal(str(read_as))
    if _NUMBER.fullmatch(read_as) is None:
        return None
    return Decimal(read_as[:-1]) * _SCALES[read_as[-1]]
