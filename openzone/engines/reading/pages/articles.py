"""Which lines belong to one article: a page is a row of articles, seldom in their own order."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.lines import NARROW, Line, LineKind, lines
from openzone.engines.reading.pages.names import Places
from openzone.engines.reading.pages.places import places
from openzone.engines.reading.pages.zones import zones

_HEADLIKE = (LineKind.DISPLAY, LineKind.CAPTION, LineKind.BYLINE, LineKind.FURNITURE)
_TEXT = (LineKind.BODY, LineKind.OPENING)
_LABELLED = re.compile(r"^[“”\u4e00-\u9fff（）·]{2,16}[：:]")
_LONGEST_HEAD = 60
_CAPTION = 45
_LEAD = 700
_BACK = 400
SURE, LIKELY, POSSIBLE = 0.9, 0.75, 0.5
Group = tuple[Sequence[Line], float]
"""The lines of an article, and how sure it is that they begin one."""


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of an article in reading order, its headline, and how sure its borders are."""

    headline: str
    lines: tuple[Line, ...]
    confidence: float

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The places of the article on the page, neighbouring lines joined."""
        joined: list[tuple[int, int]] = []
        for line in sorted(self.lines, key=lambda one: one.start):
            if joined and line.start - joined[-1][1] <= 12:
                joined[-1] = (joined[-1][0], line.end)
            else:
                joined.append((line.start, line.end))
        return tuple(joined)

    @property
    def paragraphs(self) -> Iterator[list[tuple[int, int]]]:
        """Yield the spans of each paragraph's lines; headlines are paragraphs of their own."""
        current: list[tuple[int, int]] = []
        before: Line | None = None
        for line in self.lines:
            if line.kind in (LineKind.FURNITURE, LineKind.BYLINE, LineKind.SIGNATURE):
                continue
            shown = line.kind in (LineKind.DISPLAY, LineKind.CAPTION)
            if current and before and (shown or _parted(before, line)):
                yield current
                current = []
            current.append((line.start, line.end))
            before = line
        if current:
            yield current


def _parted(before: Line, line: Line) -> bool:
    """Say whether a paragraph ends between two lines of text."""
    if before.kind in (LineKind.DISPLAY, LineKind.CAPTION):
        return True
    if line.kind is LineKind.OPENING:
        return True
    whole = before.width > NARROW and before.text.rstrip("”’）")[-1:] in _STOPS
    short = len(before.text) < len(line.text) - 2
    return before.finished and (line.gap or whole or short)


_STOPS = frozenset("。！？")


def articles(page: str, lexicon: Lexicon) -> list[Article]:
    """Return the articles of a page that was made plain."""
    found = lines(page, lexicon)
    cuts = _cuts(found, lexicon)
    starts = sorted(cuts | {0: POSSIBLE})
    groups: list[Group] = [
        (found[start:end], cuts.get(start, POSSIBLE))
        for start, end in zip(starts, [*starts[1:], len(found)], strict=True)
        if start < end
    ]
    return list(_headed(_joined(_with_text(groups)), lexicon))


def _cuts(found: Sequence[Line], lexicon: Lexicon) -> dict[int, float]:
    """Return where articles begin, with the confidence of each cut."""
    cuts: dict[int, float] = {}
    last = 0
    for index, line in enumerate(found):
        if line.kind is LineKind.OPENING:
            cuts[_head_of(found, index)] = SURE
        elif line.kind is LineKind.BYLINE:
            start = _head_of(found, index)
            if not _lead_in(found, last, start, lexicon):
                cuts[start] = SURE
        elif line.kind is LineKind.SIGNATURE and _has_text(found, index):
            end = index + 1
            while end < len(found) and found[end].kind is LineKind.SIGNATURE:
                end += 1
            if end < len(found):
                cuts.setdefault(end, SURE)
        last = max(last, next(reversed(cuts), 0))
    known = sorted(cuts)
    since = 0
    for start in _display_runs(found):
        earlier = bisect_left(known, start)
        since = max(since, known[earlier - 1] if earlier else 0)
        if start not in cuts and _opens(found, start, since, lexicon):
            cuts[start], since = LIKELY, start
    return cuts


def _head_of(found: Sequence[Line], index: int) -> int:
    """Return where the headlines above a line begin."""
    start = index
    for place in range(index - 1, max(-1, index - 9), -1):
        if found[place].kind not in _HEADLIKE and not _unmarked_caption(found, place):
            break
        if found[place].kind is LineKind.DISPLAY:
            start = place
    return start


def _unmarked_caption(found: Sequence[Line], index: int) -> bool:
    """Say whether a short sentence stands alone between a headline and the text."""
    line = found[index]
    return (
        line.kind is LineKind.BODY
        and line.width <= _CAPTION
        and index > 0
        and found[index - 1].kind in (LineKind.DISPLAY, LineKind.CAPTION)
    )


def _lead_in(found: Sequence[Line], since: int, start: int, lexicon: Lexicon) -> bool:
    """Say whether what stands before a byline is the lead of the same article.

    It is when it is short, has no byline of its own, and already names what the lines above the
    byline name (often the caption of a picture).
    """
    if found[start].start - found[since].start > 2 * _LEAD:
        return False
    before = found[since:start]
    text = "".join(line.text for line in before)
    if not text or len(text) > _LEAD or not any(line.kind in _TEXT for line in before):
        return False
    if any(line.kind in (LineKind.BYLINE, LineKind.OPENING) for line in before):
        return False
    run = found[start : start + 2]
    named = [
        name for line in run if line.kind is LineKind.DISPLAY for name in _named(line.text, lexicon)
    ]
    return bool(named) and all(name in text for name in named)


def _has_text(found: Sequence[Line], index: int) -> bool:
    """Say whether text stands before a signature: names between headlines sign nothing."""
    return any(line.kind in _TEXT for line in found[max(0, index - 3) : index])


def _display_runs(found: Sequence[Line]) -> Iterator[int]:
    """Yield where rows of headlines begin."""
    for index, line in enumerate(found):
        before = found[index - 1] if index else None
        if line.kind is LineKind.DISPLAY and (before is None or before.kind in _TEXT):
            yield index


def _opens(found: Sequence[Line], start: int, since: int, lexicon: Lexicon) -> bool:
    """Say whether headlines begin an article rather than a section of the one before.

    They do when they are of the highest level, or name a place the article before does not.
    """
    end = start
    while end < len(found) and found[end].kind in _HEADLIKE:
        end += 1
    run = found[start:end]
    since = max(since, start - _BACK)
    if not any(line.kind in _TEXT for line in found[since:start]):
        return False
    if any(line.level == 1 for line in run):
        return True
    before = "".join(line.text for line in found[since:start])
    after = "".join(line.text for line in found[end : end + 6])
    for line in run:
        named = _named(line.text, lexicon)
        if named and not any(name in before for name in named):
            return bool(_LABELLED.match(line.text)) or any(name in after for name in named)
    return False


def _named(text: str, lexicon: Lexicon) -> list[str]:
    """Return the places and zones a line names."""
    here = places(text, lexicon)
    known = Places(here)
    return [one.name for one in (*zones(text, known, lexicon), *here)]


def _with_text(groups: Sequence[Group]) -> list[Group]:
    """Add what has no text (a caption above a headline) to the article that follows."""
    kept: list[Group] = []
    waiting: list[Line] = []
    for found, confidence in groups:
        joined = [*waiting, *found]
        if any(line.kind in _TEXT for line in found):
            kept.append((joined, confidence))
            waiting = []
        else:
            waiting = joined
    return [*kept, (waiting, POSSIBLE)] if waiting else kept


def _joined(groups: Sequence[Group]) -> list[Group]:
    """Give headlines at the end of a page to the articles that have none.

    Broken columns often end with the headlines of all articles, in another order: each goes to the
    article without a headline that shares the rarest pairs of characters with it.
    """
    if not groups:
        return []
    *rest, (last, confidence) = groups
    tail = _tail(last)
    headless = [index for index, (found, _) in enumerate(groups) if _headless(found)]
    if not tail or not headless:
        return list(groups)
    body = last[: len(last) - len(tail)]
    kept: list[Group] = [*rest, *([(body, confidence)] if body else [])]
    return _assigned(kept, _runs(tail), [index for index in headless if index < len(kept)])


def _tail(found: Sequence[Line]) -> Sequence[Line]:
    """Return the headlines a group ends with."""
    end = len(found)
    while end and found[end - 1].kind in (LineKind.DISPLAY, LineKind.FURNITURE):
        end -= 1
    return found[end:]


def _headless(found: Sequence[Line]) -> bool:
    return bool(found) and found[0].kind in _TEXT


def _runs(tail: Sequence[Line]) -> list[list[Line]]:
    """Return headlines with their second lines, which begin with a dash."""
    runs: list[list[Line]] = []
    for line in tail:
        if runs and line.text.startswith(("—", "-")):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _assigned(groups: list[Group], runs: list[list[Line]], headless: list[int]) -> list[Group]:
    bodies = {index: _pairs("".join(line.text for line in groups[index][0])) for index in headless}
    spread = Counter(pair for pairs in bodies.values() for pair in pairs)
    scores = sorted(
        (
            (-sum(1 / spread[pair] for pair in _pairs(_text(run)) & bodies[index]), index, at)
            for at, run in enumerate(runs)
            for index in headless
        ),
    )
    given: dict[int, int] = {}
    for score, index, at in scores:
        if score < 0 and index not in given and at not in given.values():
            given[index] = at
    out: list[Group] = [
        ([*runs[given[index]], *found] if index in given else list(found), confidence)
        for index, (found, confidence) in enumerate(groups)
    ]
    left = [line for at, run in enumerate(runs) if at not in given.values() for line in run]
    return out + ([(left, POSSIBLE)] if left else [])


def _text(run: Sequence[Line]) -> str:
    return "".join(line.text for line in run)


def _pairs(text: str) -> set[str]:
    return {pair for pair in map(add, text, text[1:]) if pair.isalnum()}


def _headed(groups: Sequence[Group], lexicon: Lexicon) -> Iterator[Article]:
    for found, confidence in groups:
        yield Article(_headline(found, lexicon), tuple(found), confidence)


def _headline(found: Sequence[Line], lexicon: Lexicon) -> str:
    """Return the main headline: the highest level, else the first that names a place."""
    shown: list[Line] = []
    for line in found:
        if line.kind not in _HEADLIKE:
            break
        if line.kind is LineKind.DISPLAY:
            shown.append(line)
    if not shown:
        return ""
    levels = [line.level for line in shown if line.level]
    if levels and len(set(levels)) > 1:
        return next(line.text for line in shown if line.level == min(levels))
    named = next((i for i, line in enumerate(shown) if _named(line.text, lexicon)), 0)
    return _continued(shown, named)


def _continued(shown: Sequence[Line], index: int) -> str:
    """Return a headline with the line it goes on in, when it was set in two."""
    text = shown[index].text
    following = shown[index + 1 : index + 2]
    if following and not following[0].gap and len(text + following[0].text) <= _LONGEST_HEAD:
        return text + following[0].text
    return text
