"""What the pages of placements, roles and figures share."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.chains.model import Chain
from openzone.engines.rules.problems import PackError
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.selectors.versions import chain_on
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export, may_see_enterprise


class Names:
    """What chains and links are called on a day; each chain is read once, when it is asked for."""

    def __init__(self, on: dt.date) -> None:
        self._on = on
        self._chains: dict[str, Chain | None] = {}

    def _known(self, chain: str) -> Chain | None:
        if chain not in self._chains:
            try:
                self._chains[chain] = chain_on(chain, self._on)
            except PackError:  # the chain is gone, or its file has faults now
                self._chains[chain] = None
        return self._chains[chain]

    def chain(self, chain: str) -> str:
        """Return a chain's name; its id where it is gone."""
        found = self._known(chain)
        return say(found.name) if found else chain

    def node(self, chain: str, node: str) -> str:
        """Return a link's name; its id where the version in force has none."""
        found = self._known(chain)
        known = found.nodes.get(node) if found else None
        return say(known.name) if known else node

    def both(self, chain: str, node: str) -> str:
        """Return both, for lists over all chains."""
        return f"{self.chain(chain)} · {self.node(chain, node)}"


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the lists of who stands where."""
    names = {
        "chain_placements": _("Placements"), "chain_queue": _("To be reviewed"),
        "chain_runs": _("Readings"), "chain_roles": _("Roles"), "chain_figures": _("Figures"),
    }  # fmt: skip
    return [(reverse(name), label, name == here) for name, label in names.items()]


def asked(request: HttpRequest, here: str) -> tuple[dt.date, dict[str, Any]]:
    """Let in who reads chains; return the day and what every list shows."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    context = {
        "tabs": tabs(here),
        "may_review": may_review(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
        "names": Names(today),
    }
    return today, context


def reviewing(request: HttpRequest) -> dt.date:
    """Let in who says which firm stands where."""
    today = timezone.localdate()
    require(may_review(request.user, today))
    return today


def firm_of(request: HttpRequest, pk: int, *, review: bool = False) -> Enterprise:
    """Return a firm whose place in the chains the person may read, or write."""
    firm = get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root
    today = timezone.localdate()
    if review:
        require(may_review(request.user, today))
    else:
        require(may_see_enterprise(request.user, firm, today))
    return firm


def above(*more: Crumb) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (
        Crumb(reverse("chains"), _("Industrial chains")),
        Crumb(reverse("chain_placements"), _("Placements")),
    )
    return (*crumbs, *more)


def above_firm(firm: Enterprise) -> tuple[Crumb, ...]:
    """Return the pages above a form of a firm."""
    return above(Crumb(reverse("chain_firm", args=[firm.pk]), firm.name))
