"""Doing something with a case: one form for every action of every pack."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.engines.cases.model import Action
from openzone.www.access import require
from openzone.www.cases import asks
from openzone.www.cases.asking import moment, seen_by
from openzone.www.cases.view import CaseView
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage
from openzone.www.forms.actions import ActionForm
from openzone.www.forms.casefields import PREFIX
from openzone.www.hands import user_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import hats_in
from openzone.zone.cases.services.acting import act as do
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import Decision, may_see_console


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask what an action needs, and do it; a quicker colleague's deed is told."""
    case, now = seen_by(request, pk), moment()
    inside = may_see_console(request.user, now.day).allowed
    view = CaseView(case, user_of(request), now, inside=inside)
    action = view.type.actions.get(name)
    if action is None or action.verb in asks.ELSEWHERE:
        raise Http404
    if request.method == "GET" or not _was_theirs(view, action, request.POST.get("seen", "")):
        _ensure_theirs(view, action)
    form = _form(request, view, action)
    back = reverse("case" if inside else "matter", args=[pk])
    if request.method == "POST" and _done(request, case, action, form) is not None:
        messages.success(request, _("Done: %(what)s") % {"what": say(action.label)})
        return redirect(back)
    page = FormPage(
        say(action.label), say(action.label), "", (Crumb(back, case.number),), case.title
    )
    quicker = request.method == "POST" and _somebody_acted(case, form)
    refused = _why_not(view, action) if request.method == "GET" else ""
    context = {"page": page, "form": form, "back": back, "done_by": quicker, "why_not": refused}
    status = 409 if quicker else 400 if form.is_bound else 200
    return render(request, "cases/act.html", context, status=status)


def _ensure_theirs(view: CaseView, action: Action) -> None:
    """Refuse an action that none of a person's roles has, before any form is shown."""
    roles = {party.role for party in hats_in(view.user, view.case, view.now.day)}
    if roles.isdisjoint(action.who):
        from openzone.engines.cases.allowed import NOT_YOUR_ROLE

        label = action.label
        require(Decision(False, NOT_YOUR_ROLE.format(zh=label.zh, en=label.en)))


def _was_theirs(view: CaseView, action: Action, seen: str) -> bool:
    """Whether they did just this since their page was shown: a second press is no new question."""
    done = {
        str(event.seq - 1)
        for event in view.events
        if (event.action, event.by_id) == (action.id, str(view.user.pk))
    }
    return seen in done


def _form(request: HttpRequest, view: CaseView, action: Action) -> ActionForm:
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ActionForm(action, view.type, view.state, view.now.day, *sent)
    form.fields["seen"].initial = view.case.last_seq
    return form


def _done(request: HttpRequest, case: Case, action: Action, form: ActionForm) -> Case | None:
    """Do it; ``None`` where it was refused, with the reason in the form."""
    if not form.is_valid() or (data := form.data_of_event()) is None:
        return None
    try:
        return do(
            actor=Actor.of(request.user), case=case, action=action.id, now=timezone.now(),
            user=user_of(request), data=data, files=form.uploads(),
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except Refused as refusal:
        field = PREFIX + refusal.field
        form.add_error(field if field in form.fields else None, say(refusal.reason))
        return None


def _somebody_acted(case: Case, form: ActionForm) -> bool:
    """Whether the case went on since the page was shown."""
    seen = (
        form.cleaned_data.get("seen") if form.is_bound and hasattr(form, "cleaned_data") else None
    )
    latest = Case.objects.filter(pk=case.pk).values_list("last_seq", flat=True).first()
    return seen is not None and latest is not None and latest > seen


def _why_not(view: CaseView, action: Action) -> str:
    found = next((one for one in view.refused if one.action.id == action.id), None)
    return say(found.reason) if found else ""
