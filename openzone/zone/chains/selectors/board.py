"""Every chain of the zone at a glance: what is there, what is missing, who works on it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from openzone.engines.chains.gaps import GapKind
from openzone.packs.chains import chain_files
from openzone.packs.loading import zone_folder
from openzone.zone.chains.enums import ProposalState
from openzone.zone.chains.models import ChainFocus, ChainRelease, PlacementProposal
from openzone.zone.chains.selectors.aimed import aimed_at
from openzone.zone.chains.selectors.reading import Reading, leaders, read, roles_on
from openzone.zone.chains.selectors.standing import holds_on
from openzone.zone.chains.selectors.versions import chain_ids, release_on
from openzone.zone.projects.models import LIVE, Project
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Lead


@dataclass(frozen=True)
class Line:
    """A chain on the board; ``untouched`` are gaps that no lead and no project is aimed at."""

    reading: Reading
    release: ChainRelease | None
    focus: ChainFocus | None
    leaders: list[str]
    kinds: Mapping[str, int]
    untouched: list[str]

    @property
    def loops(self) -> tuple[int, int]:
        """How many loops are closed, of how many."""
        found = self.reading.report.loops
        return sum(loop.closed for loop in found), len(found)


def board(on: dt.date) -> list[Line]:
    """Return every chain: those the zone works on first, then by coverage."""
    focus = focus_on(on)
    leads, projects = every_open_lead(), live_projects()
    lines = [_line(name, on, focus.get(name), leads, projects) for name in chain_ids(on)]
    return sorted(lines, key=_order)


def waiting_by_chain() -> dict[str, int]:
    """Return how many proposals where firms stand wait for a person, by chain."""
    waiting = PlacementProposal.objects.filter(state=ProposalState.WAITING).order_by()
    return dict(waiting.values_list("chain").annotate(n=Count("pk")))


def first_day(chain: str) -> dt.date | None:
    """Return the day from which there is a chain; nothing where the packs have it."""
    if chain in chain_files(zone_folder()):
        return None
    days = ChainRelease.objects.filter(chain=chain).order_by("valid_from")
    return days.values_list("valid_from", flat=True).first()


def focus_on(on: dt.date) -> dict[str, ChainFocus]:
    """Return which chains the zone works on, and under whom."""
    rows = ChainFocus.objects.filter(holds_on(on)).select_related("unit", "person")
    return {row.chain: row for row in rows}


def every_open_lead() -> list[Lead]:
    """Return the open leads that name a chain, of whomever: for counts only."""
    return list(Lead.objects.filter(state__in=OPEN).exclude(chain=""))


def live_projects() -> list[Project]:
    """Return the projects still in the pipeline that name a link of a chain."""
    return list(Project.objects.filter(LIVE, left="").exclude(chain=[]))


def untouched(reading: Reading, leads: list[Lead], projects: list[Project]) -> list[str]:
    """Return the missing nodes next to what is here that nobody works on."""
    aimed = aimed_at(reading.chain, leads, projects)
    pressing = (GapKind.FILL, GapKind.EXTEND)
    return [
        gap.node for gap in reading.report.gaps if gap.kind in pressing and gap.node not in aimed
    ]


def _line(
    name: str, on: dt.date, focus: ChainFocus | None, leads: list[Lead], projects: list[Project]
) -> Line:
    reading = read(name, on)
    return Line(
        reading,
        release_on(name, on),
        focus,
        leaders(roles_on(name, on)),
        Counter(gap.kind.value for gap in reading.report.gaps),
        untouched(reading, leads, projects),
    )


def _order(line: Line) -> tuple[bool, float, str]:
    return line.focus is None, -(line.reading.report.coverage or 0), line.reading.chain.id
