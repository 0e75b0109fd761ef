"""How wide a text will be, before any browser has set it.

A character of a Chinese font is as wide as it is high; Latin letters are on average a little over
half of that. The factors are on the wide side, so that a text that fits here fits everywhere.
"""

import unicodedata

FULL, WIDE, CAPITAL, SMALL, NARROW = 1.0, 0.95, 0.7, 0.6, 0.34
_NARROW = frozenset("ijlIftr.,:;|!'()[] /·-")
_WIDE = frozenset("mwMW%@—")
ELLIPSIS = "…"


def letter_width(letter: str) -> float:
    """Return the width of one character, in units of the font size."""
    if unicodedata.east_asian_width(letter) in "WFA":
        return FULL
    if letter in _NARROW:
        return NARROW
    if letter in _WIDE:
        return WIDE
    return CAPITAL if letter.isupper() else SMALL


def text_width(text: str, size: float) -> float:
    """Return the width of a text in pixels."""
    return size * sum(map(letter_width, text))


def wrapped(text: str, width: float, size: float, most: int = 2) -> list[str]:
    """Return at most ``most`` lines no wider than ``width``; what is left ends in an ellipsis."""
    lines, left = list[str](), " ".join(text.split())
    while left and len(lines) < most - 1:
        fits = fitting(left, width, size)
        if fits == len(left):
            break
        cut = left.rfind(" ", 0, fits + 1)
        cut = cut if cut > 0 else max(fits, 1)
        lines.append(left[:cut].rstrip())
        left = left[cut:].lstrip()
    return [*lines, clipped(left, width, size)] if left else lines


def clipped(text: str, width: float, size: float) -> str:
    """Return the text, or as much of it as fits with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    return text[: fitting(text, width - text_width(ELLIPSIS, size), size)].rstrip() + ELLIPSIS


def fitting(text: str, width: float, size: float) -> int:
    """Return how many characters of the text fit."""
    used = 0.0
    for place, letter in enumerate(text):
        used += letter_width(letter) * size
        if used > width:
            return place
    return len(text)
