"""The page of a parcel: what it is, what happened to it, what was promised with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.projects.landarea import AreaUnit, in_unit, plot_ratio
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.land import EditParcelForm, NewParcelForm
from openzone.www.hands import hand, user_of
from openzone.www.views.land import common
from openzone.www.views.land.drawing import outline
from openzone.www.views.land.words import IDLE, LIGHTS
from openzone.zone.audit.models import Event
from openzone.zone.land.enums import ParcelState, StandardState
from openzone.zone.land.models import Parcel, StandardLand
from openzone.zone.land.packs import pack
from openzone.zone.land.permissions import may_keep, may_open
from openzone.zone.land.selectors.sites import idleness_of, with_sites
from openzone.zone.land.selectors.standards import lines, loaded
from openzone.zone.land.services.parcels import change_parcel, create_parcel
from openzone.zone.people.permissions import may_administer
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.selectors.listing import visible as visible_projects

TEMPLATE = "projects/act.html"


@require_GET
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a parcel."""
    found, today = common.seen(request, pk), timezone.localdate()
    contracts = list(with_sites(found.contracts.order_by("-signed_on", "-pk")))
    running = next((one for one in contracts if one.ended_on is None), None)
    idle = idleness_of(running, today) if running else None
    standards = [(one, _promised(one)) for one in loaded(StandardLand.objects.filter(parcel=found))]
    context = {
        "parcel": found,
        "edits": may_keep(request.user, found, today).allowed,
        "described": _described(found),
        "outline": outline([found]),
        "log": found.log.select_related("by").order_by("-seq"),
        "sales": found.sales.select_related("buyer").order_by("-announced_on", "-pk"),
        "contracts": contracts,
        "running": running,
        "idle": (idle, *IDLE[idle.state]) if idle else None,
        "idle_rule": pack().idle,
        "links": _links(request, found),
        "parts": found.delivery_parts.select_related("delivery").order_by("delivery__due"),
        "standards": standards,
        "drafting": not any(one.state != StandardState.ENDED for one, _lines in standards),
        "offer": found.sales.filter(outcome="").first(),
        "sold": found.state not in (ParcelState.PLANNED, ParcelState.CLEARED, ParcelState.LISTED),
        "events": Event.objects.filter(subject=f"parcel:{found.pk}").order_by("-seq")[:20],
        "sees_audit": may_administer(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "land/parcel.html", context)


def _promised(one: StandardLand) -> list[tuple[Any, ...]]:
    return [(line, *LIGHTS[line.light]) for line in lines(one)]


def _described(found: Parcel) -> dict[str, Any]:
    use, tenure = pack().use(found.use), pack().tenure(found.tenure)
    conditions = [(one, found.conditions[one.id]) for one in pack().conditions
                  if one.id in found.conditions]  # fmt: skip
    return {
        "use": say(use.label.text) if use else found.use,
        "tenure": say(tenure.label.text) if tenure else found.tenure,
        "conditions": conditions,
        "hectares": in_unit(found.area_m2, AreaUnit.HECTARE, 4),
    }


def _links(request: HttpRequest, found: Parcel) -> list[tuple[Any, ...]]:
    """Return the projects on a parcel; one somebody may not see is told without a link."""
    rows = list(found.links.select_related("project"))
    mine = visible_projects(user_of(request), timezone.localdate())
    seen = set(mine.filter(pk__in=[one.project_id for one in rows]).values_list("pk", flat=True))
    return [(one, plot_ratio(one.floor_m2, one.area_m2), one.project_id in seen) for one in rows]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring a parcel into the record."""
    who = hand(request)
    require(may_open(request.user, who.today))
    post = memberships_of(request.user, who.today).order_by("pk").first()
    form = NewParcelForm(posted(request), initial={"unit": post.unit.code} if post else {})

    def do() -> str:
        number = form.cleaned_data["number"]
        return common.page_of(create_parcel(**who.of("now"), number=number, **form.described()))

    page = FormPage(
        _("New parcel"), _("Record"), _("The parcel is on record."), common.above_land(),
        template=TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a parcel anew."""
    found, who = common.kept(request, pk), hand(request)
    form = EditParcelForm(found, posted(request))

    def do() -> str:
        return common.page_of(change_parcel(**who.of(), parcel=found, **form.described()))

    page = FormPage(
        _("Describe the parcel"), _("Save"), _("It is recorded."), common.above(found),
        str(found), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)
