"""Score: Σ min(value / base, cap) × weight, then rank and class within the group."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from openzone.engines.scoring.classing import classed, ranked
from openzone.engines.scoring.model import (
    Entry,
    Group,
    Indicator,
    ItemScore,
    Missing,
    Scheme,
    Scored,
)
from openzone.engines.scoring.scope import NO_GROUP, follow, left_out, merged, own
from openzone.engines.text import Text

INCOMPLETE = Text("缺少{names}，无法计分", "{names} missing: no score")
ZERO = Decimal(0)


def evaluate(
    scheme: Scheme, entries: Sequence[Entry], as_of: dt.date | None = None
) -> list[Scored]:
    """Return every entry in the order it was given, those of one parcel with one result.

    Years since registration or land are counted up to ``as_of``; without it nobody is left out
    for them.
    """
    together, members = merged(scheme, entries)
    results: dict[str, Scored] = {}
    for group in (*scheme.groups, None):
        inside = [one for one in together if _group_of(scheme, one) == group]
        for scored in _group(scheme, group, inside, as_of):
            results[scored.entry.id] = scored
    leads = {one.id: own(one, results, members) for one in entries if not one.follows}
    return [leads[one.id] if one.id in leads else follow(one, leads) for one in entries]


def _group_of(scheme: Scheme, entry: Entry) -> str | None:
    return entry.group if entry.group in scheme.groups else None


def _group(
    scheme: Scheme, name: str | None, entries: Sequence[Entry], as_of: dt.date | None
) -> list[Scored]:
    if name is None:
        return [Scored(one, reason=NO_GROUP.format(group=one.group)) for one in entries]
    judged = [(one, left_out(scheme, one, as_of)) for one in entries]
    outside = [
        Scored(one, reason=why, class_=scheme.not_suitable, treated_as=scheme.treated_as)
        for one, why in judged
        if why
    ]
    scored = _scored(scheme.groups[name], [one for one, why in judged if not why])
    return [*outside, *classed(scheme, scheme.cuts_of(name), ranked([*scored]))]


def _scored(group: Group, entries: Sequence[Entry]) -> Iterator[Scored]:
    columns = [_column(group, one, entries) for one in group.indicators]
    for place, entry in enumerate(entries):
        yield _total(entry, tuple(column[place] for column in columns))


def _total(entry: Entry, items: tuple[ItemScore, ...]) -> Scored:
    unknown = [one.indicator.label for one in items if one.points is None]
    if unknown:
        zh = INCOMPLETE.zh.format(names="、".join(t.zh for t in unknown))
        en = INCOMPLETE.en.format(names=", ".join(t.en for t in unknown))
        return Scored(entry, items, reason=Text(zh, en))
    points = sum((one.points for one in items if one.points is not None), ZERO)
    return Scored(entry, items, _rounded(points + entry.adjust))


def _rounded(score: Decimal) -> Decimal:
    """Keep six places: what divisions leave beyond them would part those who stand level."""
    return Decimal(f"{score:.6f}")


def _column(group: Group, indicator: Indicator, entries: Sequence[Entry]) -> list[ItemScore]:
    """Return the item of every entry; what has no data gets the average where the rule says so."""
    values = [value_of(indicator, entry.values) for entry in entries]
    base = _base(indicator, values)
    found = [
        ItemScore(indicator, value, base, _points(group, indicator, value, base))
        for value in values
    ]
    return _averaged(indicator, found)


def _averaged(indicator: Indicator, found: list[ItemScore]) -> list[ItemScore]:
    known = [one.points for one in found if one.points is not None]
    if indicator.missing is not Missing.AVERAGE or not known:
        return found
    usual = sum(known, ZERO) / len(known)
    return [
        replace(one, points=usual, averaged=True) if one.points is None else one for one in found
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
