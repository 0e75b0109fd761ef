"""How tracks stand at a moment: every item with its state, its clock and whom it waits for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from openzone.engines.projects import permit_path, permits
from openzone.engines.projects.permit_path import Clock, Comparison, Filed, Forecast
from openzone.engines.projects.permits import PermitState
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.approvals.enums import PromiseKind, StepKind, TrackState
from openzone.zone.approvals.models import LandProof, Paper, Promise, Step, Track, TrackItem
from openzone.zone.approvals.packs import due, later, pack, workdays
from openzone.zone.land.selectors.digests import digest

TAKEN_BACK = Text(
    "申请已撤回，预审意见自行失效，双方互不担责",
    "the request was taken back: the opinion lapses and nobody owes anything",
)
RELATED = ("project__enterprise", "project__investor", "project__lead_unit", "parcel", "proof")


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a track as it stands. ``late_days``: working days beyond its time."""

    item: TrackItem
    state: PermitState
    reason: Text
    last: Step | None
    filed: Filed | None
    clock: Clock | None
    late_days: int
    by: dt.date | None
    missing: tuple[str, ...]
    """Papers nobody gave yet; those of the land apart."""

    @property
    def late(self) -> bool:
        """Whether its unit is beyond its time."""
        return self.late_days > 0

    @property
    def returned(self) -> bool:
        """Whether it waits for the applicant to mend something."""
        return self.filed is not None and self.filed.returned

    @property
    def label(self) -> Text:
        """What the item is called."""
        return Text(self.item.label_zh, self.item.label_en)


@dataclass(frozen=True, slots=True)
class Board:
    """A whole track as it stands."""

    track: Track
    lines: tuple[Line, ...]
    items: tuple[permits.Item, ...]
    walk: permits.Track
    forecast: Forecast
    comparison: Comparison
    given: Mapping[str, Paper] = field(default_factory=dict)
    promised: Mapping[tuple[str, str], Promise] = field(default_factory=dict)

    @property
    def late(self) -> list[Line]:
        """What is beyond its time, the worst first."""
        return sorted((one for one in self.lines if one.late), key=lambda one: -one.late_days)

    def line(self, code: str) -> Line:
        """Return the line of an item."""
        return next(one for one in self.lines if one.item.code == code)

    @property
    def labels(self) -> dict[str, Text]:
        """What the items are called, by their codes."""
        return {one.item.code: one.label for one in self.lines}


def loaded(rows: QuerySet[Track]) -> QuerySet[Track]:
    """Return tracks with everything a board is made of."""
    steps = Prefetch("steps", Step.objects.select_related("by").order_by("pk"))
    items = Prefetch(
        "items", TrackItem.objects.select_related("unit").prefetch_related(steps)
    )  # fmt: skip
    papers = Prefetch("papers", Paper.objects.select_related("by").order_by("pk"))
    promises = Prefetch("promises", Promise.objects.order_by("pk"))
    return rows.select_related(*RELATED).prefetch_related(items, papers, promises)


def board(track: Track, now: dt.datetime) -> Board:
    """Return how one track stands, read anew."""
    return of_loaded(loaded(Track.objects.filter(pk=track.pk)).get(), now)


def boards(rows: QuerySet[Track], now: dt.datetime) -> list[Board]:
    """Return how many tracks stand."""
    return [of_loaded(one, now) for one in loaded(rows)]


def of_loaded(track: Track, now: dt.datetime) -> Board:
    """Return how a track read with ``loaded`` stands."""
    moment, today = to_local(now), timezone.localdate(now)
    rows = list(track.items.all())
    items = tuple(_item(one) for one in rows)
    given = {one.code: one for one in track.papers.all()}
    walk = _walk(track, rows, given)
    filed = {row.code: found for row in rows if (found := _filed(row)) is not None}
    open_ = track.state == TrackState.RUNNING
    clocks = permit_path.clocks(items, walk, filed, today, due) if open_ else {}
    reckoned = _forecast(items, walk, clocks, track, today)
    states = {one.item.id: one for one in permits.standings(items, walk, today)}
    if track.state == TrackState.WITHDRAWN:
        states = {name: _withdrawn(one) for name, one in states.items()}
    lines = tuple(
        Line(
            row, states[row.code].state, states[row.code].reason, _last(row),
            filed.get(row.code), clocks.get(row.code), _late(clocks.get(row.code), moment),
            reckoned.days.get(row.code), _missing(row, given),
        )
        for row in rows
    )  # fmt: skip
    promised = {(one.kind, one.code): one for one in track.promises.all()}
    comparison = permit_path.compare(items)
    return Board(track, lines, items, walk, reckoned, comparison, given, promised)


def proof_of(track: Track) -> LandProof | None:
    """Return the proof of the land, where there is one."""
    return getattr(track, "proof", None)


def open_promises(found: Board) -> list[Promise]:
    """Return what was promised and has not come."""
    return [
        one
        for (kind, code), one in found.promised.items()
        if not _kept(found, PromiseKind(kind), code, one)
    ]


def _kept(found: Board, kind: PromiseKind, code: str, one: Promise) -> bool:
    if kind == PromiseKind.ITEM:
        return code in found.walk.red
    return code in found.given and found.given[code].at >= one.at


def _withdrawn(one: permits.ItemStanding) -> permits.ItemStanding:
    return replace(one, reason=TAKEN_BACK) if one.state is PermitState.LAPSED else one


def _item(row: TrackItem) -> permits.Item:
    return permits.Item(
        row.code, Text(row.label_zh, row.label_en), row.workdays, tuple(row.after), row.ahead,
        row.committed, row.trip, row.bundle, row.land, row.formal,
    )  # fmt: skip


def _walk(
    track: Track, rows: Sequence[TrackItem], given: Mapping[str, Paper]
) -> permits.Track:  # fmt: skip
    proof = proof_of(track)
    blue = {row.code: one for row in rows if (one := _blue(row, given)) is not None}
    return permits.Track(
        timezone.localdate(track.asked_at),
        digest(track.parcel) if track.parcel is not None else "",
        proof.paid_on if proof is not None else None,
        track.ended_on if track.state in _LOST else None,
        blue,
        {row.code: day for row in rows if (day := _issued(row)) is not None},
    )


_LOST = (TrackState.LAPSED, TrackState.WITHDRAWN)


def _forecast(
    items: Sequence[permits.Item], walk: permits.Track, clocks: Mapping[str, Clock], track: Track,
    today: dt.date,
) -> Forecast:  # fmt: skip
    if not items:
        return Forecast(None, unknown=Text("尚未受理", "not taken on yet"))
    expected = max(track.expected_on, today) if track.expected_on else None
    return permit_path.forecast(items, walk, clocks, track.goal, today, later, expected)


def _last(row: TrackItem) -> Step | None:
    steps = list(row.steps.all())
    return steps[-1] if steps else None


def _filed(row: TrackItem) -> Filed | None:
    steps = [one for one in row.steps.all() if one.kind in (StepKind.HANDED_IN, StepKind.RETURNED)]
    handed = [one for one in steps if one.kind == StepKind.HANDED_IN]
    if not handed:
        return None
    return Filed(to_local(handed[-1].at), returned=steps[-1].kind == StepKind.RETURNED)


def _blue(row: TrackItem, given: Mapping[str, Paper]) -> permits.PreReview | None:
    """Return the opinion of an item; what was handed in or sent back later ends it."""
    steps = [one for one in row.steps.all() if one.kind != StepKind.ISSUED]
    if not steps or steps[-1].kind != StepKind.REVIEWED:
        return None
    last = steps[-1]
    replaced = any(
        given[code].sha256 != sha for code, sha in last.basis.items() if code in given
    )  # fmt: skip
    return permits.PreReview(
        timezone.localdate(last.at), last.until or timezone.localdate(last.at), last.land, replaced
    )


def _issued(row: TrackItem) -> dt.date | None:
    found = (one for one in row.steps.all() if one.kind == StepKind.ISSUED)
    return next((timezone.localdate(one.at) for one in found), None)


def _late(clock: Clock | None, now: dt.datetime) -> int:
    if clock is None or not clock.late(now):
        return 0
    return max(workdays(clock.due, now), 1)


def _missing(row: TrackItem, given: Mapping[str, Paper]) -> tuple[str, ...]:
    known = pack()
    return tuple(
        code
        for code in row.papers
        if code not in given and not ((one := known.paper(code)) is not None and one.land)
    )  # fmt: skip


def names_of(codes: Iterable[str]) -> Text:
    """Return what papers are called, in one sentence."""
    known = pack()
    found = [(one.label.text if (one := known.paper(code)) else Text(code, code)) for code in codes]
    return Text("、".join(one.zh for one in found), ", ".join(one.en for one in found))
