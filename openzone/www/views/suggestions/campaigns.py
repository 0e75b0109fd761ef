"""Campaigns: the list, one with its funnel and figures, setting it up, its course."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, posted
from openzone.www.forms.suggestions import (
    CampaignForm,
    ExpertForm,
    GroupForm,
    PersonForm,
    RoundForm,
    TopicForm,
)
from openzone.www.views.exports import send
from openzone.www.views.suggestions.common import (
    Words,
    above,
    campaign_for,
    campaign_seen,
    form_page,
    inside,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export
from openzone.zone.suggestions.models import Campaign, Original
from openzone.zone.suggestions.packs import pack, soon_until
from openzone.zone.suggestions.permissions import (
    may_organise,
    may_propose,
    may_record,
    may_review,
    may_submit,
)
from openzone.zone.suggestions.selectors.listing import waiting_for_check
from openzone.zone.suggestions.selectors.metrics import Metric, funnel, metrics
from openzone.zone.suggestions.selectors.provenance import provenance
from openzone.zone.suggestions.selectors.states import counts, finals
from openzone.zone.suggestions.services import campaigns as services

LISTS = {
    "originals": "suggestion_originals",
    "members": "suggestion_members",
    "notices": "suggestion_notices",
}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the campaigns somebody may see."""
    today = timezone.localdate()
    found = Campaign.objects.annotate(
        people=Count("members", distinct=True),
        made=Count("originals", distinct=True),
        drafted=Count("finals", filter=Q(finals__dissolved_at__isnull=True), distinct=True),
    )
    if not inside(request):
        found = found.filter(members__user=request.user.pk)
    context = {"campaigns": found, "may_organise": may_organise(request.user, today).allowed}
    return render(request, "suggestions/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a campaign."""
    require(may_organise(request.user, timezone.localdate()))
    form = CampaignForm(posted(request))
    made: list[Campaign] = []

    def act() -> None:
        made.append(services.create_campaign(actor=Actor.of(request.user), **form.cleaned_data))

    words = Words(_("New campaign"), _("Prepare"), _("Now add topics, groups and a round."))
    crumbs = (Crumb(reverse("suggestions"), _("Suggestions")),)
    answer = form_page(request, words, crumbs, form, act)
    return redirect("suggestion_campaign", made[0].pk) if made else answer


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a campaign: from how many to how few, the figures, who takes part."""
    campaign, today = campaign_seen(request, pk), timezone.localdate()
    user, staff = request.user, inside(request)
    context = {
        "campaign": campaign,
        "inside": staff,
        "bars": [(bar, _there(campaign, bar.list, bar.filters)) for bar in funnel(campaign)],
        "states": _states(campaign),
        "figures": [_figure(campaign, one) for one in metrics(campaign)] if staff else [],
        "sources": provenance(finals(campaign).order_by("number")),
        "groups": _groups(campaign),
        "rounds": campaign.rounds.annotate(made=Count("originals")),
        "topics": campaign.topics.annotate(made=Count("originals")),
        "to_check": waiting_for_check(campaign).count() if staff else 0,
        "limit": pack().answer,
        "due": _due(campaign),
        "may_propose": may_propose(user, campaign).allowed,
        "may_record": may_record(user, today).allowed,
        "may_organise": may_organise(user, today).allowed,
        "may_review": may_review(user, today).allowed,
        "may_submit": may_submit(user, today).allowed,
        "may_export": may_export(user, today).allowed,
    }
    return render(request, "suggestions/campaign.html", context)


def _there(campaign: Campaign, name: str, filters: Any) -> str:
    """Return the list a number leads to."""
    if name == "finals":
        return "#finals"
    query = QueryDict(mutable=True)
    query.update(filters)
    return f"{reverse(LISTS[name], args=[campaign.pk])}?{query.urlencode()}"


def _figure(campaign: Campaign, one: Metric) -> tuple[Metric, str, str]:
    top, bottom = one.behind
    return one, _there(campaign, *top), _there(campaign, *bottom)


def _states(campaign: Campaign) -> list[tuple[str, str, int]]:
    found = counts(Original.objects.filter(campaign=campaign))
    return [(state.value, str(state.label), number) for state, number in found.items()]


def _groups(campaign: Campaign) -> list[tuple[Any, list[tuple[Metric, str, str]]]]:
    rows = campaign.groups.prefetch_related("facilitators")
    return [
        (group, [_figure(campaign, one) for one in metrics(campaign, group.pk)[:3]])
        for group in rows
    ]


def _due(campaign: Campaign) -> str:
    """Return how urgent the promised answers are, empty where nothing waits for one."""
    due = campaign.answer_due_at
    waiting = {state for state, _label, number in _states(campaign) if number}
    if due is None or not waiting & {"open", "merged"}:
        return ""
    now = timezone.now()
    if due < now:
        return "overdue"
    return "soon" if due <= soon_until(now) else "in_time"


Adding = tuple[Callable[..., forms.Form], Words, Callable[..., object]]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Add a topic, group, expert, member or round."""
    campaign = campaign_for(request, pk, may_organise)
    adding = _adding(campaign).get(what)
    if adding is None:
        raise Http404
    make, words, service = adding
    form = make(posted(request))

    def act() -> object:
        return service(actor=Actor.of(request.user), **form.cleaned_data)

    return form_page(request, words, above(campaign), form, act)


def _adding(campaign: Campaign) -> dict[str, Adding]:
    added = _("It is added.")

    def here(service: Callable[..., object]) -> Callable[..., object]:
        return lambda **given: service(campaign=campaign, **given)

    return {
        "topic": (TopicForm, Words(_("Add a topic"), _("Add"), added), here(services.add_topic)),
        "group": (GroupForm, Words(_("Add a group"), _("Add"), added), here(services.add_group)),
        "round": (
            RoundForm,
            Words(_("Record a round"), _("Record"), added),
            here(services.hold_round),
        ),
        "expert": (
            lambda data: ExpertForm(campaign, data),
            Words(_("Name an expert"), _("Add"), added),
            services.add_facilitator,
        ),
        "member": (
            lambda data: PersonForm(campaign, data),
            Words(_("Add a member"), _("Add"), added),
            services.add_member,
        ),
    }


@require_POST
def course(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Open a campaign, end its collecting, or finish it."""
    campaign, actor = campaign_for(request, pk, may_organise), Actor.of(request.user)
    steps: dict[str, Callable[[], object]] = {
        "open": lambda: services.open_campaign(actor=actor, campaign=campaign),
        "collected": lambda: services.end_collecting(
            actor=actor, campaign=campaign, now=timezone.now()
        ),
        "finish": lambda: services.finish_campaign(actor=actor, campaign=campaign),
    }
    if step not in steps:
        raise Http404
    try:
        steps[step]()
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("suggestion_campaign", campaign.pk)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the figures of a campaign, by group."""
    campaign = campaign_seen(request, pk)
    require(may_export(request.user, timezone.localdate()))
    rows: list[tuple[excel.Cell, ...]] = []
    for name, group in [(_("All"), None), *((one.name, one.pk) for one in campaign.groups.all())]:
        rows += [
            (name, say(one.label), one.numerator, one.denominator, _share(one))
            for one in metrics(campaign, group)
        ]
    headings = [_("Group"), _("Figure"), _("Numerator"), _("Denominator"), _("Quotient")]
    table = excel.Table(
        headings, rows, [campaign.title, excel.as_of_note(_today())], excel.in_example_zone()
    )
    return send(request, table, what=f"campaign:{campaign.pk}", name=campaign.title)


def _today() -> dt.date:
    return timezone.localdate()


def _share(one: Metric) -> str | None:
    if one.share is None:
        return None
    return f"{one.share:.2f}" if one.per_head else f"{one.share:.1%}"
