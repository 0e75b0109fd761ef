"""My desk: what needs me now, in the order of what hurts next."""

from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from openzone.www.access import require_console
from openzone.www.cases.asking import moment
from openzone.www.desk.groups import groups
from openzone.www.desk.lines import everything
from openzone.www.hands import user_of
from openzone.zone.cases.models import SavedFilter
from openzone.zone.cases.packs import notifications
from openzone.zone.cases.selectors.notifications import unread
from openzone.zone.people.models import User
from openzone.zone.redemption.selectors.desk import desk as redemption_desk

SHOWN = 50


@require_GET
def my_desk(request: HttpRequest) -> HttpResponse:
    """Show somebody of the zone what waits for them, by area; ``area`` shows one area whole."""
    require_console(request)
    now, user = moment(), user_of(request)
    found = groups(everything(user, now, SHOWN))
    asked = next((one for one in found if one.key == request.GET.get("area")), None)
    rule = notifications().desk
    context = {
        "groups": [asked] if asked else found,
        "areas": found,
        "asked": asked,
        "each": rule.each,
        "aged_days": rule.aged_days,
        "most": SHOWN,
        "applications": len(list(redemption_desk(user, now.day))),
        "unread": unread(user),
        "saved": saved_lists(user),
    }
    return render(request, "cases/desk.html", context)


class SavedList(NamedTuple):
    """A saved list as a link."""

    pk: int
    name: str
    query: str
    own: bool


def saved_lists(user: User) -> list[SavedList]:
    """Return somebody's saved lists, and those colleagues share."""
    kept = SavedFilter.objects.filter(Q(user=user) | Q(shared=True))
    return [
        SavedList(one.pk, one.name, urlencode(one.chosen), one.user_id == user.pk) for one in kept
    ]
