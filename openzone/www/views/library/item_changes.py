"""Items decomposed, edited, confirmed, published and withdrawn."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.library import ItemForm
from openzone.www.views.library.common import (
    NothingToFill,
    above,
    document_edited,
    item_edited,
    of_document,
    of_item,
    wide,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.policies.services import items

BOTH = ["GET", "POST"]


@require_http_methods(BOTH)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item to a document."""
    document = document_edited(request, pk)
    owner = document.issuers.filter(leads=True, unit__isnull=False).first()
    initial = {"owner": owner.unit.code if owner and owner.unit else None}
    form = ItemForm(posted(request), initial=initial)

    def create() -> str:
        actor = Actor.of(request.user)
        return of_item(items.create_item(actor=actor, document=document, **form.cleaned_data))

    page = FormPage(
        _("New item"), _("Add the item"), _("The item is added as a draft."), above(document)
    )
    return wide(request, page, form, create)


@require_http_methods(BOTH)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item; saving a suggested one confirms it."""
    item = item_edited(request, pk)
    form = ItemForm(posted(request), initial=ItemForm.of(item))

    def change() -> str:
        actor = Actor.of(request.user)
        items.edit_item(actor=actor, item=item, confirm=item.suggested, **form.cleaned_data)
        return of_item(item)

    page = FormPage(
        _("Confirm the suggestion") if item.suggested else _("Edit the item"),
        _("Confirm and save") if item.suggested else _("Save"),
        _("Saved. The history shows what has changed."),
        above(item),
        _("Read out of the text by the program: compare every field with the wording below.")
        if item.suggested
        else "",
    )
    return wide(request, page, form, change)


@require_http_methods(BOTH)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read an item, and apply within its window."""
    item = item_edited(request, pk)

    def act() -> str:
        today = timezone.localdate()
        items.publish_item(actor=Actor.of(request.user), item=item, on=today)
        return of_item(item)

    page = FormPage(
        _("Publish the item"),
        _("Publish"),
        _("The item is published."),
        above(item),
        _("It needs a responsible unit, a clause and a way of delivery."),
    )
    return answer(request, page, NothingToFill(posted(request)), act)


@require_http_methods(BOTH)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop taking applications for an item, or put a draft aside."""
    item = item_edited(request, pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        reason, today = form.cleaned_data["reason"], timezone.localdate()
        items.withdraw_item(actor=Actor.of(request.user), item=item, on=today, reason=reason)
        return of_document(item.document)

    page = FormPage(
        _("Withdraw the item"),
        _("Withdraw"),
        _("The item is withdrawn."),
        above(item),
        _("No applications are taken any more. Applications handed in before go on."),
    )
    return answer(request, page, form, act)
