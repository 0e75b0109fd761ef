"""Text → quantity: the number a Chinese accountant wrote, its unit, and whether it is exact."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from openzone.engines.tables.problems import Fault
from openzone.engines.tables.units import MULTIPLE, PERCENT, Unit, multiple_of, parse_unit

ONE = Decimal(1)
LONGEST = 64  # longer text is no number, however it is spaced
MAX_DIGITS = 28  # more would be rounded by Decimal arithmetic
MAX_EXPONENT = 18  # beyond 10^18 a figure of a zone is a mistake

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
# Thousands as everywhere, or ten-thousands as some Chinese ledgers group them.
_WHOLE = r"(?:\d{1,4}(?:,\d{4})+(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
_DIGITS = rf"{_WHOLE}(?:\.\d*)?|\.\d+"
_SEGMENT = re.compile(rf"({_DIGITS})({MULTIPLE}*)")
# What most cells hold, read without the rest of the grammar.
_USUAL = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,9})?")
_SCIENTIFIC = re.compile(r"(\d+(?:\.\d+)?e[+-]?\d{1,3})(.*)")
_BRACKETED = re.compile(rf"\(({_DIGITS})\)(.*)")
_RANGE = re.compile(r"\d[\d,.]*[十百千万亿元%]*(?:[-~–—―至到]|\.\.+)\d")
_BOUND = re.compile(
    r"^(?:≥|≤|>|<|不低于|不少于|不高于|不超过|不足|不到|未满|不满|至少|至多|最多|最少|低于|少于|高于|大于|小于)"
    r"|(?:以上|以下|以内|及以上|及以下|不到|不足)$"
)
_VAGUE = re.compile(r"^[约近]?(?:数|几|若干|好几)[十百千万亿]|[十百千万亿]几|若干|十几|几十")
_APPROX_BEFORE = re.compile(
    r"^(?:大约|大概|大致|约为|约|接近|将近|近|超过|超出|超|逾|突破|估计|估算)"
)
_APPROX_AFTER = re.compile(r"(?:左右|上下|\((?:约|估|估算|估计|概数)\))$")
_APPROX_INSIDE = re.compile(r"(?<=[\d十百千万亿])(?:余|多|来)(?=$|[十百千万亿]|\D)")
_CHINESE = re.compile(
    r"负?(?:[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅]|千(?![瓦克米伏]))+"
)
_CAPITALS = str.maketrans("圆萬億", "元万亿")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: `amount` has 万 and 亿 multiplied out.

    `unit` is the unit after it, if any; `scaled` tells that it carried its own 万 or 亿, so that
    the multiple in the column's header no longer applies; `approx` that it is not exact.
    """

    amount: Decimal
    unit: Unit | None = None
    scaled: bool = False
    approx: bool = False


def read_quantity(text: str) -> Quantity | Fault:
    """Read the text of a cell as a quantity.

    >>> read_quantity("１，２３４．５").amount
    Decimal('1234.5')
    >>> read_quantity("近2亿").amount
    Decimal('200000000')
    """
    if _USUAL.fullmatch(text):
        return Quantity(Decimal(text.replace(",", "")))
    if len(text) > LONGEST:
        return Fault("number_unreadable", {"value": text})
    word = clean(text)
    if word.strip("+-") in ("nan", "inf", "infinity", "∞"):
        return Fault("not_finite", {"value": text})
    if sum(char.isdigit() for char in word) > MAX_DIGITS:
        return Fault("number_too_long", {"value": text})
    bare, approx = _without_approximation(word)
    sign, bare = _sign(bare)
    found = _read_exact(bare)
    if isinstance(found, Quantity):
        amount = plain_decimal(found.amount * sign)
        if amount is None:
            return Fault("number_too_long", {"value": text})
        return Quantity(amount, found.unit, found.scaled, approx)
    return Fault(_why_not(word), {"value": text})


def clean(text: str) -> str:
    """Half-width, lower case, one kind of minus, no blanks but those that group digits away."""
    half = unicodedata.normalize("NFKC", text).replace("−", "-").lower().strip()
    return _BLANKS.sub("", _GROUPED.sub("", _BLANKS.sub(" ", half)))


def plain_decimal(number: Decimal) -> Decimal | None:
    """A decimal without exponent or trailing zeros, None where it cannot be kept exactly."""
    if number.adjusted() > MAX_EXPONENT:
        return None
    short = number.normalize()  # rounds to 28 digits
    if short != number:
        return None
    return (short if short % 1 else short.quantize(ONE)) + 0  # -0 is 0


def decimal_of(number: int | float | Decimal) -> Decimal:
    """A stored number as its 15 significant digits, which is what Excel shows and means."""
    if isinstance(number, float):
        return Decimal(format(number, ".15g"))
    return Decimal(number)


def _without_approximation(word: str) -> tuple[str, bool]:
    bare = word
    for pattern in (_APPROX_BEFORE, _APPROX_AFTER, _APPROX_INSIDE):
        bare = pattern.sub("", bare, count=1)
    return bare, bare != word


def _sign(word: str) -> tuple[int, str]:
    for currency in ("人民币", "rmb", "cny", "¥", "￥"):
        word = word.removeprefix(currency)
    if word[:1] == "-":
        return -1, word[1:].removeprefix("¥")
    if bracketed := _BRACKETED.fullmatch(word):
        return -1, bracketed[1] + bracketed[2]
    return 1, word.removeprefix("+")


def _read_exact(word: str) -> Quantity | None:
    if scientific := _SCIENTIFIC.fullmatch(word):
        return _with_unit(Decimal(scientific[1]), scientific[2], scaled=False)
    if word[:1].isdigit() or word[:1] == ".":
        return _read_digits(word)
    if word.startswith(("百分之", "千分之")):
        return _read_fraction(word)
    return _read_chinese(word)


def _read_digits(word: str) -> Quantity | None:
    """Read segments such as 1亿2000万: each multiple smaller than the one before."""
    total, position, last = Decimal(0), 0, Decimal("Infinity")
    while segment := _SEGMENT.match(word, position):
        multiple = multiple_of(segment[2])
        bare_tail = position > 0 and not segment[2]
        if multiple >= last or bare_tail:
            return None
        total += Decimal(segment[1].replace(",", "")) * multiple
        position, last = segment.end(), multiple
        if not segment[2]:
            break
    return _with_unit(total, word[position:], scaled=last > 1) if position else None


def _read_fraction(word: str) -> Quantity | None:
    part = _read_exact(word[3:])
    unit = parse_unit(PERCENT if word[0] == "百" else "‰")
    if part is None or part.unit is not None:
        return None
    return Quantity(part.amount, unit)


def _read_chinese(word: str) -> Quantity | None:
    match = _CHINESE.match(word)
    if match is None:
        return None
    try:
        number = cn2an.cn2an(match[0], "smart")
    except ValueError:
        return None
    scaled = any(char in match[0] for char in "万亿萬億")
    return _with_unit(decimal_of(number), word[match.end() :], scaled=scaled)


def _with_unit(amount: Decimal, rest: str, *, scaled: bool) -> Quantity | None:
    rest = rest.translate(_CAPITALS)
    rest = rest.removesuffix("整") if rest.endswith("元整") else rest
    if rest == "":
        return Quantity(amount, None, scaled)
    unit = parse_unit(rest)
    return Quantity(amount, unit, scaled) if unit else None


def _why_not(word: str) -> str:
    if _RANGE.search(word):
        return "number_range"
    if _BOUND.search(word):
        return "number_bound"
    return "number_vague" if _VAGUE.search(word) else "number_unreadable"
