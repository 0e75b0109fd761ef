"""Numerals: digits, Chinese characters and both mixed, as a number."""

import re

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
}
_FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿", strict=True))
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_KNOWN = frozenset({*_DIGITS, *_SMALL, *_LARGE})
_ARABIC = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MOST_DIGITS = 24
CHARACTERS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"


def number(text: str) -> float | None:
    """Return the value of a numeral, ``None`` where it is none.

    >>> number("1,200.5"), number("三千二百万"), number("二〇二三"), number("千亿")
    (1200.5, 32000000, 2023, 100000000000)
    """
    if len(text) > _MOST_DIGITS:
        return None
    if _ARABIC.fullmatch(text):
        plain = text.replace(",", "")
        return float(plain) if "." in plain else int(plain)
    whole, _, fraction = text.partition("点")
    value = _chinese(whole)
    if value is None or not fraction:
        return None if fraction and value is None else value
    digits = [_DIGITS.get(one) for one in fraction]
    if None in digits:
        return None
    return float(f"{value}." + "".join(map(str, digits)))


def _chinese(text: str) -> int | None:
    text = "".join(_FORMAL.get(one, one) for one in text)
    if not text or not _KNOWN.issuperset(text):
        return None
    if len(text) > 1 and all(one in _DIGITS for one in text):
        return int("".join(str(_DIGITS[one]) for one in text))
    return _sum(text)


def _sum(text: str) -> int:
    """Add up places: a place without a digit before it counts once (千亿, 百万)."""
    total = section = 0
    digit: int | None = None
    last = 1
    for one in text:
        if one in _DIGITS:
            digit, last = _DIGITS[one], (1 if one in "零〇" else last)
        elif one in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[one]
            digit, last = None, _SMALL[one]
        else:
            section += digit or 0
            section = section or (0 if total else 1)
            held = total if one == "亿" else 0  # 万亿 multiplies, 一亿二千万 adds
            total = total - held + (held + section) * _LARGE[one]
            section, digit, last = 0, None, _LARGE[one]
    spoken = last // 10 if digit is not None and last > 10 else 1  # 三千五 is 3500
    return total + section + (digit or 0) * spoken
