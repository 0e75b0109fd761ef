"""Lists of outside firms: taken in, checked, entered, taken back, taken away as a file."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.chains_invite import CandidateListForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.chains.models import CandidateFirm, CandidateList
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.services.candidate_lists import (
    apply_list,
    check_list,
    discard_list,
    undo_list,
)
from openzone.zone.chains.services.candidate_rows import VOCABULARY
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.permissions import may_export

STEPS: Final[dict[str, Callable[..., CandidateList]]] = {
    "apply": apply_list, "discard": discard_list, "undo": undo_list,
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Show the lists, and take a new one and check it; nothing is entered yet."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    reviews = may_review(request.user, today)
    if request.method == "POST":
        require(reviews)
    form = CandidateListForm(posted(request), request.FILES or None, initial={"as_of": today})
    if form.is_valid() and (made := _checked(request, form)):
        return redirect("chain_candidate_list", made.pk)
    context = {
        "form": form,
        "may_review": reviews.allowed,
        "columns": VOCABULARY.fields,
        "lists": page_of(request, CandidateList.objects.select_related("uploaded_by")),
    }
    status = 400 if form.is_bound else 200
    return render(request, "chains/candidates.html", context, status=status)


def _checked(request: HttpRequest, form: CandidateListForm) -> CandidateList | None:
    given, who = dict(form.cleaned_data), hand(request)
    file = given.pop("file")
    try:
        return check_list(
            **who.of("now", "user"), **given, file_name=file.name or "", data=file.read()
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def candidate_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list: what it would enter and what is wrong, or what it entered and who is here."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    found = get_object_or_404(CandidateList.objects.select_related("uploaded_by"), pk=pk)
    context = {
        "listing": found,
        "columns": VOCABULARY.fields,
        "problems": [from_json(one) for one in found.problems],
        "firms": page_of(request, found.firms.select_related("enterprise")),
        "may_review": may_review(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "chains/candidate_list.html", context)


@require_POST
def step(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Enter a list, put it aside, or take it back."""
    require(may_review(request.user, timezone.localdate()))
    if what not in STEPS:
        raise Http404
    found, who = get_object_or_404(CandidateList, pk=pk), hand(request)
    try:
        STEPS[what](**who.of("now"), listing=found)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("chain_candidate_list", found.pk)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the firms of a list; the file can be corrected and read in again."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    found = get_object_or_404(CandidateList, pk=pk)
    fields = VOCABULARY.fields
    sheet = excel.Table(
        [*(_heading(one) for one in fields), _("Enterprise on record")],
        [_cells(one) for one in found.firms.select_related("enterprise")],
        [found.name, found.source, excel.as_of_note(found.as_of)],
        found.synthetic or excel.in_example_zone(),
    )
    return send(request, sheet, what=f"candidate_list:{pk}", name=found.name)


def _heading(field: Any) -> str:
    label = say(field.label)
    return "{}({})".format(label, _("yuan")) if field.type == "yuan" else label


def _cells(firm: CandidateFirm) -> tuple[excel.Cell, ...]:
    ties = {
        kind: "、".join(tie["name"] or "无往来" for tie in firm.ties if tie["kind"] == kind) or None
        for kind in ("customer_of", "supplier_of")
    }
    said: list[Any] = [
        ties[one.name] if one.name in ties else _plain(getattr(firm, one.name))
        for one in VOCABULARY.fields
    ]
    return (*said, firm.enterprise.name if firm.enterprise else None)


def _plain(value: Any) -> Any:
    return None if value == "" else value
