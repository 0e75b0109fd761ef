"""Who takes part in an evaluation, and with whom: scope, shared parcels, tenants."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from openzone.engines.scoring.model import Entry, Scheme, Scored
from openzone.engines.tables.units import MU
from openzone.engines.tables.values import AREA_STEP
from openzone.engines.text import Text

NO_LAND = Text("用地面积为零或缺失，不参评", "no land, or its area is not known: not evaluated")
NO_GROUP = Text("不属于任何参评分组“{group}”", "belongs to no group “{group}”")
UNSUITABLE = Text("不宜参评：{why}", "not suitable: {why}")
YOUNG = Text("注册不足{years}年，不参评", "registered for less than {years} years: not evaluated")
NEW_LAND = Text(
    "取得土地不足{years}年，不参评", "less than {years} years on its land: not evaluated"
)
INDUSTRY = Text("所属行业（{code}）不参评", "its industry ({code}) is not evaluated")
TOO_SMALL = Text("未达到参评规模", "smaller than those evaluated")
FOLLOWS = Text("随“{name}”评价", "evaluated with “{name}”")
FOLLOWS_NOBODY = Text(
    "随“{name}”评价，但其未参评", "goes with “{name}”, who is not among those evaluated"
)


def left_out(scheme: Scheme, entry: Entry, as_of: dt.date | None) -> Text | None:
    """Return why an entry is not evaluated; what is not known leaves nobody out."""
    if entry.unsuitable:
        return UNSUITABLE.format(why=entry.unsuitable)
    if why := _out_of_scope(scheme, entry, as_of):
        return why
    group = scheme.groups[entry.group]
    needs_land = any(scheme.land in (one.numerator, one.denominator) for one in group.indicators)
    if needs_land and not entry.values.get(scheme.land):
        return NO_LAND
    too_small = (
        name
        for name, least in group.least.items()
        if (value := entry.values.get(name)) is not None and value < least
    )
    return TOO_SMALL if any(too_small) else None


def _out_of_scope(scheme: Scheme, entry: Entry, as_of: dt.date | None) -> Text | None:
    scope = scheme.scope
    if entry.industry[:2] in scope.industries and entry.industry:
        return INDUSTRY.format(code=entry.industry)
    if as_of is None:
        return None
    for since, years, reason in (
        (entry.registered, scope.registered_years, YOUNG),
        (entry.land_since, scope.land_years, NEW_LAND),
    ):
        if since is not None and years is not None and _years(since, years) > as_of:
            return reason.format(years=years)
    return None


def _years(since: dt.date, years: int) -> dt.date:
    """Return the same day so many years on; of 29 February the first of March."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return dt.date(since.year + years, 3, 1)


def merged(scheme: Scheme, entries: Sequence[Entry]) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """Put those on one parcel together: their figures add up, a missing one leaves it missing.

    Who goes with another is left for `follow`.
    """
    members: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.follows:
            members.setdefault(key_of(entry), []).append(_measured(scheme, entry))
    return [_together(key, those) for key, those in members.items()], members


def _measured(scheme: Scheme, entry: Entry) -> Entry:
    """Take an area for the whole 亩 it was cut off from.

    15 亩 are a hectare: most areas in 亩 are no finite number of square metres, and what was cut
    off would part those who stand level.
    """
    area = entry.values.get(scheme.land)
    if area is None:
        return entry
    exact = Decimal(f"{area / MU:.6f}") * MU
    if not exact or abs(exact - area) > AREA_STEP / 2:
        return entry
    return replace(entry, values={**entry.values, scheme.land: exact})


def key_of(entry: Entry) -> str:
    """Return what an entry is counted as: its parcel, or itself."""
    return f"parcel:{entry.parcel}" if entry.parcel else f"entry:{entry.id}"


def _together(key: str, those: Sequence[Entry]) -> Entry:
    if len(those) == 1:
        return replace(those[0], id=key)
    names = set.intersection(*(set(one.values) for one in those))
    return Entry(
        key,
        "、".join(one.name for one in those),
        those[0].group,
        {name: sum((one.values[name] for one in those), Decimal(0)) for name in names},
        those[0].parcel,
        "；".join(filter(None, (one.veto for one in those))),
        "；".join(filter(None, (one.unsuitable for one in those))),
        sum((one.adjust for one in those), Decimal(0)),
        industry=those[0].industry,
        registered=_earliest(one.registered for one in those),
        land_since=_earliest(one.land_since for one in those),
    )


def _earliest(days: Iterator[dt.date | None]) -> dt.date | None:
    return min(filter(None, days), default=None)


def own(
    entry: Entry, results: Mapping[str, Scored], members: Mapping[str, Sequence[Entry]]
) -> Scored:
    """Return the result of an entry: that of its parcel, which it shares with the others."""
    key = key_of(entry)
    others = tuple(one.id for one in members[key] if one.id != entry.id)
    return replace(results[key], entry=entry, shared_with=others)


def follow(entry: Entry, found: Mapping[str, Scored]) -> Scored:
    """Return the result of a tenant: its landlord's, without a place of its own."""
    lead = found.get(entry.follows)
    if lead is None:
        return Scored(entry, reason=FOLLOWS_NOBODY.format(name=entry.follows))
    reason = lead.reason if lead.score is None else FOLLOWS.format(name=lead.entry.name)
    return replace(
        lead, entry=entry, rank=None, of=None, shared_with=(lead.entry.id,), reason=reason
    )
