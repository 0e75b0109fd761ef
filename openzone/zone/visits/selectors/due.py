"""Which enterprises are overdue for a visit or a call, and which are due next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from openzone.engines.visiting.cadence import (
    Contact,
    Count,
    Standing,
    first_day_needed,
    standing,
)
from openzone.packs.visits import Cadence, EnterpriseClass
from openzone.zone.visits.enums import Duty, VisitState
from openzone.zone.visits.models import Visit
from openzone.zone.visits.packs import pack
from openzone.zone.visits.selectors.network import Cover, Holder, Network

_QUIET = Standing((), ())


@dataclass(frozen=True, slots=True)
class Line:
    """An enterprise with its class, who has to go, how it stands, and when it was met last."""

    enterprise: int
    sort: EnterpriseClass
    cadence: Cadence
    cover: Cover
    standing: Standing
    last_met: dt.date | None

    @property
    def is_overdue(self) -> bool:
        """Whether the last whole period fell short."""
        return bool(self.standing.missed)

    @property
    def next_due(self) -> Count | None:
        """What the running periods still ask for, the earliest end first."""
        return min(self.standing.due, key=lambda count: count.period.last, default=None)


def lines(network: Network) -> list[Line]:
    """Return how every enterprise that somebody looks after stands, by enterprise."""
    contacts, last = _contacts(network), _last_met(network)
    found = (_line(network, cover, contacts, last) for cover in network.covers)
    return [line for line in found if line is not None]


def overdue(found: Iterable[Line]) -> list[Line]:
    """Return those overdue, who was not met for longest first."""
    late = [line for line in found if line.is_overdue]
    return sorted(late, key=lambda line: (line.last_met or dt.date.min, line.enterprise))


def of_person(found: Iterable[Line], user: int, grids: Sequence[int]) -> list[Line]:
    """Return the enterprises one person looks after: as a person, or as officer of a grid."""
    places = set(grids)
    return [line for line in found if _is_theirs(line, user, places)]


def _is_theirs(line: Line, user: int, grids: set[int]) -> bool:
    personal = (line.cover.sponsor, line.cover.officer)
    return any(holder and holder.user == user for holder in personal) or line.cover.grid in grids


def class_of(cover: Cover) -> EnterpriseClass | None:
    """Return the first class of the pack that fits."""
    held: Mapping[str, Holder | int | None] = {
        "sponsor": cover.sponsor,
        "service_officer": cover.officer,
        "grid": cover.grid if cover.posts else None,
    }
    return next((one for one in pack().classes if held[one.who] is not None), None)


def _line(
    network: Network,
    cover: Cover,
    contacts: Mapping[int, list[Contact]],
    last: Mapping[int, dt.date],
) -> Line | None:
    sort = class_of(cover)
    if sort is None:
        return None
    cadence = pack().cadence(sort.cadence)
    since = network.since(cover.enterprise, Duty(sort.who))
    now = (
        standing(cadence.as_needs, since, contacts.get(cover.enterprise, ()), network.as_of)
        if since
        else _QUIET
    )
    return Line(cover.enterprise, sort, cadence, cover, now, last.get(cover.enterprise))


def _contacts(network: Network) -> Mapping[int, list[Contact]]:
    needs = [need for cadence in pack().cadences for need in cadence.as_needs]
    first = first_day_needed(needs, network.as_of)
    rows = Visit.objects.filter(
        state=VisitState.DONE, met_on__range=(first, network.as_of)
    ).order_by("met_on")
    rows = network.narrowed(rows, "enterprise__root")
    found: dict[int, list[Contact]] = defaultdict(list)
    for pk, on, kind in rows.values_list("enterprise__root", "met_on", "kind"):
        if on is not None:
            found[pk].append(Contact(on, kind))
    return found


def _last_met(network: Network) -> Mapping[int, dt.date]:
    rows = Visit.objects.filter(state=VisitState.DONE, met_on__lte=network.as_of)
    rows = network.narrowed(rows, "enterprise__root").order_by()
    # The database finds the last of years of visits; reading them all would take a page seconds.
    latest = rows.values_list("enterprise__root").annotate(last=Max("met_on"))
    return dict(latest.values_list("enterprise__root", "last"))
