"""One running text out of broken lines, every character knowing where on the page it stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from openzone.engines.reading.radicals import CHARACTERS

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_MARKS = str.maketrans("％．／－～〜﹣–―;:?!()\u3000\xa0﹐", "%./-~~--—；：？！（）  ，")
# Traditional forms of what numbers and units are written with; the rest of a page stays as it is.
_TRADITIONAL = str.maketrans(
    "個點億萬兩畝噸戶項條貳參陸幣圓負畝", "个点亿万两亩吨户项条贰叁陆币元负亩"
)
_TABLE = {
    **CHARACTERS,
    **_TRADITIONAL,
    **_WIDE,
    **{key: value for key, value in _MARKS.items() if key not in _WIDE},
}
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
# OCR reads a dash between two numbers as the number one: 1一5月.
_DASH = re.compile(r"(?<=\d)一(?=\d)")
# OCR puts blanks between digits and characters; between two Latin words they mean something.
_PIECE = re.compile(r"\S+(?:(?<=[A-Za-z])[ \t]+(?=[A-Za-z])\S+)*")
_BLANK = re.compile(r"\s")
BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, and for each character its offset on the page; a line break ends a paragraph."""

    text: str
    at: list[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place on the page of a piece of the text."""
        return self.at[start], self.at[end - 1] + 1


def plain(text: str) -> str:
    """Make digits, letters and marks plain without changing the length.

    >>> plain("增长２３％,约1,200家")
    '增长23%，约1,200家'
    >>> plain("1一5月")
    '1—5月'
    """
    return _DASH.sub("—", _COMMA.sub("，", _UNPLAIN.sub(_made_plain, text)))


_UNPLAIN = re.compile(f"[{''.join(map(chr, _TABLE))}]")


def _made_plain(match: re.Match[str]) -> str:
    made = _TABLE[ord(match[0])]
    return chr(made) if isinstance(made, int) else made


def fold(page: str, paragraphs: Iterable[Iterable[tuple[int, int]]]) -> Folded:
    """Join lines, given as spans of a page that was made plain, to paragraphs."""
    pieces: list[str] = []
    at: list[int] = []
    for paragraph in paragraphs:
        end = -1
        for start, end in paragraph:
            _join(page[start:end], start, pieces, at)
        if end >= 0:
            pieces.append(BREAK)
            at.append(max(end - 1, 0))
    return Folded(_quoted("".join(pieces)), at)


def _quoted(text: str) -> str:
    """Give straight quotation marks their sides, paragraph by paragraph.

    >>> _quoted('他说"好"。')
    '他说“好”。'
    """
    if '"' not in text:
        return text
    return BREAK.join(
        "".join(
            part + mark for part, mark in zip_longest(one.split('"'), _sides(one), fillvalue="")
        )
        for one in text.split(BREAK)
    )


def _sides(paragraph: str) -> list[str]:
    """Return the marks of a paragraph, opening and closing by turns."""
    return ["”" if index % 2 else "“" for index in range(paragraph.count('"'))]


def _join(line: str, offset: int, pieces: list[str], at: list[int]) -> None:
    meet = at and line and pieces and pieces[-1][-1:].isdigit() and line[0].isdigit()
    if meet and not _one_number(pieces, line):
        pieces.append(" ")  # two numbers that meet at a line's end stay two
        at.append(at[-1])
    if not _BLANK.search(line):
        pieces.append(line)
        at.extend(range(offset, offset + len(line)))
        return
    for piece in _PIECE.finditer(line):
        pieces.append(piece[0])
        at.extend(range(offset + piece.start(), offset + piece.end()))


def _one_number(pieces: list[str], line: str) -> bool:
    """Say whether a number goes on over a line's end: 代办事项 34 | 60 件.

    A number at the end of a line that has no unit, behind a word, is only begun there.
    """
    before = "".join(pieces[-3:])[-8:]
    return bool(_BEGUN.search(before) and _GOES_ON.match(line))


_BEGUN = re.compile(r"[\u4e00-\u9fff] ?\d{1,3}$")
_GOES_ON = re.compile(r"\d{1,3}(?:\.\d+)? ?[万亿余多家个件项人名户条次元亩吨%]")
