"""Parts of a whole: shares, what each contributed to growth, how concentrated, figures per unit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from openzone.engines.series.model import (
    Definition,
    Derived,
    Flag,
    Kind,
    Line,
    Observation,
    inputs,
    percent,
    rounded,
)
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

SHARE = Text("部分 ÷ 全部", "part ÷ whole")
CONTRIBUTION = Text("部分的增量 ÷ 全部的增量", "change of the part ÷ change of the whole")
PULL = Text("部分的增量 ÷ 全部的基数", "change of the part ÷ whole a year before")
ABOVE = Text(
    "{period}“{part}”大于其总量“{whole}”", "{period}: “{part}” is above its whole “{whole}”"
)
PER = Text("{one} ÷ {other}", "{one} ÷ {other}")
TOP = Text("最大 {n} 家之和 ÷ 全部", "sum of the largest {n} ÷ sum of all")
HHI = Text("各家占比的平方和", "sum of the squared shares")

Tracks = Mapping[Line, Track]


def of_wholes(tracks: Tracks, definitions: Mapping[str, Definition]) -> Iterator[Derived | Flag]:
    """Yield the share of every part that has its whole beside it, and what it added to growth.

    Contribution and pull set levels of two years against each other: only on one scope.
    """
    for line, track in tracks.items():
        name = definitions[line.series].whole
        whole = tracks.get(Line(name, line.subject, line.basis)) if name else None
        if whole is None:
            continue
        comparable = definitions[line.series].comparable and definitions[name].comparable
        for period, part in track.items():
            if period not in whole:
                continue
            yield from _part(part, whole[period])
            if comparable or (part.same_scope and whole[period].same_scope):
                yield from pulls(track, whole, period)


def per_unit(tracks: Tracks, definitions: Mapping[str, Definition]) -> Iterator[Derived]:
    """Yield what an indicator is by another one, such as output per mu of land."""
    for line, track in tracks.items():
        for name in definitions[line.series].per:
            other = tracks.get(Line(name, line.subject, line.basis), {})
            yield from _per(track, other, definitions)


def concentration(
    tracks: Tracks, definitions: Mapping[str, Definition], most: Sequence[int], least: int
) -> Iterator[Derived]:
    """Yield CR(n) and HHI of flows over the subjects of one indicator and period.

    Of fewer than ``least`` subjects nothing is said: it would reveal one of them.
    """
    for (series, basis, period), found in _together(tracks).items():
        values = sorted((one.value for one in found if one.value is not None), reverse=True)
        whole = sum(values, Decimal(0))
        if definitions[series].kind is not Kind.FLOW or len(values) < least or whole <= 0:
            continue
        line = Line(series, "", basis)
        of = inputs(*found)
        for count in most:
            if count < len(values):
                share = percent(sum(values[:count], Decimal(0)) / whole)
                yield Derived(f"cr{count}", line, period, share, "%", TOP.format(n=count), of)
        squares = sum(((value / whole) ** 2 for value in values), Decimal(0))
        yield Derived("hhi", line, period, rounded(squares, 4), "", HHI, of)


def _part(part: Observation, whole: Observation) -> Iterator[Derived | Flag]:
    if part.value is None or whole.value is None or whole.value <= 0:
        return
    yield Derived("share", part.line, part.period, percent(part.value / whole.value), "%", SHARE,
                  inputs(part, whole))  # fmt: skip
    if part.value > whole.value + (part.step + whole.step) / 2:
        reason = ABOVE.format(period=part.period, part=part.series, whole=whole.series)
        yield Flag("part_above_whole", part.line, part.period, reason, inputs(part, whole))


def pulls(track: Track, whole: Track, period: Period) -> Iterator[Derived]:
    """Yield contribution and pull where all four levels are there and the whole has a base.

    Whoever asks has seen to it that levels of two years may be set against each other.
    """
    before = period.years_back(1)
    if before not in track or before not in whole:
        return
    four = (track[period], track[before], whole[period], whole[before])
    now, then, all_now, all_then = (one.value for one in four)
    if now is None or then is None or all_now is None or not all_then or all_then < 0:
        return
    of, line = inputs(*four), track[period].line
    if all_now != all_then:
        share = percent((now - then) / (all_now - all_then))
        yield Derived("contribution", line, period, share, "%", CONTRIBUTION, of)
    points = percent((now - then) / all_then)
    yield Derived("pull", line, period, points, "个百分点", PULL, of)


def _per(
    track: Track, other: Track, definitions: Mapping[str, Definition]
) -> Iterator[Derived]:  # fmt: skip
    for period, one in track.items():
        by = other.get(period)
        if one.value is None or by is None or not by.value or by.value < 0:
            continue
        names = [definitions[each.series].name for each in (one, by)]
        formula = Text(PER.zh.format(one=names[0].zh, other=names[1].zh),
                       PER.en.format(one=names[0].en, other=names[1].en))  # fmt: skip
        yield Derived(f"per_{by.series}", one.line, period, rounded(one.value / by.value, 4),
                      f"{one.unit}/{by.unit}", formula, inputs(one, by))  # fmt: skip


def _together(tracks: Tracks) -> dict[tuple[str, str, Period], list[Observation]]:
    """Return what several subjects reported of one indicator for one period."""
    found: dict[tuple[str, str, Period], list[Observation]] = {}
    for line, track in tracks.items():
        for period, one in track.items():
            found.setdefault((line.series, line.basis, period), []).append(one)
    return {key: rows for key, rows in found.items() if len(rows) > 1}


def groups(tracks: Tracks) -> Iterable[tuple[Line, Period, list[Observation]]]:
    """Yield the subjects that stand beside each other, in one indicator and period."""
    for (series, basis, period), found in sorted(_together(tracks).items()):
        yield Line(series, "", basis), period, found
