"""Approvals as a graph, and starting to build on the day the land is obtained (拿地即开工).

While the land is still being announced, each item may be looked at beforehand. A pre-review (blue)
is an opinion and no permit: it becomes one (red) only once the land is the applicant's, if it is
still valid and the land is what it was when reviewed. Without the land all of it lapses, and nobody
owes anybody anything.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from openzone.engines.text import Text


class PermitState(StrEnum):
    """Where an item of a track stands."""

    WAITING = "waiting"
    OPEN = "open"
    BLUE = "blue"
    STALE = "stale"
    RED = "red"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Item:
    """An approval: what it follows, how many working days it takes.

    ``ahead``: it can be reviewed before the land is obtained. ``committed``: what is missing may
    be promised (容缺, 告知承诺). ``trip``: the applicant has to come for it in person.
    ``bundle`` is the one-thing bundle it is handed in with. ``land``: it is not issued without the
    land. ``formal``: working days that making an opinion a permit takes; None: as many as without.
    """

    id: str
    label: Text
    workdays: int
    after: tuple[str, ...] = ()
    ahead: bool = False
    committed: bool = False
    trip: bool = False
    bundle: str = ""
    land: bool = True
    formal: int | None = None


@dataclass(frozen=True, slots=True)
class PreReview:
    """A blue stamp: given on a day, good until one, for this land (``land`` is its digest).

    ``replaced``: papers it rests on were replaced by others since.
    """

    on: dt.date
    until: dt.date
    land: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """One project's way through the graph.

    ``land`` is the digest of the land as it is now, ``obtained`` the day of contract and payment,
    ``lost`` the day on which it was clear that somebody else gets the land.
    """

    applied: dt.date
    land: str
    obtained: dt.date | None = None
    lost: dt.date | None = None
    blue: Mapping[str, PreReview] = field(default_factory=dict)
    red: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """Where an item stands, and the sentence that says why."""

    item: Item
    state: PermitState
    reason: Text


class GraphError(ValueError):
    """The items are no graph that can be walked; ``faults`` says where and why."""

    def __init__(self, faults: Sequence[tuple[str, Text]]) -> None:
        """Keep the faults: item and reason."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{item}: {reason}" for item, reason in faults))


UNKNOWN = Text("前置事项“{id}”不存在", "it follows “{id}”, which there is not")
CIRCLE = Text("事项前后成环：{path}", "these follow each other: {path}")
AGAIN = Text("事项编号重复", "the same item is given twice")
ISSUED = Text("{day} 已正式批准", "issued on {day}")
LOST = Text(
    "{day} 未取得土地，预审意见自行失效，双方互不担责",
    "the land went elsewhere on {day}: the opinion lapses and nobody owes anything",
)
EXPIRED = Text("预审意见已于 {day} 到期，须重新审查", "the opinion ended on {day}: review it anew")
CHANGED = Text("预审后用地已变更，须重新审查", "the land has changed since: review it anew")
REPLACED = Text(
    "预审所依据的材料已更换，须重新审查",
    "papers it rests on were replaced: review it anew",
)
REVIEWED = Text("已预审，有效至 {day}；不是许可", "reviewed, good until {day}; this is no permit")
NEEDS_LAND = Text("取得土地后才能办理", "can be handled once the land is obtained")
NEEDS = Text("先办：{items}", "first: {items}")
READY = Text("可以办理", "can be handled now")
NOT_AHEAD = Text(
    "此事项不能在取得土地前预审", "this item cannot be reviewed before the land is there"
)
NO_OPINION = Text("没有预审意见可转", "there is no opinion to convert")


def check(items: Sequence[Item]) -> None:
    """Hold the items to be a graph.

    Raises:
        GraphError: for items given twice, unknown predecessors, circles.

    """
    names = [one.id for one in items]
    found = [(name, AGAIN) for name in sorted({n for n in names if names.count(n) > 1})]
    found += [
        (one.id, UNKNOWN.format(id=each))
        for one in items
        for each in one.after
        if each not in names
    ]
    if not found:
        found = [*_circle(items)]
    if found:
        raise GraphError(found)


def standings(items: Sequence[Item], track: Track, on: dt.date) -> list[ItemStanding]:
    """Say of every item where it stands on a day."""
    labels = {one.id: one.label for one in items}
    return [ItemStanding(one, *_stands(one, track, labels, on)) for one in items]


def may_review(item: Item, track: Track) -> Text | None:
    """Return why the item cannot be reviewed beforehand; None when it can."""
    if track.lost is not None:
        return LOST.format(day=track.lost)
    return None if item.ahead else NOT_AHEAD


def may_convert(item: Item, track: Track, labels: Mapping[str, Text], on: dt.date) -> Text | None:
    """Return why blue cannot become red; None when it can."""
    if not has_land(track, on):
        return NEEDS_LAND
    if item.id not in track.blue:
        return NO_OPINION
    return _stale(track.blue[item.id], track, on) or _needs(item, track, labels)


def may_issue(item: Item, track: Track, labels: Mapping[str, Text], on: dt.date) -> Text | None:
    """Return why the formal decision cannot be made; None when it can.

    An opinion, once there, has to hold: with one that ended or speaks of other land the item is
    reviewed anew first. Without one the item is decided in the ordinary way.
    """
    if (issued := track.red.get(item.id)) is not None:
        return ISSUED.format(day=issued)
    if track.lost is not None:
        return LOST.format(day=track.lost)
    if item.id in track.blue:
        return may_convert(item, track, labels, on)
    if item.land and not has_land(track, on):
        return NEEDS_LAND
    return _needs(item, track, labels)


def has_land(track: Track, on: dt.date) -> bool:
    """Whether the land is the applicant's on a day: contract and payment."""
    return track.obtained is not None and track.obtained <= on


def critical_path(
    items: Sequence[Item], done: Iterable[str] = (), *, promised: bool = False
) -> tuple[int, tuple[str, ...]]:
    """Return how many working days what is not done takes at least, and the items that decide it.

    With ``promised`` an item whose missing papers may be promised waits for nothing: the least that
    can be reached by commitment.
    """
    by_id, ready = {one.id: one for one in items}, set(done)
    ends: dict[str, tuple[int, tuple[str, ...]]] = {}
    for name in TopologicalSorter({one.id: one.after for one in items}).static_order():
        one = by_id[name]
        if name in ready:
            ends[name] = (0, ())
            continue
        before = () if promised and one.committed else one.after
        days, path = max((ends[each] for each in before), key=_longest, default=(0, ()))
        ends[name] = (days + one.workdays, (*path, name))
    return max(ends.values(), key=_longest, default=(0, ()))


def trips(items: Iterable[Item]) -> int:
    """Return how often the applicant comes: once for a bundle, once for an item outside one."""
    coming = [one for one in items if one.trip]
    return len({one.bundle for one in coming if one.bundle}) + sum(not one.bundle for one in coming)


def _longest(end: tuple[int, tuple[str, ...]]) -> int:
    return end[0]


def _circle(items: Sequence[Item]) -> Iterator[tuple[str, Text]]:
    try:
        TopologicalSorter({one.id: one.after for one in items}).prepare()
    except CycleError as error:
        path: list[str] = error.args[1]
        yield path[0], CIRCLE.format(path=" → ".join(path))


def _stands(
    item: Item, track: Track, labels: Mapping[str, Text], on: dt.date
) -> tuple[PermitState, Text]:
    if (issued := track.red.get(item.id)) is not None and issued <= on:
        return PermitState.RED, ISSUED.format(day=issued)
    if track.lost is not None and track.lost <= on:
        return PermitState.LAPSED, LOST.format(day=track.lost)
    if (blue := track.blue.get(item.id)) is not None and blue.on <= on:
        stale = _stale(blue, track, on)
        if stale is not None:
            return PermitState.STALE, stale
        return PermitState.BLUE, REVIEWED.format(day=blue.until)
    return _untouched(item, track, labels, on)


def _untouched(
    item: Item, track: Track, labels: Mapping[str, Text], on: dt.date
) -> tuple[PermitState, Text]:
    if item.ahead:
        return PermitState.OPEN, READY
    if item.land and not has_land(track, on):
        return PermitState.WAITING, NEEDS_LAND
    needs = _needs(item, track, labels)
    return (PermitState.OPEN, READY) if needs is None else (PermitState.WAITING, needs)


def _stale(blue: PreReview, track: Track, on: dt.date) -> Text | None:
    if blue.until < on:
        return EXPIRED.format(day=blue.until)
    if blue.land != track.land:
        return CHANGED
    return REPLACED if blue.replaced else None


def _needs(item: Item, track: Track, labels: Mapping[str, Text]) -> Text | None:
    """What has to be issued first; what may be promised does not wait for it."""
    if item.committed:
        return None
    missing = [labels[each] for each in item.after if each not in track.red]
    if not missing:
        return None
    return Text(
        NEEDS.zh.format(items="、".join(one.zh for one in missing)),
        NEEDS.en.format(items=", ".join(one.en for one in missing)),
    )
