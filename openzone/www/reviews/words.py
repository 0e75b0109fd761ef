"""What tiers, reasons and lights are called on the pages of reviews."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.projects.reviews import Why
from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.zone.projects.models import Project
from openzone.zone.reviews.models import AgendaItem, Meeting
from openzone.zone.reviews.packs import pack
from openzone.zone.reviews.selectors.agenda import Found
from openzone.zone.reviews.selectors.meetings import title

WHYS: dict[int, tuple[Promise, str]] = {
    Why.ESCALATED: (_("Obstacle escalated to us"), "not_met"),
    Why.TURNED_RED: (_("Turned red"), "not_met"),
    Why.NOT_CARRIED_OUT: (_("Decided earlier, not carried out"), "near"),
    Why.OBSTACLE: (_("Obstacle open"), "near"),
    Why.STILL_RED: (_("Still red"), "not_met"),
    Why.TURNED_YELLOW: (_("Turned yellow"), "near"),
    Why.PROMISE_MISSED: (_("Promise missed"), "not_met"),
    Why.PROMISE_DUE: (_("Promise due"), "near"),
}


class Line(NamedTuple):
    """A matter as a page and a paper show it: of a frozen agenda, or as it stands today."""

    item: AgendaItem | None
    project: Project | None
    case: int | None
    why: str
    look: str
    title: str
    said: str
    due: str


def line_of(item: AgendaItem) -> Line:
    """Return a matter of a frozen agenda."""
    why, look = WHYS[item.why]
    said = say_both(item.said)
    due = str(item.due) if item.due else ""
    return Line(item, item.project, item.case_id, str(why), look, item.title, said, due)


def line_ahead(found: Found) -> Line:
    """Return a matter that would be on the agenda if it were made today."""
    why, look = WHYS[found.matter.why]
    due = str(found.matter.due) if found.matter.due else ""
    case = found.case.pk if found.case else None
    return Line(None, found.project, case, str(why), look, found.title, say(found.said), due)


def say_both(said: dict[str, str]) -> str:
    """Return what was kept in both languages in the reader's."""
    return say(Text(said["zh"], said["en"]))


def tier_label(tier: str) -> str:
    """Return what a tier is called; one that left the pack keeps its id."""
    known = pack().by_tier.get(tier)
    return say(known.label.text) if known else tier or "—"


def tiers() -> list[tuple[str, str]]:
    """Return the tiers of the zone for a choice."""
    return [(one.id, say(one.label.text)) for one in pack().tiers]


def title_of(meeting: Meeting) -> str:
    """Return what a meeting is called."""
    return say(title(meeting))
