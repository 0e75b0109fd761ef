"""One of those evaluated: items, formulas, rank, why, what would lift it, objections, decisions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.scoring.lifting import Lift
from openzone.engines.scoring.model import Scored
from openzone.packs.scoring import ScoringPack
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms import evaluations as forms
from openzone.www.hands import Hand, hand
from openzone.www.views.evaluations import common
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Entrant, Outcome, Protest, Ruling
from openzone.zone.evaluations.packs import pack as rules
from openzone.zone.evaluations.selectors.data import rulings_of, standing
from openzone.zone.evaluations.selectors.items import items_of, pack_of
from openzone.zone.evaluations.selectors.promises import promises_of
from openzone.zone.evaluations.selectors.results import (
    latest_run,
    lift_of,
    lines_of,
    standing_results,
)
from openzone.zone.evaluations.selectors.years import years_of
from openzone.zone.evaluations.services import entrants, protests, rulings
from openzone.zone.people.permissions import Decision

Given = dict[str, Any]


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything of one of those evaluated, to themselves and who oversees."""
    found, today = common.entrant_of(request, pk), common.entered(request)
    require(permissions.may_see_own(request.user, found, today))
    cycle = found.cycle
    pack = pack_of(cycle)
    outcome, every = _results(request, found)
    result = next((one for one in every if one.entry.id == str(found.pk)), None)
    named = common.named(pack)
    context = common.framed(request, cycle, "", today) | {
        "entrant": found,
        "pack": pack,
        "group": common.groups_of(pack).get(found.group, found.group),
        "outcome": outcome,
        "result": result,
        "class_": named(found.group, result.class_) if result else "",
        "treated": named(found.group, result.treated_as) if result and result.treated_as else "",
        "why": common.why(result) if result else None,
        "lines": lines_of(result, pack) if result else [],
        "shared": outcome.detail["shared_with"] if outcome else [],
        "lift": _lift(found, every, pack),
        "cells": _cells(found),
        "rulings": [(one, _ground(one)) for one in rulings_of([found]).get(found.pk, ())],
        "protests": [(one, getattr(one, "answer", None)) for one in
                     found.protests.select_related("answer__answered_by", "made_by")],
        "objects": permissions.may_object(request.user, found, today).allowed
        and not found.protests.filter(answer=None).exists(),
        "years": years_of(found), "promises": promises_of(found),
        "steps": _steps(request, found),
    }  # fmt: skip
    return render(request, "evaluations/entrant.html", context)


def _results(request: HttpRequest, found: Entrant) -> tuple[Outcome | None, list[Scored]]:
    """Return their published result beside everybody's; before, simulated, to who oversees."""
    cycle, today = found.cycle, common.entered(request)
    if cycle.state in permissions.SHOWN:
        outcome = Outcome.objects.get(run=latest_run(cycle), entrant=found)
        return outcome, standing_results(cycle)
    return None, standing_results(cycle) if permissions.sees_all(request.user, today) else []


class Way(NamedTuple):
    """The next class and the way there."""

    lift: Lift
    class_: str


def _lift(entrant: Entrant, every: Sequence[Scored], pack: ScoringPack) -> Way | None:
    found = lift_of(entrant, every, pack)
    return Way(found, common.named(pack)(entrant.group, found.class_)) if found else None


def _cells(found: Entrant) -> list[tuple[Any, Any, Any]]:
    cells = standing([found])
    return [
        (item, cell, item.shown(cell.value) if cell and cell.value is not None else None)
        for item in items_of(found.cycle)
        if (cell := cells.get((found.pk, item.name))) or item.scored
    ]


def _ground(one: Ruling) -> str:
    ground = rules().ground(one.ground)
    return say(ground.label.text) if ground else ""


class Act(NamedTuple):
    """A step about one of those evaluated."""

    states: tuple[CycleState, ...]
    form: type[forms.OfCycle]
    label: Promise
    do: Callable[[Hand, Entrant, Given], object]
    own: bool = False


def _place(who: Hand, found: Entrant, given: Given) -> object:
    return entrants.place_entrant(**who.of(), entrant=found, **given)


def _decide(kind: str) -> Callable[[Hand, Entrant, Given], object]:
    return lambda who, found, given: rulings.decide(
        **who.of("user", "now"), entrant=found, kind=kind, **given
    )


def _drop(who: Hand, found: Entrant, given: Given) -> object:
    return entrants.drop_entrant(**who.of(), entrant=found)


def _object(who: Hand, found: Entrant, given: Given) -> object:
    return protests.object_to(**who.of("user", "now"), entrant=found, **given)


_OPEN = (CycleState.GATHERING, CycleState.POSTED)
ACTS: Mapping[str, Act] = {
    "place": Act(_OPEN, forms.PlaceForm, gettext_lazy("Parcel, landlord and days"), _place),
    "exclude": Act(
        common.ENTERING, forms.ExcludeForm, gettext_lazy("Leave out of the evaluation"),
        _decide("exclude"),
    ),
    "veto": Act(common.ENTERING, forms.VetoForm, gettext_lazy("Veto"), _decide("veto")),
    "adjust": Act(
        common.ENTERING, forms.AdjustForm, gettext_lazy("Add or take away points"),
        _decide("adjust"),
    ),
    "drop": Act(
        (CycleState.GATHERING,), forms.OfCycle, gettext_lazy("Take out of the evaluation"), _drop
    ),
    "object": Act(
        (CycleState.POSTED, CycleState.PUBLISHED), forms.ProtestForm,
        gettext_lazy("Object"), _object, own=True,
    ),
}  # fmt: skip


def _may(request: HttpRequest, one: Act, found: Entrant) -> Decision:
    today = common.entered(request)
    if one.own:
        return permissions.may_object(request.user, found, today)
    return permissions.may_run(request.user, today)


def _steps(request: HttpRequest, found: Entrant) -> list[tuple[str, str]]:
    return [
        (name, str(one.label))
        for name, one in ACTS.items()
        if not one.own and found.cycle.state in one.states and _may(request, one, found).allowed
    ]


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one step about somebody, or take it."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.entrant_of(request, pk), hand(request)
    require(_may(request, doing, found))
    initial = {name: getattr(found, name, None) for name in forms.PlaceForm.base_fields}
    form = doing.form(found.cycle, posted(request), initial=initial if what == "place" else None)

    def do() -> str:
        doing.do(who, found, dict(form.cleaned_data))
        if what == "drop":
            return reverse("evaluation", args=[found.cycle_id])
        return reverse("evaluation_entrant", args=[found.pk])

    crumbs = common.above(found.cycle, found)
    words = common.form_page(str(doing.label), str(doing.label), crumbs, found.name)
    return answer(request, words, form, do)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a decision about somebody."""
    ruling = get_object_or_404(Ruling.objects.select_related("entrant__cycle"), pk=pk)
    who, found = hand(request), common.entrant_of(request, ruling.entrant_id)
    require(permissions.may_run(request.user, who.today))
    form = forms.DocumentForm(found.cycle, posted(request))

    def do() -> str:
        rulings.lift_ruling(**who.of("user", "now"), ruling=ruling, **form.cleaned_data)
        return reverse("evaluation_entrant", args=[found.pk])

    words = common.form_page(
        _("Lift the decision"), _("Lift the decision"), common.above(found.cycle, found),
        f"{ruling.get_kind_display()} {_ground(ruling)} {ruling.document}",
    )  # fmt: skip
    return answer(request, words, form, do)


@require_http_methods(["GET", "POST"])
def protest(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection, as a third."""
    rows = Protest.objects.select_related("entrant__cycle", "outcome__run__cycle", "made_by")
    found, who = get_object_or_404(rows, pk=pk), hand(request)
    common.entrant_of(request, found.entrant_id)
    require(permissions.may_answer(request.user, found, who.today))
    form = forms.AnswerProtestForm(posted(request))

    def do() -> str:
        protests.answer(**who.of("user", "now"), protest=found, **form.cleaned_data)
        return reverse("evaluation_entrant", args=[found.entrant_id])

    words = common.form_page(
        _("Answer the objection"), _("Answer the objection"),
        common.above(found.entrant.cycle, found.entrant),
        f"{found.entrant.name}：{found.text}",
    )  # fmt: skip
    return answer(request, words, form, do)
