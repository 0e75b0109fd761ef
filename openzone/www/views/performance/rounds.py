"""Evaluations: the list, one of them with its steps, a score with its formulas, objections."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import performance as forms
from openzone.www.hands import Hand, hand, user_of
from openzone.www.views.performance import common
from openzone.www.views.performance.drawing import brings, label_of, projects_by_number
from openzone.zone.people.permissions import Decision
from openzone.zone.performance.enums import RoundState
from openzone.zone.performance.models import Participant, Round
from openzone.zone.performance.permissions import (
    is_own,
    may_confirm,
    may_list,
    may_manage,
    may_object,
    may_reply,
    may_see_score,
    oversees,
)
from openzone.zone.performance.selectors import scores as selectors
from openzone.zone.performance.selectors.scores import Placed, Worked, scheme_of
from openzone.zone.performance.services import objections
from openzone.zone.performance.services import rounds as services

Given = dict[str, Any]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the evaluations somebody may open, and their own."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    context = {
        "tabs": common.tabs("rounds"),
        "rounds": selectors.visible_rounds(request.user, today),
        "own": selectors.own(request.user, today).order_by("-round__on", "-pk"),
        "may_manage": may_manage(request.user, today).allowed,
    }
    return render(request, "performance/rounds.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an evaluation."""
    who = hand(request)
    require(may_manage(request.user, who.today))
    form = forms.RoundForm(posted(request))

    def do() -> str:
        made = services.open_round(**who.of("user", "now", "today"), **form.cleaned_data)
        return reverse("round", args=[made.pk])

    page = FormPage(
        _("Open an evaluation"), _("Open an evaluation"), _("It is recorded."),
        common.above_round(), "", common.FORM,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation; the scores of everybody only when asked for, which is noted."""
    found, today = common.round_seen(request, pk), timezone.localdate()
    every = selectors.participants(found)
    shown = request.method == "POST"
    if shown:
        require(overseer(request, today))
        services.log_scores_read(actor=hand(request).actor, found=found, whose="all")
    seen = [one for one in every if may_see_score(request.user, one, today).allowed]
    context = {
        "round": found,
        "scheme": scheme_of(found),
        "labels": [(one, label_of(one.indicator)) for one in scheme_of(found).lines],
        "participants": [(one, post_of(one)) for one in seen],
        "count": len(every),
        "placed": [(one, post_of(one.participant)) for one in by_place(found, every)]
        if shown else [],
        "shown": shown,
        "oversees": oversees(request.user, today),
        "steps": _steps(request, found, today),
        "waiting": selectors.open_objections(found).count(),
    }  # fmt: skip
    return render(request, "performance/round.html", context)


def by_place(found: Round, every: list[Participant]) -> list[Placed]:
    """Return everybody's score, people and units each in their order."""
    rows = selectors.placed(found, every)
    return sorted(rows, key=lambda one: (one.participant.scope, one.place))


def overseer(request: HttpRequest, today: dt.date) -> Decision:
    """Decide who sees everybody's scores."""
    allowed = oversees(request.user, today)
    return Decision(allowed, Text("仅限领导和服务中心", "for leaders and the service centre only"))


def post_of(one: Participant) -> str:
    """Return the post of somebody in an evaluation, in words."""
    post = scheme_of(one.round).post(one.post)
    return say(post.label.text) if post else one.post


def _steps(request: HttpRequest, found: Round, today: dt.date) -> list[tuple[str, str]]:
    """Return what the person can do with an evaluation now."""
    return [
        (name, str(one.button))
        for name, one in ACTS.items()
        if one.state == found.state and one.allowed(request, found, today).allowed
    ]


@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a score with its formulas; somebody else's only when asked for, which is noted."""
    found, today = common.participant_seen(request, pk), timezone.localdate()
    own = is_own(request.user, found, today)
    shown = own or request.method == "POST"
    if shown and not own:
        services.log_scores_read(
            actor=hand(request).actor, found=found.round, whose=found.scope_key
        )
    placed = selectors.of_one(found) if shown else None
    objection = selectors.objection_of(found) if shown else None
    context = {
        "participant": found,
        "round": found.round,
        "post": post_of(found),
        "placed": placed,
        "lines": _lines(request, placed.worked, today) if placed else [],
        "objection": objection,
        "reply": getattr(objection, "reply", None),
        "objects": own and may_object(request.user, found, today).allowed
        and not (objection and not hasattr(objection, "reply")),
        "replies": objection is not None and not hasattr(objection, "reply")
        and may_reply(request.user, objection, today).allowed,
        "scheme": scheme_of(found.round),
    }  # fmt: skip
    return render(request, "performance/score.html", context)


def _lines(request: HttpRequest, worked: Worked, today: dt.date) -> list[tuple[Any, list[Any]]]:
    """Return the lines of a score, each with the projects behind it as far as one may see them."""
    numbers = {number for line in worked.lines for number, _value in line.rows}
    known = projects_by_number(numbers, user_of(request), today)
    return [
        (line, [(known.get(number), number, brings(line.indicator, value))
                for number, value in line.rows])
        for line in worked.lines
    ]  # fmt: skip


class Act(NamedTuple):
    """A step of an evaluation: in which state, who may, the form, what it does."""

    state: RoundState
    allowed: Callable[[HttpRequest, Round, dt.date], Decision]
    form: type[forms.OfRound]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Round, Given], object]
    sub: Promise | str = ""


def _managed(request: HttpRequest, found: Round, today: dt.date) -> Decision:
    return may_manage(request.user, today)


def _confirmed(request: HttpRequest, found: Round, today: dt.date) -> Decision:
    return may_confirm(request.user, found, today)


def _add(who: Hand, found: Round, given: Given) -> object:
    return services.add_participant(**who.of(), found=found, **given)


def _drop(who: Hand, found: Round, given: Given) -> object:
    return services.drop_participant(**who.of(), participant=given["participant"])


def _close(who: Hand, found: Round, given: Given) -> object:
    return services.close_round(**who.of("user", "now"), found=found)


def _confirm(who: Hand, found: Round, given: Given) -> object:
    return services.confirm_round(**who.of("user", "now", "today"), found=found)


def _send_back(who: Hand, found: Round, given: Given) -> object:
    return services.return_round(**who.of("user"), found=found, **given)


def _finish(who: Hand, found: Round, given: Given) -> object:
    return services.finish_round(**who.of("now", "today"), found=found)


ACTS: Mapping[str, Act] = {
    "add": Act(
        RoundState.OPEN, _managed, forms.ParticipantForm, gettext_lazy("Evaluate somebody"),
        gettext_lazy("Add somebody"), _add, gettext_lazy("A person or a unit, in one post."),
    ),
    "drop": Act(
        RoundState.OPEN, _managed, forms.DropForm, gettext_lazy("Take somebody out"),
        gettext_lazy("Take somebody out"), _drop,
    ),
    "close": Act(
        RoundState.OPEN, _managed, forms.OfRound, gettext_lazy("Fix the scores"),
        gettext_lazy("Fix the scores"), _close,
        gettext_lazy("They are kept as they are now; somebody else confirms them."),
    ),
    "confirm": Act(
        RoundState.CLOSED, _confirmed, forms.OfRound, gettext_lazy("Confirm the result"),
        gettext_lazy("Confirm the result"), _confirm,
        gettext_lazy("From now on those evaluated see it and can object."),
    ),
    "return": Act(
        RoundState.CLOSED, _confirmed, forms.ReturnForm, gettext_lazy("Send the result back"),
        gettext_lazy("Send the result back"), _send_back,
    ),
    "finish": Act(
        RoundState.CONFIRMED, _managed, forms.OfRound, gettext_lazy("Make the result final"),
        gettext_lazy("Make the result final"), _finish,
        gettext_lazy("After the days for objections, with every objection answered."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one step of an evaluation, or take it."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.round_seen(request, pk), hand(request)
    require(doing.allowed(request, found, who.today))
    form = doing.form(found, posted(request))

    def do() -> str:
        doing.do(who, found, dict(form.cleaned_data))
        return reverse("round", args=[found.pk])

    shown = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."), common.above_round(found),
        str(doing.sub) or found.title, common.FORM,
    )  # fmt: skip
    return answer(request, shown, form, do)


@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to one's score."""
    found, who = common.participant_seen(request, pk), hand(request)
    require(may_object(request.user, found, who.today))
    form = forms.ObjectionForm(posted(request))

    def do() -> str:
        objections.object_to(
            **who.of("user", "now", "today"), participant=found, **form.cleaned_data
        )
        return reverse("score", args=[found.pk])

    shown = FormPage(
        _("Object to the score"), _("Object to the score"), _("A third answers it."),
        common.above_round(found.round), str(found), common.FORM,
    )  # fmt: skip
    return answer(request, shown, form, do)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    found, who = common.objection_seen(request, pk), hand(request)
    require(may_reply(request.user, found, who.today))
    form = forms.ReplyForm(posted(request))
    participant = found.score.participant

    def do() -> str:
        objections.reply_to(**who.of("user", "now", "today"), objection=found, **form.cleaned_data)
        return reverse("round", args=[participant.round_id])

    shown = FormPage(
        _("Answer the objection"), _("Answer the objection"), _("It is recorded."),
        common.above_round(participant.round), f"{participant}：{found.text}", common.FORM,
    )  # fmt: skip
    return answer(request, shown, form, do)
