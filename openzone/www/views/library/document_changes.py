"""Documents entered, edited, published and withdrawn; their tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.library import DocumentForm, TaskForm, TaskStateForm
from openzone.www.views.library.common import (
    NothingToFill,
    above,
    document_edited,
    document_seen,
    of_document,
    wide,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.policies.models import DocumentTask
from openzone.zone.policies.permissions import may_keep_library, may_work_on_task
from openzone.zone.policies.services import documents, tasks

BOTH = ["GET", "POST"]


@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a document as a draft."""
    require(may_keep_library(request.user, timezone.localdate()))
    form = DocumentForm(posted(request))

    def create() -> str:
        made = documents.create_document(actor=Actor.of(request.user), **form.cleaned_data)
        return of_document(made)

    page = FormPage(
        _("New document"),
        _("Enter the document"),
        _("The document is entered as a draft."),
        above(),
        _("A draft is seen by people of the zone only."),
    )
    return wide(request, page, form, create)


@require_http_methods(BOTH)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a document; the history keeps what it said before."""
    document = document_edited(request, pk)
    form = DocumentForm(posted(request), initial=DocumentForm.of(document))

    def change() -> str:
        actor = Actor.of(request.user)
        documents.edit_document(actor=actor, document=document, **form.cleaned_data)
        return of_document(document)

    page = FormPage(
        _("Edit the document"),
        _("Save"),
        _("Saved. The history shows what has changed."),
        above(document),
    )
    return wide(request, page, form, change)


@require_http_methods(BOTH)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read a document."""
    document = document_edited(request, pk)

    def act() -> str:
        today = timezone.localdate()
        documents.publish_document(actor=Actor.of(request.user), document=document, on=today)
        return of_document(document)

    page = FormPage(
        _("Publish the document"),
        _("Publish"),
        _("The document is published."),
        above(document),
        _("Everybody can read it then, without a login. Its items are published one by one."),
    )
    return answer(request, page, NothingToFill(posted(request)), act)


@require_http_methods(BOTH)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document out of the library."""
    document = document_edited(request, pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        documents.withdraw_document(
            actor=Actor.of(request.user),
            document=document,
            on=timezone.localdate(),
            reason=form.cleaned_data["reason"],
        )
        return of_document(document)

    page = FormPage(
        _("Withdraw the document"),
        _("Withdraw"),
        _("The document is withdrawn."),
        above(document),
        _("Its items take no applications any more. Applications handed in before go on."),
    )
    return answer(request, page, form, act)


@require_http_methods(BOTH)
def new_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a unit a task."""
    document = document_edited(request, pk)
    form = TaskForm(posted(request))

    def add() -> str:
        tasks.add_task(actor=Actor.of(request.user), document=document, **form.cleaned_data)
        return of_document(document)

    page = FormPage(_("New task"), _("Add the task"), _("The task is added."), above(document))
    return answer(request, page, form, add)


@require_http_methods(BOTH)
def task(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say how far a task is."""
    document = document_seen(request, pk)
    found = get_object_or_404(
        DocumentTask.objects.select_related("unit"), pk=row, document=document
    )
    require(may_work_on_task(request.user, found.unit, document, timezone.localdate()))
    initial = {"state": found.state, "due_on": found.due_on, "note": found.note}
    form = TaskStateForm(posted(request), initial=initial)

    def change() -> str:
        given = form.cleaned_data
        tasks.change_task(
            actor=Actor.of(request.user),
            task=found,
            state=given["state"],
            on=timezone.localdate(),
            due_on=given["due_on"],
            note_text=given["note"],
        )
        return of_document(document)

    page = FormPage(
        found.title, _("Save"), _("The task is up to date."), above(document), str(found.unit)
    )
    return answer(request, page, form, change)
