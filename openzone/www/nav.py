"""The main menu: what a person can open, by what the person is in the zone."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.permissions import may_administer, may_see_console
from openzone.zone.registry.permissions import may_import


class Item(NamedTuple):
    """A line of the menu. ``prefix`` is what the url names of its pages begin with."""

    name: str
    icon: str
    label: Promise
    prefix: str


class Link(NamedTuple):
    """A line of the menu as drawn."""

    href: str
    icon: str
    label: Promise
    here: bool


CONSOLE = (
    Item("home", "home", _("Today"), "home"),
    Item("enterprises", "building-factory-2", _("Enterprises"), "enterprise"),
)
OWN = (Item("my_enterprise", "building-factory-2", _("My enterprise"), "enterprise"),)
EVERYBODY = (
    Item("rules", "certificate", _("Policies and rules"), "rule"),
    Item("calendar", "calendar", _("Working calendar"), "calendar"),
)
IMPORTS = (Item("imports", "file-import", _("Imports"), "import"),)
FIGURES = (Item("figures", "chart-bar", _("Published figures"), "figures"),)
ADMIN = (
    Item("people", "users", _("People and units"), "people"),
    Item("audit", "shield-check", _("Audit log"), "audit"),
)


def menu(request: HttpRequest) -> list[Link]:
    """Return the lines for the user of this request."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Link(reverse(item.name), item.icon, item.label, name.startswith(item.prefix))
        for item in _items(request)
    ]


def _items(request: HttpRequest) -> tuple[Item, ...]:
    today, user = timezone.localdate(), request.user

    def allowed(
        decide: Callable[..., tuple[bool, object]], items: tuple[Item, ...]
    ) -> tuple[Item, ...]:
        return items if decide(user, today)[0] else ()

    mine = CONSOLE if may_see_console(user, today).allowed else OWN
    return (
        *mine,
        *EVERYBODY,
        *allowed(may_import, IMPORTS),
        *allowed(may_see_console, FIGURES),
        *allowed(may_administer, ADMIN),
    )
