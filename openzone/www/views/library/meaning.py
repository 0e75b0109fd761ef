"""Interpretations and answers: written, reviewed, published, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, posted
from openzone.www.forms.meaning import AnswerForm, InterpretationForm
from openzone.www.views.library.common import (
    above,
    document_edited,
    item_edited,
    of_document,
    of_item,
    wide,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.enums import TextStatus
from openzone.zone.policies.models import Answer, Document, Interpretation, Item
from openzone.zone.policies.permissions import may_edit_document, may_edit_item, may_review
from openzone.zone.policies.selectors.meaning import earlier_version, interpretations
from openzone.zone.policies.services import answers, meaning

BOTH = ["GET", "POST"]


@require_http_methods(BOTH)
def explain_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the five fields of a document."""
    return _explain(request, document_edited(request, pk), None)


@require_http_methods(BOTH)
def explain_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the five fields of an item."""
    item = item_edited(request, pk)
    return _explain(request, item.document, item)


def _explain(request: HttpRequest, document: Document, item: Item | None) -> HttpResponse:
    latest = interpretations(document, item).exclude(status=TextStatus.WITHDRAWN).first()
    form = InterpretationForm(posted(request), initial=InterpretationForm.of(latest))

    def write() -> str:
        written = meaning.write_interpretation(
            actor=Actor.of(request.user),
            document=document,
            item=item,
            fields=form.fields_given(),
            on=timezone.localdate(),
            drafted_by=form.cleaned_data["drafted_by"],
        )
        return _of_version(written)

    page = FormPage(
        _("Interpretation"),
        _("Save as a draft"),
        _("The draft is saved."),
        above(item or document),
        _("Five fields. The version published now stays until the draft is published."),
    )
    return wide(request, page, form, write)


def _of_version(version: Interpretation) -> str:
    return reverse("library_interpretation", args=[version.pk])


@require_GET
def version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version of an interpretation with what can be done about it."""
    version = _version(request, pk)
    of, today = version.item or version.document, timezone.localdate()
    others = interpretations(version.document, version.item)
    context = {
        "version": version,
        "of": of,
        "crumbs": above(of),
        "others": others,
        "earlier": [say(one) for one in earlier_version(version, asof.as_of(request))],
        "may_review": may_review(request.user, of, today).allowed,
        "is_mine": _is_mine(request, version),
    }
    return render(request, "library/interpretation.html", context)


def _is_mine(request: HttpRequest, text: Interpretation | Answer) -> bool:
    return f"user:{request.user.pk}" in text.hands


def _version(request: HttpRequest, pk: int) -> Interpretation:
    require(may_see_console(request.user, timezone.localdate()))
    found = Interpretation.objects.select_related("document", "item", "item__document")
    return get_object_or_404(found, pk=pk)


@require_POST
def version_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Review, publish or withdraw a version."""
    version, actor = _version(request, pk), Actor.of(request.user)
    require(may_review(request.user, version.item or version.document, timezone.localdate()))
    acts: dict[str, Any] = {
        "review": lambda: meaning.review_interpretation(actor=actor, interpretation=version),
        "publish": lambda: meaning.publish_interpretation(
            actor=actor, interpretation=version, on=timezone.localdate()
        ),
        "withdraw": lambda: meaning.withdraw_interpretation(
            actor=actor, interpretation=version, reason=request.POST.get("reason", "")
        ),
    }
    _do(request, acts, action)
    return redirect("library_interpretation", pk)


def _do(request: HttpRequest, acts: dict[str, Any], action: str) -> None:
    if action not in acts:
        raise Http404
    acts[action]()
    messages.success(request, _("Done. The history shows it."))


@require_http_methods(BOTH)
def new_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a question with its answer."""
    document = document_edited(request, pk)
    form = AnswerForm(document, posted(request), initial={"item": request.GET.get("item")})

    def give() -> str:
        given = form.cleaned_data
        made = answers.answer_question(
            actor=Actor.of(request.user), document=document, on=timezone.localdate(), **given
        )
        return of_item(made.item) if made.item else of_document(document)

    page = FormPage(
        _("Question and answer"), _("Save the answer"), _("The answer is kept."), above(document)
    )
    return wide(request, page, form, give)


@require_GET
def answer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an answer with what has changed since, and what can be done about it."""
    one = _answer(request, pk)
    of = one.item or one.document
    context = {
        "answer": one,
        "crumbs": above(of),
        "earlier": [say(reason) for reason in earlier_version(one, asof.as_of(request))],
        "may_edit": _may_edit(request, one),
        "is_mine": _is_mine(request, one),
    }
    return render(request, "library/answer.html", context)


def _answer(request: HttpRequest, pk: int) -> Answer:
    require(may_see_console(request.user, timezone.localdate()))
    found = Answer.objects.select_related("document", "item", "item__document", "unit")
    return get_object_or_404(found, pk=pk)


def _may_edit(request: HttpRequest, one: Answer) -> bool:
    today = timezone.localdate()
    if one.item is not None:
        return may_edit_item(request.user, one.item, today).allowed
    return may_edit_document(request.user, one.document, today).allowed


@require_POST
def answer_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Review, publish, confirm or withdraw an answer."""
    one, actor, today = _answer(request, pk), Actor.of(request.user), timezone.localdate()
    require(may_review(request.user, one.item or one.document, today))
    acts: dict[str, Any] = {
        "review": lambda: answers.review_answer(actor=actor, answer=one),
        "publish": lambda: answers.publish_answer(actor=actor, answer=one, on=today),
        "confirm": lambda: answers.confirm_answer(actor=actor, answer=one, on=today),
        "withdraw": lambda: answers.withdraw_answer(
            actor=actor, answer=one, reason=request.POST.get("reason", "")
        ),
    }
    _do(request, acts, action)
    return redirect("library_answer", pk)
