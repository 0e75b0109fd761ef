"""Score, rank and class: Σ min(value / base, cap) × weight, then shares of the group."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from openzone.engines.scoring.model import (
    Cut,
    Entry,
    Group,
    Indicator,
    ItemScore,
    Missing,
    Rounding,
    Scheme,
    Scored,
    Ties,
)
from openzone.engines.text import Text

NO_LAND = Text("用地面积为零或缺失，不参评", "no land, or its area is not known: not evaluated")
NO_GROUP = Text("不属于任何参评分组“{group}”", "belongs to no group “{group}”")
INCOMPLETE = Text("缺少{names}，无法计分", "{names} missing: no score")
UNSUITABLE = Text("不宜参评：{why}", "not suitable: {why}")
ZERO = Decimal(0)


def evaluate(scheme: Scheme, entries: Sequence[Entry]) -> list[Scored]:
    """Return every entry in the order it was given, those of one parcel with one result."""
    merged, members = _merged(entries)
    results: dict[str, Scored] = {}
    for group in (*scheme.groups, None):
        inside = [one for one in merged if _group_of(scheme, one) == group]
        for scored in _group(scheme, group, inside):
            results[scored.entry.id] = scored
    return [_own(entry, results, members) for entry in entries]


def _group_of(scheme: Scheme, entry: Entry) -> str | None:
    return entry.group if entry.group in scheme.groups else None


def _merged(entries: Sequence[Entry]) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """Put those on one parcel together: their figures add up, a missing one leaves it missing."""
    members: dict[str, list[Entry]] = {}
    for entry in entries:
        members.setdefault(_key(entry), []).append(entry)
    return [_together(key, those) for key, those in members.items()], members


def _key(entry: Entry) -> str:
    return f"parcel:{entry.parcel}" if entry.parcel else f"entry:{entry.id}"


def _together(key: str, those: Sequence[Entry]) -> Entry:
    names = set.intersection(*(set(one.values) for one in those))
    return Entry(
        key,
        "、".join(one.name for one in those),
        those[0].group,
        {name: sum((one.values[name] for one in those), ZERO) for name in names},
        those[0].parcel,
        "；".join(filter(None, (one.veto for one in those))),
        "；".join(filter(None, (one.unsuitable for one in those))),
        sum((one.adjust for one in those), ZERO),
    )


def _own(
    entry: Entry, results: Mapping[str, Scored], members: Mapping[str, Sequence[Entry]]
) -> Scored:
    key = _key(entry)
    others = tuple(one.id for one in members[key] if one.id != entry.id)
    return replace(results[key], entry=entry, shared_with=others)


def _group(scheme: Scheme, name: str | None, entries: Sequence[Entry]) -> list[Scored]:
    if name is None:
        return [Scored(one, reason=NO_GROUP.format(group=one.group)) for one in entries]
    group = scheme.groups[name]
    left_out = [Scored(one, reason=why) for one in entries if (why := _left_out(scheme, one))]
    kept = [one for one in entries if not _left_out(scheme, one)]
    return [*left_out, *_classed(scheme, _ranked([*_scored(group, kept)]))]


def _left_out(scheme: Scheme, entry: Entry) -> Text | None:
    if entry.unsuitable:
        return UNSUITABLE.format(why=entry.unsuitable)
    needs_land = any(
        scheme.land in (one.numerator, one.denominator)
        for one in scheme.groups[entry.group].indicators
    )
    return NO_LAND if needs_land and not entry.values.get(scheme.land) else None


def _scored(group: Group, entries: Sequence[Entry]) -> Iterator[Scored]:
    columns = [_column(group, one, entries) for one in group.indicators]
    for place, entry in enumerate(entries):
        items = tuple(column[place] for column in columns)
        unknown = [one.indicator.label for one in items if one.points is None]
        if unknown:
            names = Text("、".join(t.zh for t in unknown), ", ".join(t.en for t in unknown))
            reason = Text(
                INCOMPLETE.zh.format(names=names.zh), INCOMPLETE.en.format(names=names.en)
            )
            yield Scored(entry, items, reason=reason)
            continue
        points = sum((one.points for one in items if one.points is not None), ZERO)
        yield Scored(entry, items, points + entry.adjust)


def _column(group: Group, indicator: Indicator, entries: Sequence[Entry]) -> list[ItemScore]:
    """Return the item of every entry; what has no data gets the average where the rule says so."""
    values = [value_of(indicator, entry.values) for entry in entries]
    base = _base(indicator, values)
    points = [_points(group, indicator, value, base) for value in values]
    known = [one for one in points if one is not None]
    usual = None
    if indicator.missing is Missing.AVERAGE and known:
        usual = sum(known, ZERO) / len(known)
    return [
        ItemScore(indicator, value, base, found if found is not None else usual, found is None)
        for value, found in zip(values, points, strict=True)
    ]


def value_of(indicator: Indicator, values: Mapping[str, Decimal]) -> Decimal | None:
    """Return the value of an indicator in the unit of its base; unknown where a part is."""
    above = values.get(indicator.numerator)
    if above is None:
        return None
    if indicator.denominator is None:
        return above * indicator.scale
    below = values.get(indicator.denominator)
    return above / below * indicator.scale if below else None


def _base(indicator: Indicator, values: Iterable[Decimal | None]) -> Decimal | None:
    if indicator.times_average is None:
        return indicator.base
    known = [value for value in values if value is not None]
    return sum(known, ZERO) / len(known) * indicator.times_average if known else None


def _points(
    group: Group, indicator: Indicator, value: Decimal | None, base: Decimal | None
) -> Decimal | None:
    if value is None or not base:
        return None
    part = max(value / base, group.floor)
    if group.cap is not None:
        part = min(part, group.cap)
    return part * indicator.weight


def _ranked(found: Sequence[Scored]) -> list[Scored]:
    """Give ranks: those who stand level share the better one."""
    scores = sorted((one.score for one in found if one.score is not None), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(scores, 1)))}
    return [
        replace(one, rank=first[one.score], of=len(scores)) if one.score is not None else one
        for one in found
    ]


def _classed(scheme: Scheme, found: Sequence[Scored]) -> list[Scored]:
    bounds = [(cut, _count(scheme, cut, len([o for o in found if o.rank]))) for cut in scheme.cuts]
    level = {rank: [o.rank for o in found].count(rank) for rank in {o.rank for o in found}}
    return [_class(scheme, one, bounds, level) for one in found]


def _class(
    scheme: Scheme, one: Scored, bounds: Sequence[tuple[Cut, int]], level: Mapping[int | None, int]
) -> Scored:
    if one.entry.veto and scheme.veto:
        return replace(one, class_=scheme.veto)
    if one.rank is None or not bounds:
        return one
    # Who stands level where a class ends goes up or down together, as the scheme says.
    place = one.rank if scheme.ties is Ties.BETTER else one.rank + level[one.rank] - 1
    return replace(
        one, class_=next((cut.id for cut, last in bounds if place <= last), bounds[-1][0].id)
    )


def _count(scheme: Scheme, cut: Cut, size: int) -> int:
    share = cut.until * size
    if scheme.rounding is Rounding.DOWN:
        return math.floor(share)
    if scheme.rounding is Rounding.UP:
        return math.ceil(share)
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))
