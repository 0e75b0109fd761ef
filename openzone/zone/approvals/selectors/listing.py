"""Tracks of a list, narrowed by state, path, unit and lateness; how often somebody came."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from openzone.zone.approvals.enums import TrackState
from openzone.zone.approvals.models import Track, Trip
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.standing import Board, boards

OPEN = (TrackState.ASKED, TrackState.RUNNING)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tracks; ``late``: only those with an item beyond its time; ``item``: code of one."""

    state: str = ""
    path: str = ""
    unit: int | None = None
    item: str = ""
    text: str = ""
    late: bool = False
    trips: bool = False


def narrowed(rows: QuerySet[Track], chosen: Filter) -> QuerySet[Track]:
    """Narrow tracks to what the database knows of a filter; open ones where no state is asked."""
    found = rows.filter(state=chosen.state) if chosen.state else rows.filter(state__in=OPEN)
    if chosen.path:
        found = found.filter(path=chosen.path)
    if chosen.unit is not None:
        found = found.filter(items__unit=chosen.unit)
    if chosen.item:
        found = found.filter(items__code=chosen.item)
    if chosen.text:
        found = found.filter(project__search_text__icontains=chosen.text)
    return found.distinct().order_by("-pk")


def listed(rows: QuerySet[Track], chosen: Filter, now: dt.datetime) -> list[Board]:
    """Return the tracks of a list as they stand, those with the worst delay first."""
    found = boards(narrowed(rows, chosen), now)
    if chosen.late:
        found = [one for one in found if one.late]
    if chosen.trips:
        many = over_the_limit(one.track.pk for one in found)
        found = [one for one in found if one.track.pk in many]
    return sorted(found, key=lambda one: -max((line.late_days for line in one.lines), default=0))


def trips_of(track: Track) -> dict[str, list[Trip]]:
    """Return how often somebody came, by matter: every bundle is one, and every item outside."""
    found: dict[str, list[Trip]] = {}
    for one in track.trips.select_related("by"):
        found.setdefault(one.matter, []).append(one)
    return found


def over_the_limit(tracks: Iterable[int]) -> set[int]:
    """Return the tracks of which some matter took more trips than the pack allows."""
    pairs = Trip.objects.filter(track__in=list(tracks)).values_list("track_id", "matter")
    return {track for (track, _), count in Counter(pairs).items() if count > pack().trips.limit}
