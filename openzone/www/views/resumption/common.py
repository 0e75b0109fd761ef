"""What pages of resumption share."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage
from openzone.www.forms.resumption import DayForm
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.resumption.models import Member, Season
from openzone.zone.resumption.packs import class_label, kind_label
from openzone.zone.resumption.permissions import may_keep, may_list, may_look, may_see
from openzone.zone.resumption.selectors.days import last_day

TEMPLATE = "promotion_field/act.html"


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever opens resumption at all."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    return today


def looked(request: HttpRequest) -> dt.date:
    """Return today, for whoever reads seasons."""
    today = timezone.localdate()
    require(may_look(request.user, today))
    return today


def season_of(request: HttpRequest, pk: int) -> Season:
    """Return a season, for whoever reads seasons."""
    looked(request)
    return get_object_or_404(Season, pk=pk)


def member_of(request: HttpRequest, pk: int) -> Member:
    """Return a member the person may read."""
    today = entered(request)
    rows = Member.objects.select_related("season", "enterprise", "project__enterprise")
    found = get_object_or_404(rows.prefetch_related("memberships"), pk=pk)
    require(may_see(request.user, found, today))
    return found


def framed(request: HttpRequest, here: str, today: dt.date, season: Season | None = None) -> Any:
    """Return what stands on every page."""
    return {
        "tabs": tabs(request, here, today, season),
        "season": season,
        "kind": say(kind_label(season.kind)) if season else "",
        "keeps": may_keep(request.user, today).allowed,
        "speaks": spoken_for(request.user, today).exists(),
        "may_export": may_export(request.user, today).allowed,
        "today": today,
    }


def tabs(
    request: HttpRequest, here: str, today: dt.date, season: Season | None
) -> list[tuple[str, str, bool]]:
    """Return the pages somebody may open."""
    found: list[tuple[str, str, bool]] = []
    if spoken_for(request.user, today).exists():
        found.append((reverse("resumption_mine"), _("Our reports"), here == "resumption_mine"))
    if not may_look(request.user, today).allowed:
        return found
    found.append((reverse("resumption"), _("Seasons"), here == "resumption"))
    if season is not None:
        names = {
            "resumption_season": _("Daily page"), "resumption_trend": _("Trend"),
            "resumption_roster": _("Roster of resumption"), "resumption_blockers": _("Blockers"),
            "resumption_inspections": _("Inspections"),
        }  # fmt: skip
        found += [(reverse(name, args=[season.pk]), label, name == here)
                  for name, label in names.items()]  # fmt: skip
    return found


def asked_day(form: DayForm, season: Season, today: dt.date) -> dt.date:
    """Return the day asked for within the season, else the latest there is; 404: it is no day."""
    if not form.is_valid():
        raise Http404
    last, on = last_day(season, today), form.cleaned_data.get("on")
    return max(season.first_on, min(on, last)) if on else last


def classes_of(member: Member) -> list[tuple[str, Any]]:
    """Return the places of a member with what their class is called."""
    return [(say(class_label(one.klass)), one) for one in member.memberships.all()]


def above(season: Season | None = None, member: Member | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = [Crumb(reverse("resumption"), _("Resumption of work"))]
    if season is not None:
        crumbs.append(Crumb(reverse("resumption_season", args=[season.pk]), season.title))
    if member is not None:
        crumbs.append(Crumb(reverse("resumption_member", args=[member.pk]), member.name))
    return tuple(crumbs)


def page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, TEMPLATE)


def label_of(klass: str) -> str:
    """Return what a class is called; the empty one is everybody."""
    return say(class_label(klass)) if klass else _("All")


def named(klasses: list[str]) -> list[tuple[str, str]]:
    """Return classes with what they are called."""
    return [(one, label_of(one)) for one in klasses]
