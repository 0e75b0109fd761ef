"""Evaluations: the list, opening one, one with what is missing and its next steps."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms import evaluations as forms
from openzone.www.hands import Hand, hand
from openzone.www.views.evaluations import common
from openzone.zone.errors import Refused
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.evaluations.models import Cycle, Protest, ProtestAnswer
from openzone.zone.evaluations.selectors.data import gaps, rulings_of
from openzone.zone.evaluations.selectors.items import items_of, pack_of
from openzone.zone.evaluations.services import cells, cycles, entrants, panel
from openzone.zone.people.permissions import Decision
from openzone.zone.registry.selectors.identity import find_enterprise

Given = dict[str, Any]
UNKNOWN = Text("档案中没有企业“{name}”", "no enterprise “{name}” is on record")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the evaluations somebody may open, and their own results."""
    today = common.entered(request)
    found = permissions.visible(request.user, today).annotate(
        size=Count("entrants", distinct=True),
        waiting=Count(
            "entrants__protests", filter=Q(entrants__protests__answer=None), distinct=True
        ),
    )
    own = permissions.own_entrants(request.user, today).select_related("cycle")
    context = {
        "tabs": common.room_tabs(request, "evaluations", today),
        "cycles": found, "own": own.order_by("-cycle__year", "pk"),
        "runs": permissions.may_run(request.user, today).allowed,
        "sees_all": permissions.sees_all(request.user, today),
    }  # fmt: skip
    return render(request, "evaluations/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an evaluation."""
    who = hand(request)
    require(permissions.may_run(request.user, who.today))
    form = forms.CycleForm(posted(request))

    def do() -> str:
        made = cycles.open_cycle(**who.of("user", "now"), **form.cleaned_data)
        return reverse("evaluation", args=[made.pk])

    words = common.form_page(
        _("Open an evaluation of enterprises"), _("Open an evaluation"), common.above(),
        _("The scheme is kept as it is today."),
    )  # fmt: skip
    return answer(request, words, form, do)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation: how far it is, what is missing, what waits, what can be done."""
    found = common.cycle_of(request, pk)
    today = common.entered(request)
    sees = permissions.sees_all(request.user, today)
    pack, labels = pack_of(found), {one.name: say(one.label) for one in items_of(found)}
    own = permissions.own_columns(request.user, found, today)
    missing = gaps(found) if sees or own else {}
    every = list(found.entrants.all()) if sees else []
    context = common.framed(request, found, "evaluation", today) | {
        "pack": pack,
        "steps": _steps(request, found, today),
        "groups": _groups(found, pack),
        "columns": [(one, labels[one.item], missing.get(one.item, ())) for one in
                    found.columns.all() if sees or one.item in own],
        "rulings": [(one, r) for one in every for r in rulings_of(every).get(one.pk, ())]
        if every else [],
        "protests": _protests(request, found, today, sees=sees),
        "reviewers": found.reviewers.select_related("user") if sees else [],
        "own": permissions.own_entrants(request.user, today).filter(cycle=found),
    }  # fmt: skip
    return render(request, "evaluations/cycle.html", context)


def _groups(found: Cycle, pack: Any) -> list[tuple[Any, int]]:
    counts = dict(found.entrants.order_by().values_list("group").annotate(n=Count("pk")))
    return [(one, counts.get(one.id, 0)) for one in pack.groups]


def _protests(
    request: HttpRequest, found: Cycle, today: dt.date, *, sees: bool
) -> list[tuple[Protest, ProtestAnswer | None, bool]]:
    rows = Protest.objects.filter(entrant__cycle=found).select_related(
        "entrant__cycle", "answer", "made_by"
    )
    if not sees:
        own = permissions.own_entrants(request.user, today).order_by().values("pk")
        rows = rows.filter(entrant__in=own)
    return [
        (one, getattr(one, "answer", None), not hasattr(one, "answer")
         and permissions.may_answer(request.user, one, today).allowed)
        for one in rows
    ]  # fmt: skip


class Act(NamedTuple):
    """A step of an evaluation: when, of which kind, its form, its words, what it does."""

    states: tuple[CycleState, ...]
    form: type[forms.OfCycle]
    label: Promise
    do: Callable[[Hand, Cycle, Given], object]
    kind: CycleKind | None = None
    main: bool = False
    sub: Promise | str = ""


def _add(who: Hand, found: Cycle, given: Given) -> object:
    named = given.pop("named").strip()
    firm = find_enterprise(named) if named else None
    if named and firm is None:
        raise Refused(UNKNOWN.format(name=named), field="named")
    return entrants.add_entrant(**who.of(), cycle=found, enterprise=firm, **given)


def _column(who: Hand, found: Cycle, given: Given) -> object:
    return cycles.assign_column(**who.of(), cycle=found, **given)


def _reviewer(who: Hand, found: Cycle, given: Given) -> object:
    return panel.name_reviewer(**who.of(), cycle=found, **given)


def _gather(who: Hand, found: Cycle, given: Given) -> object:
    return cells.gather(**who.of("user", "now"), cycle=found)


def _post(who: Hand, found: Cycle, given: Given) -> object:
    return cycles.post_land(**who.of("user", "now"), cycle=found)


def _lock(who: Hand, found: Cycle, given: Given) -> object:
    return cycles.lock_data(**who.of("user", "now"), cycle=found, **given)


def _return(who: Hand, found: Cycle, given: Given) -> object:
    return cycles.return_data(**who.of("user"), cycle=found, **given)


def _publish(who: Hand, found: Cycle, given: Given) -> object:
    return cycles.publish_list(**who.of("user", "now"), cycle=found)


def _finish(who: Hand, found: Cycle, given: Given) -> object:
    return cycles.finish_cycle(**who.of("user", "now"), cycle=found)


_OPEN = (CycleState.GATHERING, CycleState.POSTED)
ACTS: Mapping[str, Act] = {
    "add": Act(_OPEN, forms.EntrantForm, gettext_lazy("Add somebody to be evaluated"), _add),
    "column": Act(_OPEN, forms.ColumnForm, gettext_lazy("Say who enters a column"), _column),
    "gather": Act(
        (CycleState.GATHERING,), forms.OfCycle, gettext_lazy("Fill in from the record"), _gather,
        CycleKind.LAND,
        sub=gettext_lazy("Empty cells only, each with its source; what a bureau entered stays."),
    ),
    "reviewer": Act(
        (CycleState.GATHERING,), forms.ReviewerForm, gettext_lazy("Name a reviewer"), _reviewer,
        CycleKind.PANEL,
    ),
    "post": Act(
        (CycleState.GATHERING,), forms.OfCycle, gettext_lazy("Post the land areas"), _post,
        CycleKind.LAND, main=True,
        sub=gettext_lazy("Those evaluated read all land areas and can object to their own."),
    ),
    "lock": Act(
        _OPEN, forms.LockForm, gettext_lazy("Lock the data"), _lock, main=True,
        sub=gettext_lazy("Done by somebody else than who opened the evaluation."),
    ),
    "return": Act(
        (CycleState.LOCKED,), forms.RemarkForm, gettext_lazy("Open the data again"), _return
    ),
    "publish": Act(
        (CycleState.LOCKED,), forms.OfCycle, gettext_lazy("Publish the preliminary list"),
        _publish, main=True,
        sub=gettext_lazy("Everybody is worked out from the locked data; they can object then."),
    ),
    "finish": Act(
        (CycleState.PUBLISHED,), forms.OfCycle, gettext_lazy("Make the list final"), _finish,
        main=True,
        sub=gettext_lazy("After the days for objections, with every objection answered."),
    ),
}  # fmt: skip


def _may(request: HttpRequest, name: str, found: Cycle, today: dt.date) -> Decision:
    if name == "lock":
        return permissions.may_lock(request.user, found, today)
    return permissions.may_run(request.user, today)


def _steps(request: HttpRequest, found: Cycle, today: dt.date) -> list[tuple[str, str, bool]]:
    return [
        (name, str(one.label), one.main)
        for name, one in ACTS.items()
        if found.state in one.states
        and one.kind in (None, found.kind)
        and not (name == "lock" and found.kind == CycleKind.LAND and found.state != "posted")
        and _may(request, name, found, today).allowed
    ]


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one step of an evaluation, or take it."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.cycle_of(request, pk), hand(request)
    require(_may(request, what, found, who.today))
    form = doing.form(found, posted(request))

    def do() -> str:
        doing.do(who, found, dict(form.cleaned_data))
        return reverse("evaluation", args=[found.pk])

    words = common.form_page(
        str(doing.label), str(doing.label), common.above(found), str(doing.sub) or found.title
    )
    return answer(request, words, form, do)
