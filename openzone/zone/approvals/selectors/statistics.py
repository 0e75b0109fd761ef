"""How long items took against what was promised, and how often people had to come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.projects.permit_path import ClockKind
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.approvals.enums import StepKind
from openzone.zone.approvals.models import Step, Track, TrackItem, Trip
from openzone.zone.approvals.packs import pack, workdays
from openzone.zone.approvals.selectors.standing import loaded, proof_of


class Duration(NamedTuple):
    """How many working days one answer took, and how many were promised."""

    track: Track
    item: TrackItem
    kind: ClockKind
    start: dt.datetime
    end: dt.datetime
    took: int
    promised: int

    @property
    def late(self) -> bool:
        """Whether it took longer than promised."""
        return self.took > self.promised


@dataclass(frozen=True, slots=True)
class Row:
    """The answers of one kind to one item in a period."""

    code: str
    label: Text
    kind: ClockKind
    done: tuple[Duration, ...]

    @property
    def median(self) -> Decimal:
        """The middle of the working days they took."""
        return Decimal(str(median(one.took for one in self.done)))

    @property
    def promised(self) -> Decimal:
        """The middle of what was promised."""
        return Decimal(str(median(one.promised for one in self.done)))

    @property
    def in_time(self) -> int:
        """How many kept their time."""
        return len(self.done) - self.late

    @property
    def late(self) -> int:
        """How many did not."""
        return sum(one.late for one in self.done)


@dataclass(frozen=True, slots=True)
class TripFigures:
    """Trips by matter: how many matters took any number of trips, and which too many."""

    matters: int
    trips: int
    over: tuple[tuple[Track, str, int], ...]
    limit: int

    @property
    def within(self) -> int:
        """Matters that kept the limit."""
        return self.matters - len(self.over)


def durations(rows: QuerySet[Track], start: dt.date, end: dt.date) -> list[Duration]:
    """Return every answer given from one day to another, with how long it took."""
    found = (one for track in loaded(rows) for item in track.items.all()
             for one in _of_item(track, item))  # fmt: skip
    return [one for one in found if start <= one.end.date() <= end]


def by_item(found: Iterable[Duration]) -> list[Row]:
    """Return answers item by item, in the order of the pack."""
    groups: dict[tuple[str, ClockKind], list[Duration]] = defaultdict(list)
    for one in found:
        groups[one.item.code, one.kind].append(one)
    order = [item.id for item in pack().items]
    keys = sorted(groups, key=lambda key: (order.index(key[0]) if key[0] in order else 999, key[1]))
    return [
        Row(code, Text(groups[code, kind][0].item.label_zh, groups[code, kind][0].item.label_en),
            kind, tuple(groups[code, kind]))
        for code, kind in keys
    ]  # fmt: skip


def from_land(rows: QuerySet[Track], start: dt.date, end: dt.date) -> list[tuple[Track, int]]:
    """Return how many working days passed from the land to the goal of each track, slowest first.

    The goal was issued from one day to another; a path without land has no such time.
    """
    found: list[tuple[Track, int]] = []
    for track in loaded(rows.filter(proof__isnull=False)):
        goal = next((one for one in track.items.all() if one.code == track.goal), None)
        issued = goal and next(
            (one for one in goal.steps.all() if one.kind == StepKind.ISSUED), None
        )  # fmt: skip
        proof = proof_of(track)
        if issued and proof is not None and start <= to_local(issued.at).date() <= end:
            paid = dt.datetime.combine(proof.paid_on, dt.time())
            found.append((track, max(workdays(paid, to_local(issued.at)), 0)))
    return sorted(found, key=lambda pair: -pair[1])


def trip_figures(rows: QuerySet[Track], start: dt.date, end: dt.date) -> TripFigures:
    """Return the trips of a period against the limit; a matter handed in without one counts too."""
    tracks = {one.pk: one for one in rows.select_related("project")}
    counted: dict[tuple[int, str], int] = defaultdict(int)
    for track, matter in _matters(tracks, start, end):
        counted[track, matter] = 0
    trips = Trip.objects.filter(track__in=list(tracks), on__range=(start, end))
    for track, matter in trips.values_list("track_id", "matter"):
        counted[track, matter] += 1
    limit = pack().trips.limit
    over = tuple(
        (tracks[track], matter, count)
        for (track, matter), count in counted.items()
        if count > limit
    )  # fmt: skip
    return TripFigures(len(counted), sum(counted.values()), over, limit)


def _matters(tracks: Iterable[int], start: dt.date, end: dt.date) -> set[tuple[int, str]]:
    handed = Step.objects.filter(
        item__track__in=list(tracks), kind=StepKind.HANDED_IN, at__date__range=(start, end)
    ).values_list("item__track_id", "item__bundle", "item__code")
    return {(track, bundle or code) for track, bundle, code in handed}


def _of_item(track: Track, item: TrackItem) -> Iterable[Duration]:
    """Yield the answers to an item: from its papers, or from the land for what was reviewed."""
    handed: dt.datetime | None = None
    reviewed: dt.datetime | None = None
    for step in item.steps.all():
        at = to_local(step.at)
        if step.kind == StepKind.HANDED_IN:
            handed, reviewed = at, None
        elif step.kind == StepKind.RETURNED:
            handed = None
        elif step.kind == StepKind.REVIEWED and handed is not None:
            yield _took(track, item, ClockKind.REVIEW, handed, at, item.workdays)
            reviewed = at
        elif step.kind == StepKind.ISSUED:
            begun = reviewed or handed
            if begun is not None:
                yield _issued(track, item, begun, at, converted=reviewed is not None)


def _issued(
    track: Track, item: TrackItem, begun: dt.datetime, at: dt.datetime, *, converted: bool
) -> Duration:
    start = max([begun, *_waited_for(track, item)])
    kind = ClockKind.CONVERT if converted else ClockKind.FORMAL
    promised = item.formal if converted and item.formal is not None else item.workdays
    return _took(track, item, kind, start, at, promised)


def _waited_for(track: Track, item: TrackItem) -> Sequence[dt.datetime]:
    """Return the moments before which the unit could not issue: the land, what comes first."""
    found: list[dt.datetime] = []
    if item.land and (proof := proof_of(track)) is not None:
        found.append(dt.datetime.combine(proof.paid_on, dt.time()))
    before = () if item.committed else item.after
    for other in track.items.all():
        if other.code in before:
            found += [to_local(one.at) for one in other.steps.all() if one.kind == StepKind.ISSUED]
    return found


def _took(
    track: Track, item: TrackItem, kind: ClockKind, start: dt.datetime, end: dt.datetime,
    promised: int,
) -> Duration:  # fmt: skip
    return Duration(track, item, kind, start, end, max(workdays(start, end), 0), promised)


def year_to(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the period that stands where none is chosen: this year up to today."""
    return day.replace(month=1, day=1), day
