"""Which chain, which day, known when: what every page of a chain asks first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.worktime.localtime import end_of_day, to_aware
from openzone.www import asof
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb
from openzone.www.hands import user_of
from openzone.zone.chains.permissions import may_list
from openzone.zone.chains.selectors.reading import Reading, read
from openzone.zone.chains.selectors.versions import chain_ids
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.permissions import visible as visible_leads

KNOWN = "known"


@dataclass(frozen=True)
class Asked:
    """Who asks about which chain, on which day, as known at the end of which day."""

    user: User
    chain: str
    today: dt.date
    on: dt.date
    known: dt.date | None

    @property
    def known_at(self) -> dt.datetime | None:
        """The last moment of that day."""
        return moment_of(self.known)

    @property
    def tail(self) -> dict[str, str]:
        """What addresses carry on, so that the next page speaks of the same day."""
        said = {asof.KEY: self.on if self.on != self.today else None, KNOWN: self.known}
        return {name: str(day) for name, day in said.items() if day is not None}

    @property
    def query(self) -> str:
        """What addresses carry on, as the end of an address."""
        return f"?{urlencode(self.tail)}" if self.tail else ""

    def read(self) -> Reading:
        """Read the chain."""
        return read(self.chain, self.on, self.known_at)


def moment_of(day: dt.date | None) -> dt.datetime | None:
    """Return the last moment of a day."""
    return to_aware(end_of_day(day)) if day is not None else None


def asked(request: HttpRequest, chain: str) -> Asked:
    """Return what a page is asked; for whoever opens chains at all."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    on = asof.of_page(request)
    given = request.GET.get(KNOWN)
    known = asof.parse_day(given) if given else None
    ensure_chain(chain, on)
    return Asked(user_of(request), chain, today, on, known)


def ensure_chain(chain: str, on: dt.date) -> None:
    """Answer 404 where there is no such chain on a day."""
    if chain not in chain_ids(on):
        raise Http404


def open_leads(asked_: Asked) -> list[Lead]:
    """Return the open leads a person sees that name a chain."""
    found = visible_leads(asked_.user, asked_.today).filter(state__in=OPEN).exclude(chain="")
    return list(found.select_related("investor"))


def open_projects(asked_: Asked) -> list[Project]:
    """Return the projects a person sees that are in the pipeline and name a link of a chain."""
    return list(visible_projects(asked_.user, asked_.today).filter(left="").exclude(chain=[]))


def tabs(chain: str, here: str) -> list[tuple[str, str, bool]]:
    """Return the pages of one chain."""
    names = {
        "chain": _("Report"), "chain_compare": _("Compare"), "chain_whatif": _("What if"),
        "chain_history": _("Versions"), "chain_invite": _("Whom to invite"),
    }  # fmt: skip
    found = ((page_of(name, chain), label, name == here) for name, label in names.items())
    return [one for one in found if one[0]]


def page_of(name: str, *args: Any) -> str:
    """Return the address of a page; nothing where the site has none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def invite_at(chain: str, node: str) -> str:
    """Return the address of who could fill a gap."""
    at = page_of("chain_invite", chain)
    return f"{at}?{urlencode({'node': node})}" if at else ""


def above(reading: Reading | None = None) -> tuple[Crumb, ...]:
    """Return the pages above one about chains."""
    crumbs = (Crumb(reverse("chains"), _("Industrial chains")),)
    if reading is None:
        return crumbs
    return (*crumbs, Crumb(reverse("chain", args=[reading.chain.id]), say(reading.chain.name)))


def cut(rows: Iterable[Any], most: int) -> tuple[list[Any], int]:
    """Return the first rows, and how many there are."""
    found = list(rows)
    return found[:most], len(found)
