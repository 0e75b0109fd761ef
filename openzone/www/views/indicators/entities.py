"""Subjects of figures, and what counts where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formpage import Crumb, answer, posted
from openzone.www.forms.indicators import (
    AttributionForm,
    EndForm,
    EntityChangeForm,
    EntityForm,
)
from openzone.www.forms.records import offer
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.indicators import common
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Attribution, Entity
from openzone.zone.indicators.permissions import may_keep_entities, visible
from openzone.zone.indicators.selectors.listing import Asked, lines, narrowed, pairs
from openzone.zone.indicators.services import entities as services
from openzone.zone.people.models import Unit
from openzone.zone.people.permissions import may_see_console
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise

NO_FIRM = Text("档案中没有企业“{name}”", "no enterprise “{name}” is on record")
PLACES = (EntityKind.PARK, EntityKind.DIVISION, EntityKind.ZONE)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the subjects somebody may read."""
    today = common.entered(request)
    require(may_see_console(request.user, today))
    kind = request.GET.get("kind", "")
    found = visible(request.user, today).select_related("parent", "enterprise", "unit")
    if kind in EntityKind.values:
        found = found.filter(kind=kind)
    context = common.framed(request, today) | {
        "page": page_of(request, found), "kinds": EntityKind.choices, "kind": kind,
        "keeps": may_keep_entities(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "indicators/entities.html", context)


@require_GET
def entity(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a subject: its series, what counts in it and where it counts."""
    found, today = common.entity_of(request, pk), common.entered(request)
    mine = visible(request.user, today)
    rows = pairs(narrowed(Asked(entity=str(found.pk)), mine))
    context = common.framed(request, today) | {
        "entity": found,
        "keeps": may_keep_entities(request.user, today).allowed,
        "lines": [
            (one, common.indicator_label(one.indicator), common.written(one.last),
             common.growth_of(one.last))
            for one in lines(rows)
        ],
        "attributions": found.attributions.select_related("to"),
        "attributed": found.attributed.filter(entity__in=mine.order_by().values("pk"))
        .select_related("entity"),
        "children": mine.filter(parent=found),
    }  # fmt: skip
    return render(request, "indicators/entity.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a subject."""
    today = common.entered(request)
    require(may_keep_entities(request.user, today))
    form, who = EntityForm(posted(request)), hand(request)
    offer(form, "parent", visible(request.user, today))
    offer(form, "unit", Unit.objects.all())

    def do() -> str:
        given = {**form.cleaned_data, "enterprise": _firm(form.cleaned_data["enterprise"])}
        made = services.add_entity(**who.of(), **given)
        return reverse("figure_entity", args=[made.pk])

    crumbs = common.above(Crumb(reverse("figure_entities"), _("Subjects")))
    return answer(request, common.page(_("Add a subject"), _("Add"), crumbs), form, do)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a subject anew."""
    found, who = common.entity_of(request, pk), hand(request)
    require(may_keep_entities(request.user, who.today))
    initial = {name: getattr(found, name) for name in ("name", "code", "valid_to")}
    initial |= {"parent": found.parent_id, "unit": found.unit_id}
    form = EntityChangeForm(posted(request), initial=initial)
    offer(form, "parent", visible(request.user, who.today).exclude(pk=found.pk))
    offer(form, "unit", Unit.objects.all())

    def do() -> str:
        services.change_entity(**who.of(), entity=found, **form.cleaned_data)
        return reverse("figure_entity", args=[found.pk])

    return answer(request, common.page(_("Change the subject"), _("Save"), _above(found)), form, do)


@require_http_methods(["GET", "POST"])
def attribute(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what share of a subject counts where."""
    found, who = common.entity_of(request, pk), hand(request)
    require(may_keep_entities(request.user, who.today))
    form = AttributionForm(posted(request))
    offer(form, "to", Entity.objects.filter(kind__in=PLACES).exclude(pk=found.pk))

    def do() -> str:
        services.attribute(**who.of(), entity=found, **form.cleaned_data)
        return reverse("figure_entity", args=[found.pk])

    sub = _("The two keys know nothing of each other; shares by one key come to 1 at most.")
    words = common.page(_("Say where it counts"), _("Save"), _above(found), sub)
    return answer(request, words, form, do)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an attribution."""
    today = common.entered(request)
    require(may_keep_entities(request.user, today))
    found = get_object_or_404(Attribution.objects.select_related("entity", "to"), pk=pk)
    who, form = hand(request), EndForm(posted(request))

    def do() -> str:
        services.end_attribution(**who.of(), attribution=found, **form.cleaned_data)
        return reverse("figure_entity", args=[found.entity_id])

    words = common.page(_("End the attribution"), _("End"), _above(found.entity))
    return answer(request, words, form, do)


def _firm(name: str) -> Enterprise | None:
    if not name.strip():
        return None
    found = find_enterprise(name)
    if found is None:
        raise Refused(NO_FIRM.format(name=name.strip()[:60]), field="enterprise")
    return found


def _above(entity: Entity) -> tuple[Crumb, ...]:
    return common.above(Crumb(reverse("figure_entity", args=[entity.pk]), entity.name))
