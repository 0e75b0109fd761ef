"""The register of sections: the list, one with its targets, chiefs and trend, what changes it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.engines.water.classes import Body, Item
from openzone.engines.water.quarters import quarters
from openzone.www import chain_pictures
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.waters import ChiefForm, CloseSectionForm, SectionForm, TargetForm
from openzone.www.hands import Hand, hand
from openzone.www.views.waters import common
from openzone.www.views.waters.overview import grid
from openzone.www.waters.pictures import trend
from openzone.www.waters.said import items_for, level_label
from openzone.zone.waters.enums import CampaignState
from openzone.zone.waters.models import Campaign, Section
from openzone.zone.waters.permissions import may_act, may_keep, may_keep_section
from openzone.zone.waters.selectors.compliance import compliance, quarters_until
from openzone.zone.waters.selectors.register import chiefs_on, sections
from openzone.zone.waters.selectors.standing import standings, target_on
from openzone.zone.waters.services import register

QUARTERS = 12


@require_http_methods(["GET"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the sections with their targets and chiefs of today."""
    today = common.entered(request)
    rows = [
        (one, level_label(target_on(one, today)), chiefs_on(one, today))
        for one in sections(request.user, today)
    ]
    context = common.framed(request, "water_sections", today) | {"rows": rows}
    return render(request, "waters/sections.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a section."""
    today = common.entered(request)
    require(may_keep(request.user, today))
    who, form = hand(request), SectionForm(posted(request))

    def do() -> str:
        given = form.cleaned_data
        require(may_act(who.user, (given["one"], given["other"]), today))
        made = register.add_section(**who.of("now"), **given)
        return reverse("water_section", args=[made.pk])

    crumbs = common.above(_("Sections"), reverse("water_sections"))
    return answer(request, common.page(_("New section"), _("Save"), crumbs), form, do)


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a section: what held when, its quarters, and one item over time with its limits."""
    found, today = common.section_of(request, pk), timezone.localdate()
    items = items_for(Body(found.water.body))
    item = _item(request, items)
    picture = _trend(found, item)
    if file := chain_pictures.exported(request, picture):
        return file
    rows = compliance(today, sections=Section.objects.filter(pk=found.pk))
    context = common.framed(request, "water_sections", today) | {
        "section": found, "picture": picture, "item": item.id,
        "items": [(one.id, say(one.label)) for one in items],
        "targets": [(one, level_label(one.level)) for one in reversed(found.targets.all())],
        "chiefs": list(reversed(found.chiefs.all())), "rows": grid(rows),
        "quarters": quarters_until(today)[::-1],
        "changes": may_keep_section(request.user, found, today).allowed,
    }  # fmt: skip
    return render(request, "waters/section.html", context)


def _item(request: HttpRequest, items: list[Item]) -> Item:
    asked = request.GET.get("item", "ammonia")
    found = next((one for one in items if one.id == asked), None)
    if found is None:
        raise Http404
    return found


def _trend(found: Section, item: Item) -> Any:
    """Return the picture of what both sides may see: campaigns whose figures are open."""
    today = timezone.localdate()
    wanted = quarters_until(today, QUARTERS)
    rows = Campaign.objects.filter(
        planned__section=found, quarter__in=[str(one) for one in wanted]
    ).exclude(state=CampaignState.CANCELLED)
    held = {
        standing.campaign.of_quarter: result
        for standing in standings(rows, today)
        if standing.revealed
        for result in standing.results
        if result.planned.section_id == found.pk
    }
    spans = quarters(min(held), max(held)) if held else ()
    results = [(one, held.get(one)) for one in spans]
    return trend(found, item, results, common.source(today, synthetic=found.synthetic))


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Set a target, name a chief, or close a section."""
    found, who = common.section_of(request, pk), hand(request)
    require(may_keep_section(request.user, found, who.today))
    acts = {"target": _target, "chief": _chief, "close": _close}
    if what not in acts:
        raise Http404
    return acts[what](request, found, who)


def _target(request: HttpRequest, found: Section, who: Hand) -> HttpResponse:
    form = TargetForm(posted(request), initial={"valid_from": who.today})

    def do() -> str:
        register.set_target(**who.of("now"), section=found, **form.cleaned_data)
        return reverse("water_section", args=[found.pk])

    return answer(request, common.page(_("New target"), _("Save"), _above(found)), form, do)


def _chief(request: HttpRequest, found: Section, who: Hand) -> HttpResponse:
    form = ChiefForm(posted(request), initial={"valid_from": who.today})
    form.offer(found.sides)

    def do() -> str:
        register.name_chief(**who.of("now"), section=found, **form.cleaned_data)
        return reverse("water_section", args=[found.pk])

    return answer(request, common.page(_("Name a river chief"), _("Save"), _above(found)), form, do)


def _close(request: HttpRequest, found: Section, who: Hand) -> HttpResponse:
    form = CloseSectionForm(posted(request), initial={"valid_to": who.today})

    def do() -> str:
        register.close_section(**who.of(), section=found, **form.cleaned_data)
        return reverse("water_section", args=[found.pk])

    return answer(request, common.page(_("Close the section"), _("Close"), _above(found)), form, do)


def _above(found: Section) -> Any:
    return common.above(str(found), reverse("water_section", args=[found.pk]))
