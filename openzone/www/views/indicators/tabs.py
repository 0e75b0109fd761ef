"""The pages of the room, a line each; a page's own tab is the longest prefix of its url name."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.permissions import Visitor, may_list, may_work
from openzone.zone.people.permissions import Decision, may_see_console


class Tab(NamedTuple):
    """A page of the room. ``prefix`` is what the url names below it begin with."""

    name: str
    label: Promise
    prefix: tuple[str, ...]
    allowed: Callable[[Visitor, dt.date], Decision] = may_list


TABS = (
    Tab("figure_board", _("Boards"), ("figure_board",), may_see_console),
    Tab("figure_lines", _("Series"), ("figure_line", "figure_series", "figure_one", "figure_with")),
    Tab("figure_batches", _("Batches"), ("figure_batch", "figure_book"), may_work),
    Tab("reports", _("Reporting"), ("report",)),
    Tab("figure_dictionary", _("Dictionary"), ("figure_dictionary", "figure_indicator")),
    Tab("figure_entities", _("Subjects"), ("figure_entit", "figure_attribution"), may_see_console),
    Tab("figures", _("Published figures"), ("figures",), may_see_console),
)  # fmt: skip


def tabs(request: HttpRequest, today: dt.date) -> list[tuple[str, str, bool]]:
    """Return the tabs somebody may open: address, label, whether it is here."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return [
        (reverse(one.name), str(one.label), name.startswith(one.prefix))
        for one in TABS
        if one.allowed(request.user, today).allowed
    ]
