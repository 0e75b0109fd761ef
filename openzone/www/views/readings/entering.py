"""Accepted facts into the record: a batch of figures, files of enterprises, beside projects."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.engines.text import Text
from openzone.www import readings as shown
from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.formats import say
from openzone.www.hands import Hand, hand
from openzone.www.views.readings import common
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.permissions import may_enter, may_keep_entities
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.readings.linking import entities_named, firm_of
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.selectors.listing import to_enter
from openzone.zone.readings.services import entering
from openzone.zone.registry.permissions import may_correct

NO_ENTITY = Text("请选择“{subject}”是哪个统计对象", "say whose figures those of “{subject}” are")


class Line(NamedTuple):
    """An accepted fact, and why it cannot go there."""

    card: shown.Card
    fault: str


class Subject(NamedTuple):
    """Facts of one subject, and whose figures they would be."""

    name: str
    field: str
    entity: Entity | None
    lines: list[shown.Card]


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where accepted facts can go, and hand over those that are ticked."""
    today = common.reading(request)
    page, who = common.read_page_at(pk), hand(request)
    problem = ""
    if request.method == "POST":
        try:
            return redirect(_handed(request, page, who))
        except Refused as refusal:
            problem = say(refusal.reason)
    context = common.framed(request, "readings", today) | _offered(page) | {
        "page": page,
        "problem": problem,
        "may_enter": may_enter(request.user, today),
        "may_keep": may_keep_entities(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "readings/enter.html", context, status=400 if problem else 200)


def _offered(page: Page) -> dict[str, Any]:
    """Return the facts by where they can go, and those that can go nowhere yet with the reason."""
    facts = list(to_enter(page))
    cards = {one.judged.pk: one for one in shown.cards(page, facts, shown.numbered(page))}
    figures = [one for one in facts if not _of_firm(page, one) and not entering.no_figure(one)]
    files = [one for one in facts if not entering.no_file(one)]
    beside = [one for one in facts if not entering.no_record(one)]
    placed = {one.pk for one in (*figures, *files, *beside)}
    return {
        "subjects": _subjects(figures, cards),
        "files": [cards[one.pk] for one in files],
        "beside": [cards[one.pk] for one in beside],
        "others": [Line(cards[one.pk], _why(page, one)) for one in facts if one.pk not in placed],
        "entities": Entity.objects.exclude(kind=EntityKind.ENTERPRISE),
    }


def _subjects(facts: list[JudgedFact], cards: Mapping[int, shown.Card]) -> list[Subject]:
    named = entities_named(one.subject for one in facts)
    by: dict[str, list[shown.Card]] = {}
    for one in facts:
        by.setdefault(one.subject, []).append(cards[one.pk])
    return [
        Subject(name, f"entity_{n}", named.get(name), lines)
        for n, (name, lines) in enumerate(sorted(by.items()))
    ]


def _of_firm(page: Page, one: JudgedFact) -> bool:
    """Whether a fact speaks of a single firm, whose figures are confidential."""
    return one.type == "enterprise" or firm_of(one, page) is not None


def _why(page: Page, one: JudgedFact) -> str:
    fault = entering.no_file(one) if _of_firm(page, one) else entering.no_figure(one)
    return say(fault or entering.NO_RECORD)


def _handed(request: HttpRequest, page: Page, who: Hand) -> str:
    what = request.POST.get("what", "")
    if what not in _DO:
        raise Http404
    facts = [int(one) for one in request.POST.getlist("fact") if is_record_number(one)]
    return _DO[what](request, page, who, facts)


def _figures(request: HttpRequest, page: Page, who: Hand, facts: list[int]) -> str:
    require(may_enter(request.user, who.today))
    sent = entering.enter_figures(
        **who.of("user", "now"), page=page, chosen=_chosen(request, page, facts)
    )
    if sent.left is None:
        messages.success(request, _("The batch was submitted; another person approves it."))
    else:
        messages.warning(request, say(sent.left))
    return reverse("figure_batch", args=[sent.batch.pk])


def _chosen(request: HttpRequest, page: Page, facts: list[int]) -> dict[int, Entity]:
    """Return whose figures the ticked facts are, as chosen beside their subject."""
    entities = {str(one.pk): one for one in Entity.objects.exclude(kind=EntityKind.ENTERPRISE)}
    chosen = {}
    for subject in _offered(page)["subjects"]:
        for card in subject.lines:
            if card.judged.pk in facts:
                entity = entities.get(request.POST.get(subject.field, ""))
                if entity is None:
                    raise Refused(NO_ENTITY.format(subject=subject.name), field=subject.field)
                chosen[card.judged.pk] = entity
    return chosen


def _files(request: HttpRequest, page: Page, who: Hand, facts: list[int]) -> str:
    for one in to_enter(page).filter(pk__in=facts):
        if one.enterprise is not None:
            require(may_correct(request.user, one.enterprise, who.today))
    n = entering.enter_enterprise(**who.of("user", "now", "today"), page=page, facts=facts)
    messages.success(request, _("Stated in the files of enterprises: %(n)s.") % {"n": n})
    return reverse("reading_enter", args=[page.pk])


def _beside(request: HttpRequest, page: Page, who: Hand, facts: list[int]) -> str:
    n = entering.keep_beside(**who.of("user", "now"), page=page, facts=facts)
    messages.success(request, _("Kept with projects and policies: %(n)s.") % {"n": n})
    return reverse("reading_enter", args=[page.pk])


def _peer(request: HttpRequest, page: Page, who: Hand, _facts: list[int]) -> str:
    """Add a zone that is only written about as a place to compare with."""
    require(may_keep_entities(request.user, who.today))
    name = request.POST.get("name", "")[:200]
    if not to_enter(page).filter(subject=name).exists():
        raise Http404
    add_entity(**who.of(), kind=EntityKind.PEER, name=name, synthetic=page.synthetic)
    messages.success(request, _("Added as a place to compare with: %(name)s.") % {"name": name})
    return reverse("reading_enter", args=[page.pk])


_DO: Mapping[str, Callable[[HttpRequest, Page, Hand, list[int]], str]] = {
    "figures": _figures, "files": _files, "beside": _beside, "peer": _peer,
}  # fmt: skip
