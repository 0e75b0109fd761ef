"""Case numbers: ``OZ-QY-20261120-0042-K``, with a check character.

The check character is ISO/IEC 7064:2003 MOD 37,36 (a hybrid system for letters and digits) over
the number without its hyphens. It finds every single wrong character and nearly every swap of two
neighbours, so a number read out over the telephone cannot quietly become another case.
"""

import datetime as dt
import re

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"([A-Z0-9]+-[A-Z0-9]+-\d{8}-\d{4,})-([0-9A-Z])((?:-\d+)*)")


def check_character(text: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 character of letters and digits; others are passed over.

    >>> check_character("OZQY202611200042")
    'V'
    """
    modulus, carry = 36, 36
    for character in text.upper():
        if character not in ALPHABET:
            continue
        carry = (carry + ALPHABET.index(character)) % modulus or modulus
        carry = carry * 2 % (modulus + 1)
    return ALPHABET[(modulus + 1 - carry) % modulus]


def case_number(scope: str, series: str, day: dt.date, count: int) -> str:
    """Return the number of the ``count``-th case of a series on a day."""
    body = f"{scope}-{series}-{day:%Y%m%d}-{count:04d}".upper()
    return f"{body}-{check_character(body)}"


def part_number(number: str, part: int) -> str:
    """Return the number of a part of a split case: ``…-1``, ``…-2``."""
    return f"{number}-{part}"


def is_number(text: str) -> bool:
    """Whether a text is a case number with the right check character."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return found is not None and check_character(found[1]) == found[2]
