"""Rows told side by side: 甲区、乙区分别完成产值9亿元、7亿元 gives each its own figure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.roles import Figure, Role

_AND = re.compile(r"[、和及与]|以及")
_AGAIN = re.compile("分别[^，。；]{0,3}$")
_TAKES = re.compile(r"[^、。；]{0,4}分别")


def shared_heads(passage: Passage, figures: Sequence[Figure]) -> dict[int, int]:
    """Return where the head noun of each figure of such rows stands: 出口、进口分别完成….

    By the index of the figure; the place is the end of the noun.
    """
    found: dict[int, int] = {}
    for row in _rows(passage, figures):
        start = row[0].quantity.start
        heads = [
            (one.start, one.end)
            for one in passage.heads_in(passage.sentences.at(start).start, start)
            if any(row[0].quantity.kind in attribute.kinds for attribute in one.value)
        ]
        ends = _in_a_row(passage, heads[-len(row) :], len(row))
        found |= {one.index: end for one, (_, end) in zip(row, ends, strict=False)}
    return found


def shared(passage: Passage, figures: Sequence[Figure]) -> dict[int, Mention]:
    """Return the name each figure of such rows belongs to, by the index of the figure."""
    found: dict[int, Mention] = {}
    for row in _rows(passage, figures):
        names = _names_before(passage, row[0].quantity.start, len(row))
        found |= {one.index: name for one, name in zip(row, names, strict=False)}
    return found


def _rows(passage: Passage, figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield levels of one kind told in a row."""
    row: list[Figure] = []
    for one in figures:
        joined = row and _AND.fullmatch(passage.text, row[-1].quantity.end, one.quantity.start)
        if one.role is Role.LEVEL and joined and row[-1].quantity.kind == one.quantity.kind:
            row.append(one)
            continue
        if len(row) > 1:
            yield row
        row = [one] if one.role is Role.LEVEL else []
    if len(row) > 1:
        yield row


def _names_before(passage: Passage, start: int, count: int) -> list[Mention]:
    """Return as many names in a row as there are figures, if 分别 follows the last of them.

    In 甲县、乙县分别有9家和7家企业，贷款分别为2亿元、1亿元 the names are told once.
    """
    sentence = passage.sentences.at(start)
    told = list(passage.mentions_in(sentence.start, start))
    again = _AGAIN.search(passage.text, passage.clauses.at(start).start, start) is not None
    for last in range(len(told), count - 1, -1):
        named = told[last - count : last]
        if _in_a_row(passage, [(one.start, one.end) for one in named], count):
            return named
        if not again:
            break
    return []


def _in_a_row(passage: Passage, spans: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Return spans that are joined by 、 or 和 and followed by 分别, else none."""
    joined = all(_AND.fullmatch(passage.text, one[1], other[0]) for one, other in pairwise(spans))
    if len(spans) < count or not joined or not _TAKES.match(passage.text, spans[-1][1]):
        return []
    return spans
