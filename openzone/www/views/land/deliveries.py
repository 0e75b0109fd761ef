"""Deliveries of net land: the board, one delivery, and what is done with it."""

import datetime as dt
import secrets
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.projects.landarea import mu
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import land_work as forms
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects_lists import ALL
from openzone.www.forms.records import RecordChoice
from openzone.www.hands import hand, user_of
from openzone.www.land_obstacles import opened
from openzone.www.views.exports import send
from openzone.www.views.land import common
from openzone.www.views.land.words import DELIVERIES
from openzone.zone.land.models import Delivery, HandOver
from openzone.zone.land.packs import pack
from openzone.zone.land.permissions import (
    may_keep_delivery,
    may_open,
    may_set_delivery,
    visible,
    visible_deliveries,
)
from openzone.zone.land.selectors.deliveries import (
    DeliveryState,
    Progress,
    open_blockers,
    parts_of,
    progress,
    sums,
)
from openzone.zone.land.services import deliveries as services
from openzone.zone.people.models import Unit
from openzone.zone.projects.permissions import may_list
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.registry.permissions import may_export

TEMPLATE = "projects/act.html"


class DeliveryFilter(django_forms.Form):
    """Which deliveries: of whom, due when, standing where."""

    unit = RecordChoice(
        Unit.objects.order_by("code"), label=gettext_lazy("Responsible unit"), required=False,
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    state = django_forms.ChoiceField(label=gettext_lazy("State"), required=False)
    first = DayField(label=gettext_lazy("Due from"), required=False)
    last = DayField(label=gettext_lazy("Due to"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        states = [(state.value, say(word)) for state, (word, _chip) in DELIVERIES.items()]
        self.fields["state"].choices = [ALL, *states]  # type: ignore[attr-defined]

    def rows(self, request: HttpRequest, on: dt.date) -> list[Progress]:
        """Return the deliveries asked for."""
        if not self.is_valid():
            return []
        given, found = self.cleaned_data, visible_deliveries(user_of(request), on)
        if given["unit"]:
            found = found.filter(unit=given["unit"])
        if given["first"]:
            found = found.filter(due__gte=given["first"])
        if given["last"]:
            found = found.filter(due__lte=given["last"])
        rows = progress(found, on)
        return [one for one in rows if given["state"] in ("", one.state.value)]


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show deliveries by what is due next: areas, what is in the way, how long it took."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = DeliveryFilter(request.GET)
    rows = form.rows(request, today)
    shown = Delivery.objects.filter(pk__in=[one.delivery.pk for one in rows])
    context = {
        "form": form,
        "tabs": common.tabs("deliveries"),
        "rows": [(one, *DELIVERIES[one.state]) for one in rows],
        "sums": sums(rows),
        "blockers": open_blockers(shown),
        "watch": pack().delivery,
        "may_open": may_open(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
        "late_states": (DeliveryState.LATE, DeliveryState.DONE_LATE),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "land/deliveries.html", context, status=status)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the deliveries asked for; the log notes who took them away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = DeliveryFilter(request.POST)
    rows = form.rows(request, today)
    sheet = excel.Table(
        [_("Title"), _("Project"), _("Responsible unit"), _("Set on"), _("Due on"),
         _("Area (mu)"), _("Handed over (mu)"), _("Parcels"), _("Parcels handed over"),
         _("Open obstacles"), _("Whole on"), _("State")],
        [_cells(one) for one in rows],
        [_("Net land"), excel.as_of_note(today)],
        any(one.delivery.synthetic for one in rows) or excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="deliveries", name=_("Net land"), filters=given)


def _cells(one: Progress) -> list[Any]:
    task = one.delivery
    return [
        task.title, task.project.name if task.project else None, task.unit.name, task.set_on,
        task.due, mu(one.area), mu(one.done), one.parcels, one.parcels_done, one.obstacles,
        one.done_on, say(DELIVERIES[one.state][0]),
    ]  # fmt: skip


@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a delivery: its parcels, what was handed over, what is in the way."""
    found, today = common.delivery_seen(request, pk), timezone.localdate()
    (row,) = progress(Delivery.objects.filter(pk=found.pk), today)
    context = {
        "delivery": found,
        "row": row,
        "word": DELIVERIES[row.state],
        "parts": parts_of(found),
        "edits": may_keep_delivery(request.user, found, today).allowed
        and found.ended_on is None
        and row.done_on is None,
        "days": (row.done_on - found.set_on).days if row.done_on else None,
    }
    return render(request, "land/delivery.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set the task to hand over net land."""
    who = hand(request)
    require(may_open(request.user, who.today))
    user = user_of(request)
    form = forms.DeliveryForm(
        visible(user, who.today), visible_projects(user, who.today), posted(request),
        initial={"set_on": who.today},
    )  # fmt: skip

    def do() -> str:
        given = form.cleaned_data
        require(may_set_delivery(user, given["unit"].pk, who.today))
        made = services.set_delivery(**who.of("now"), **given)
        return reverse("delivery", args=[made.pk])

    page = FormPage(
        _("Net land to be handed over"), _("Record"), _("It is recorded."),
        (*common.above_land(),), template=TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over land of a parcel, with its record."""
    part, who = common.part_kept(request, pk), hand(request)
    form = forms.HandOverForm(part, posted(request), request.FILES or None)

    def do() -> str:
        given = common.upload(dict(form.cleaned_data))
        services.hand_over(**who.of("user", "now", "today"), part=part, **given)
        return reverse("delivery", args=[part.delivery_id])

    page = FormPage(
        _("Hand over land"), _("Record"), _("It is recorded."),
        common.above_delivery(part.delivery), str(part.parcel), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is in the way of a parcel; of a project's land its reviews see it."""
    part, who = common.part_kept(request, pk), hand(request)
    form = forms.BlockForm(posted(request), initial={"request_id": secrets.token_hex(16)})

    def do() -> str:
        services.block(
            **who.of("user", "now", "today"), part=part, opener=opened, **form.cleaned_data
        )
        return reverse("delivery", args=[part.delivery_id])

    page = FormPage(
        _("Raise an obstacle"), _("Raise"), _("The obstacle is raised."),
        common.above_delivery(part.delivery), str(part.parcel), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Let a task be due on another day, or give it up."""
    known = {
        "move": (forms.MoveDueForm, _("Due on another day"), _("Move")),
        "end": (forms.GiveUpForm, _("Give the task up"), _("End the task")),
    }
    if what not in known:
        raise Http404
    form_class, heading, button = known[what]
    found, who = common.delivery_kept(request, pk), hand(request)
    form = form_class(posted(request))

    def do() -> str:
        service = services.move_due if what == "move" else services.give_up
        service(**who.of(), delivery=found, **form.cleaned_data)
        return reverse("delivery", args=[found.pk])

    page = FormPage(
        heading, button, _("It is recorded."), common.above_delivery(found), found.title, TEMPLATE
    )
    return answer(request, page, form, do)


def handover_of(request: HttpRequest, pk: int) -> HandOver:
    """Return what was handed over, to who may read the delivery."""
    found = get_object_or_404(HandOver.objects.select_related("part__delivery"), pk=pk)
    common.delivery_seen(request, found.part.delivery_id)
    return found
