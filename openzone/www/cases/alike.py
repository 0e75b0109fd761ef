"""Open cases similar to what somebody writes, told without giving anybody away.

Who asks sees their own cases by name. Of others' they see only the passages both texts have,
which they wrote themselves, and how far that case is.
"""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from openzone.www.cases.asking import Moment
from openzone.www.cases.words import stage_word
from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.similar import Alike as Found
from openzone.zone.cases.selectors.similar import similar
from openzone.zone.cases.selectors.visible import asked_by, visible
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console

SHOWN, LONGEST = 4, 4000


class Alike(NamedTuple):
    """A similar open case, with a link where the reader may open it."""

    title: str
    note: str
    href: str


def alike_for(
    visitor: User | AnonymousUser, kind: str, text: str, topic: str, now: Moment
) -> list[Alike]:
    """Return the open cases of a type that are most like a text, the likest first."""
    best = similar(kind, text.strip()[:LONGEST], topic=topic, most=SHOWN)
    if not best:
        return []
    pages = _pages(visitor, Case.objects.filter(pk__in=[one.case.pk for one in best]), now)
    return [_told(one, pages) for one in best]


def _pages(visitor: User | AnonymousUser, found: "QuerySet[Case]", now: Moment) -> dict[int, str]:
    """Return the page of each case the visitor may open."""
    if not isinstance(visitor, User):
        return {}
    if may_see_console(visitor, now.day).allowed:
        seen = visible(visitor, now.day).filter(pk__in=found)
        return {pk: reverse("case", args=[pk]) for pk in seen.values_list("pk", flat=True)}
    own = found.filter(asked_by(visitor, now.day))
    return {pk: reverse("matter", args=[pk]) for pk in own.values_list("pk", flat=True)}


def _told(one: Found, pages: dict[int, str]) -> Alike:
    case = one.case
    href = pages.get(case.pk, "")
    note = f"{stage_word(case, public=True)} · {case.opened_at:%Y-%m-%d}"
    if href:
        return Alike(case.title, f"{case.number} · {note}", href)
    shared = "、".join(f"“{passage}”" for passage in one.likeness.shared)
    said = gettext("An open matter that also says %(shared)s") % {"shared": shared}
    return Alike(said if shared else gettext("A similar open matter"), note, "")
