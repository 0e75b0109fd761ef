"""Merging with a preview, undoing it, splitting, minutes of a meeting with their tasks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.engines.cases.model import Verb
from openzone.www.access import require
from openzone.www.cases import words
from openzone.www.cases.alike import alike_for
from openzone.www.cases.asking import WITH, Moment, moment, seen_by
from openzone.www.cases.view import CaseView
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.actions import ActionForm
from openzone.www.forms.joining import DecisionSet, MergeForm, PieceSet, ReasonForm, filled
from openzone.www.hands import user_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import may_coordinate
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.merging import merge, unmerge
from openzone.zone.cases.services.minutes import Decided, record_meeting
from openzone.zone.cases.services.splitting import Piece, split
from openzone.zone.errors import Refused


def _coordinated(request: HttpRequest, pk: int) -> tuple[Case, Moment]:
    case, now = seen_by(request, pk), moment()
    require(may_coordinate(request.user, now.day))
    return case, now


@require_http_methods(["GET", "POST"])
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the case this one goes into, show both side by side, and merge."""
    case, now = _coordinated(request, pk)
    sure = "sure" in request.POST
    asked = (
        request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    )
    form = MergeForm(asked)
    into = _named(request, form, now) if asked is not None and form.data.get("into") else None
    if sure and form.is_valid() and into is not None:
        try:
            master = merge(
                actor=Actor.of(request.user), case=case, into=into,
                reason=form.cleaned_data["reason"], now=now.aware, user=user_of(request),
            )  # fmt: skip
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            messages.success(request, _("Merged. Both numbers stay; it can be undone."))
            return redirect("case", master.pk)
    text = f"{case.title}\n{case.text}"
    alike = [one for one in alike_for(request.user, case.kind, text, "", now)
             if one.href and case.number not in one.note]  # fmt: skip
    pair = words.rows([case, into], now.aware) if into else []
    context = {"case": case, "form": form, "alike": alike, "pair": pair, "into": into}
    return render(request, "cases/merge.html", context, status=400 if sure else 200)


def _named(request: HttpRequest, form: MergeForm, now: Moment) -> Case | None:
    """Return the case of the number, of those the person may see."""
    form.full_clean()
    number = str(form.data.get("into", "")).strip().upper()[:48]
    seen = visible(request.user, now.day).filter(number=number.replace("\x00", ""))
    found = seen.select_related(*WITH).first()
    if found is None:
        form.add_error("into", _("There is no case with this number."))
    return found


@require_http_methods(["GET", "POST"])
def unmerge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge, with the reason."""
    case, now = _coordinated(request, pk)
    form = ReasonForm(posted(request))
    back = reverse("case", args=[pk])
    page = FormPage(
        _("Undo the merge"), _("Undo the merge"), _("It stands on its own again, where it stood."),
        (Crumb(back, case.number),), case.title,
    )  # fmt: skip

    def act() -> str:
        unmerge(
            actor=Actor.of(request.user), case=case, reason=form.cleaned_data["reason"],
            now=now.aware, user=user_of(request),
        )  # fmt: skip
        return back

    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def split_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what each part asks and who gets it; the parts are numbered -1, -2."""
    case, now = _coordinated(request, pk)
    form, rows = ReasonForm(posted(request)), PieceSet(posted(request), prefix="part")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        pieces = [Piece(title=row["title"], text=case.text, topic=case.topic, unit=row["unit"])
                  for row in filled(rows)]  # fmt: skip
        try:
            split(
                actor=Actor.of(request.user), case=case, pieces=pieces, now=now.aware,
                reason=form.cleaned_data["reason"], user=user_of(request),
            )  # fmt: skip
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            messages.success(request, _("Split. Each part goes on under its own number."))
            return redirect("case", pk)
    context = {"case": case, "form": form, "rows": rows}
    return render(request, "cases/split.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def minutes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a meeting with its minutes; every decision becomes a task with owner and day."""
    case, now = seen_by(request, pk), moment()
    view = CaseView(case, user_of(request), now, inside=True)
    actions = view.type.by_verb.get(Verb.HOLD_MEETING, ())
    offered = [one for one in view.offers if one.action.verb is Verb.HOLD_MEETING]
    if not actions or not offered:
        messages.error(request, _("No meeting waits to be recorded by you."))
        return redirect("case", pk)
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ActionForm(actions[0], view.type, view.state, now.day, *sent)
    form.fields["seen"].initial = case.last_seq
    rows = DecisionSet(posted(request), prefix="task")
    if sent and form.is_valid() and rows.is_valid() and (said := form.data_of_event()) is not None:
        decided = [Decided(row["task"], row["owner"], row["due"]) for row in filled(rows)]
        try:
            record_meeting(
                actor=Actor.of(request.user), case=case, user=user_of(request), data=said,
                decisions=decided, now=now.aware, seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            messages.success(request, _("The meeting is on record, its tasks are given out."))
            return redirect("case", pk)
    context = {"case": case, "form": form, "rows": rows}
    return render(request, "cases/minutes.html", context, status=400 if sent else 200)
