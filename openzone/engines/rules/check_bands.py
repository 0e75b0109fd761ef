"""Bands over one number that overlap, or leave numbers between them to nobody."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.cells import subjects_of
from openzone.engines.rules.check_numbers import Scope, unit_of
from openzone.engines.rules.formats import limit_text
from openzone.engines.rules.language import (
    Case,
    Cases,
    Condition,
    FactTest,
    NumberTest,
    NumberTests,
    Otherwise,
)
from openzone.engines.rules.problems import Path
from openzone.engines.rules.ranges import Range, left_over, range_of
from openzone.engines.rules.schema import Classify
from openzone.engines.rules.score_language import PartBody
from openzone.engines.text import Text

OVERLAP = Text(
    "与前面的分档重叠：{span}已归前面一档",
    "overlaps the bands before it: {span} is already theirs",
)
GAP = Text("分档之间有空档：{span}没有归入任何一档", "a gap between the bands: {span} is in none")
OPEN_END = Text(
    "{span}没有归入任何情形，一律不满足；如确实如此可不改",
    "{span} is in no case and therefore not met; leave it if that is meant",
)
_FROM, _ABOVE = Text("{n}以上（含）", "from {n}"), Text("{n}以上（不含）", "above {n}")
_UP_TO, _BELOW = Text("{n}以下（含）", "up to {n}"), Text("{n}以下（不含）", "below {n}")
_JUST = Text("{n}", "{n}")
_AND = Text("且", " and ")


class Band(NamedTuple):
    """A condition that is a range of one number, and where it stands."""

    range: Range
    path: Path


def check_bands(scope: Scope, nodes: Iterable[tuple[Path, object]]) -> None:
    """Report overlaps and gaps of all chains that divide one number; ``nodes`` as of ``walk``."""
    for path, node in nodes:
        match node:
            case Cases():
                _check_cases(scope, node, path)
            case PartBody() if node.points is not None:
                whens = [(each.when, (*path, "points", n)) for n, each in enumerate(node.points)]
                _check_chain(scope, whens, closed=True, cascade=True)
            case Classify():
                whens = [(row.when, (*path, "rows", n)) for n, row in enumerate(node.rows)]
                _check_chain(scope, whens, closed=False, cascade=False)


def _check_cases(scope: Scope, clause: Cases, path: Path) -> None:
    whens = [
        (case.when, (*path, "cases", number))
        for number, case in enumerate(clause.cases)
        if isinstance(case, Case)
    ]
    closed = isinstance(clause.cases[-1], Otherwise)
    span = _check_chain(scope, whens, closed=closed, cascade=True)
    if span is not None and not closed:
        for open_end in span:
            reason = _filled(OPEN_END, _words(scope, whens[0][0], open_end))
            scope.report(path, reason, "warning")


def _check_chain(
    scope: Scope, whens: Sequence[tuple[Condition, Path]], *, closed: bool, cascade: bool
) -> list[Range] | None:
    """Report overlaps and inner gaps; return the open ends, None if it is not about one number.

    In a ``cascade`` the first that applies decides, so a band may contain those before it.
    """
    bands = _bands(scope, whens)
    if bands is None:
        return None
    unit = whens[0][0]
    for number, band in enumerate(bands):
        before = [each.range for each in bands[:number]]
        for common in _overlaps(band.range, before, cascade):
            scope.report(band.path, _filled(OVERLAP, _words(scope, unit, common)))
    left = left_over(Range(), [band.range for band in bands])
    inner = [] if closed else [part for part in left if part.low > -inf and part.high < inf]
    for gap in inner:
        scope.report(bands[0].path[:-1], _filled(GAP, _words(scope, unit, gap)))
    return [part for part in left if part not in inner]


def _bands(scope: Scope, whens: Sequence[tuple[Condition, Path]]) -> list[Band] | None:
    """Return the ranges, if all conditions are plain sizes of the same number."""
    subjects: set[str] = set()
    bands: list[Band] = []
    for when, path in whens:
        if not _is_plain(when):
            return None
        assert isinstance(when, NumberTests)  # noqa: S101 - said by _is_plain
        bands.append(Band(range_of(when), path))
        subjects.update(subjects_of(when, scope.defined))
    return bands if len(subjects) == 1 and len(bands) > 1 else None


def _is_plain(when: Condition) -> bool:
    if not isinstance(when, NumberTests) or when.ne is not None:
        return False
    if isinstance(when, FactTest) and when.known is not None:
        return False
    size = range_of(when)
    return size != Range() and not size.empty


def _overlaps(band: Range, before: Sequence[Range], cascade: bool) -> Iterator[Range]:
    """Yield what bands share, where a limit of the band is thereby without effect.

    What is taken whole is reported as never reached.
    """
    if cascade and not left_over(band, before):
        return
    for other in before:
        common = band & other
        if not common.empty and (not cascade or _ends_within(band, other)):
            yield common


def _ends_within(band: Range, other: Range) -> bool:
    """Whether an end of the band lies within another, which goes on beyond it."""
    low, other_low = (band.low, not band.low_in), (other.low, not other.low_in)
    high, other_high = (band.high, band.high_in), (other.high, other.high_in)
    starts = other_low < low and band.low <= other.high
    stops = other_high > high and band.high >= other.low
    return starts or stops


# ---- words --------------------------------------------------------------------------------


def _words(scope: Scope, when: Condition, span: Range) -> Text:
    """Write a range in the unit of its subject."""
    kind = _kind(scope, when)
    if span.low == span.high:
        return _filled(_JUST, limit_text(span.low, kind), "n")
    ends = []
    if span.low > -inf:
        ends.append(_filled(_FROM if span.low_in else _ABOVE, limit_text(span.low, kind), "n"))
    if span.high < inf:
        ends.append(_filled(_UP_TO if span.high_in else _BELOW, limit_text(span.high, kind), "n"))
    return Text(_AND.zh.join(end.zh for end in ends), _AND.en.join(end.en for end in ends))


def _kind(scope: Scope, when: Condition) -> FactType | None:
    match when:
        case FactTest() if when.fact in scope.catalogue:
            return scope.catalogue[when.fact].type
        case NumberTest():
            return unit_of(Scope(scope.catalogue, scope.defined), when.number, ())
    return None


def _filled(template: Text, value: Text, key: str = "span") -> Text:
    return Text(template.zh.format(**{key: value.zh}), template.en.format(**{key: value.en}))
