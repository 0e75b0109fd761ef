"""One action on many cases: each is answered by itself."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from openzone.engines.cases.model import Action, Verb
from openzone.engines.text import Text
from openzone.www.access import require_console
from openzone.www.cases.asking import Moment, moment, user_of
from openzone.www.forms.actions import ActionForm
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.acting import act
from openzone.zone.errors import Refused

MOST = 200
ACTIONS: Mapping[str, Text] = {
    str(Verb.ROUTE): Text("派单", "Assign"),
    str(Verb.TRANSFER): Text("改派", "Transfer"),
    str(Verb.ACCEPT): Text("受理", "Accept"),
    str(Verb.PRIORITISE): Text("优先办理", "Prioritise"),
    str(Verb.SUPERVISE): Text("督办", "Order supervision"),
    str(Verb.NOTE): Text("备注", "Note"),
}
NO_SUCH = Text("此类事项没有这个动作", "cases of this type know no such action")


class Answer(NamedTuple):
    """What became of one case; no reason where it was done."""

    case: Case
    reason: Text | None


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask once what the action needs, then do it with every case that takes it."""
    require_console(request)
    now, verb = moment(), request.POST.get("action", "")
    chosen = _chosen(request, now)
    back_query = request.POST.get("back", "")[:2000]
    back = f"{reverse('cases')}?{urlencode(parse_qsl(back_query))}"
    if verb not in ACTIONS or not chosen:
        return redirect(back)
    sure = "sure" in request.POST
    form = _form(request, verb, chosen, now, sure=sure)
    answers = _answers(request, verb, chosen, form) if sure else []
    context = {
        "label": ACTIONS[verb],
        "action": verb,
        "chosen": chosen,
        "form": form,
        "back": back,
        "back_query": back_query,
        "answers": answers,
        "done": sum(one.reason is None for one in answers),
        "failed": sum(one.reason is not None for one in answers),
    }
    status = 400 if sure and not answers else 200
    return render(request, "cases/bulk.html", context, status=status)


def _chosen(request: HttpRequest, now: Moment) -> list[Case]:
    """Return the cases that were ticked, of those the person may see."""
    asked = request.POST.getlist("case")[:MOST]
    numbers = [int(one) for one in asked if one.isdecimal() and len(one) < 18]
    found = visible(request.user, now.day).filter(pk__in=numbers)
    return list(found.select_related("version", "enterprise").order_by("-pk"))


def _form(
    request: HttpRequest, verb: str, chosen: Sequence[Case], now: Moment, *, sure: bool
) -> ActionForm | None:
    """Return the form of the first case's type: the verbs offered here ask the same of all."""
    for case in chosen:
        action = _action(case, verb)
        if action is not None:
            sent = (request.POST, request.FILES) if sure else ()
            return ActionForm(action, type_of(case.version), None, now.day, *sent)
    return None


def _action(case: Case, verb: str) -> Action | None:
    found = type_of(case.version).by_verb.get(Verb(verb), ())
    here = [one for one in found if not one.start or case.stage in one.start]
    return here[0] if here else found[0] if found else None


def _answers(
    request: HttpRequest, verb: str, chosen: Sequence[Case], form: ActionForm | None
) -> list[Answer]:
    if form is None:
        return [Answer(case, NO_SUCH) for case in chosen]
    if not form.is_valid() or (data := form.data_of_event()) is None:
        return []
    return [_one(request, case, verb, data, form) for case in chosen]


def _one(
    request: HttpRequest, case: Case, verb: str, data: Mapping[str, object], form: ActionForm
) -> Answer:
    """Do it with one case; a refusal of one never stops the others."""
    action = _action(case, verb)
    if action is None:
        return Answer(case, NO_SUCH)
    user = user_of(request)
    try:
        act(
            actor=Actor.of(user), case=case, action=action.id, now=timezone.now(), user=user,
            data=data,
        )  # fmt: skip
    except Refused as refusal:
        return Answer(case, refusal.reason)
    return Answer(case, None)
