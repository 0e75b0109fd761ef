"""What the pages of visits share."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.packs import pack
from openzone.zone.visits.permissions import may_keep_network, may_visit
from openzone.zone.visits.selectors.due import Line
from openzone.zone.visits.selectors.network import Cover, Holder, Network


def person(request: HttpRequest) -> User:
    """Return who is logged in; the pages of this area need a login."""
    return cast(User, request.user)


def visitor(request: HttpRequest) -> User:
    """Return somebody who may go on visits, or answer 403 with the reason."""
    require(may_visit(request.user, timezone.localdate()))
    return person(request)


def keeper(request: HttpRequest) -> Actor:
    """Return somebody who keeps the network, or answer 403 with the reason."""
    require(may_keep_network(request.user, timezone.localdate()))
    return Actor.of(request.user)


def above() -> tuple[Crumb, ...]:
    """Return the way back to the overview."""
    return (Crumb(reverse("visits"), _("Visits")),)


class Row(NamedTuple):
    """An enterprise with who looks after it, as lists show it."""

    enterprise: Enterprise
    sponsor: str
    officer: str
    grid: str
    grid_officer: str
    line: Line | None


class Names:
    """The names of people and places, read once for a page."""

    def __init__(self, network: Network, covers: Iterable[Cover]) -> None:
        self.network = network
        wanted = {
            holder.user
            for cover in covers
            for holder in (cover.sponsor, cover.officer)
            if holder and holder.user
        }
        self.users: Mapping[int, User] = User.objects.in_bulk(wanted)

    def of(self, holder: Holder | None) -> str:
        """Write who somebody is; nothing where there is nobody."""
        if holder is None:
            return ""
        return str(self.users[holder.user]) if holder.user else holder.name

    def grid(self, grid: int | None) -> str:
        """Write the name of a grid."""
        return self.network.places[grid].name if grid is not None else ""

    def grid_officer(self, cover: Cover) -> str:
        """Write who the officer of the grid is."""
        posts = self.network.posts.get(cover.grid, ()) if cover.grid is not None else ()
        return "、".join(str(post.user) for post in posts)


def rows(
    network: Network, covers: Iterable[Cover], lines: Mapping[int, Line] | None = None
) -> list[Row]:
    """Return the lines of a list of enterprises."""
    chosen = list(covers)
    firms = Enterprise.objects.defer("search_text").in_bulk([one.enterprise for one in chosen])
    names, known = Names(network, chosen), lines or {}
    return [
        Row(
            firms[cover.enterprise],
            names.of(cover.sponsor),
            names.of(cover.officer),
            names.grid(cover.grid),
            names.grid_officer(cover),
            known.get(cover.enterprise),
        )
        for cover in chosen
    ]


class _Words(dict[str, str]):
    """Words by short name; one that left the pack keeps its name."""

    def __missing__(self, name: str) -> str:
        return name


def topic_words() -> Mapping[str, str]:
    """Return what findings are about, in the reader's language."""
    return _Words((one.id, say(one.title.text)) for one in pack().topics)
