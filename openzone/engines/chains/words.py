"""Many words found at once in a text: the leftmost, and of those the longest."""

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def finder(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words; one that matches nothing for none.

    The words share their beginnings in it, so that a text is read once, not once a word.
    """
    root: dict[str, Any] = {}
    for word in filter(None, words):
        here = root
        for letter in word:
            here = here.setdefault(letter, {})
        here[_END] = True
    return re.compile(_pattern(root) if root else r"(?!)")


def _pattern(branch: dict[str, Any]) -> str:
    ways = [re.escape(letter) + _pattern(rest) for letter, rest in branch.items() if letter]
    if not ways:
        return ""
    joined = ways[0] if len(ways) == 1 and _END not in branch else f"(?:{'|'.join(ways)})"
    return f"{joined}?" if _END in branch else joined
