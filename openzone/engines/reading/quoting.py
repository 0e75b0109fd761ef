"""Whether a quote is on the page and a number in the quote: what a fact has to pass."""

import re
from typing import NamedTuple

from openzone.engines.reading.pages.folding import plain
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.numerals import number
from openzone.engines.reading.pages.quantities import Quantity, quantities

_RANK = re.compile(r"第(\d+|[一二三四五六七八九十百]+)|(首位|榜首|头名)")
_NEAR = 1e-6


class Span(NamedTuple):
    """A place on the page."""

    start: int
    end: int


def folded(text: str) -> str:
    """Return a text without blanks and line breaks, its digits and marks plain."""
    return "".join(plain(text).split())


def places_of(page: str, quote: str) -> list[Span]:
    r"""Return where a quote stands on a page, blanks, line breaks and full-width forms aside.

    >>> places_of("产值19.3\n亿元", "产值１９.３亿元")
    [Span(start=0, end=9)]
    """
    wanted = folded(quote)
    if not wanted:
        return []
    shown = plain(page)
    kept = [i for i, letter in enumerate(shown) if not letter.isspace()]
    text = "".join(shown[i] for i in kept)
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(Span(kept[at], kept[at + len(wanted) - 1] + 1))
        at = text.find(wanted, at + 1)
    return found


def figures_in(quote: str, lexicon: Lexicon) -> list[Quantity]:
    """Return the numbers of a quote in base units, ranks among them."""
    text = folded(quote)
    ranks = [
        Quantity(*match.span(), value, "位", "rank")
        for match in _RANK.finditer(text)
        if (value := 1 if match[2] else number(match[1])) is not None
    ]
    taken = [(one.start, one.end) for one in ranks]
    return sorted([*quantities(text, lexicon, taken), *ranks], key=lambda one: one.start)


def parsed(value: float, unit: str, quote: str, lexicon: Lexicon) -> Quantity | None:
    """Return the number of a quote that is ``value`` of ``unit``, ``None`` where there is none.

    ``unit`` may be any way to write it: 19.3 of 亿元 is found in 19.3亿元. A unit that is left open
    fits every number; a fall may be told without its sign (下降22.8% is -22.8 and 22.8).
    """
    one = in_base(value, unit, lexicon)
    for found in figures_in(quote, lexicon):
        if _near(abs(found.value), abs(one.value)) and _fits(found, one.unit):
            return found
    return None


def in_base(value: float, unit: str, lexicon: Lexicon) -> Quantity:
    """Return a number in base units: 19.3 and 亿元 is 1930000000 元."""
    one = folded(f"1{unit}")
    read = quantities(one, lexicon, []) if unit else []
    if len(read) != 1 or (read[0].start, read[0].end) != (0, len(one)):
        return Quantity(0, 0, value, unit, "bare")
    exact = float(f"{value * read[0].value:.12g}")
    return read[0]._replace(value=int(exact) if exact.is_integer() else exact)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(abs(one), abs(other), 1e-9)


def _fits(found: Quantity, unit: str) -> bool:
    return not unit or not found.unit or found.unit == unit
