"""What the pages of the library share: the record asked for, if the reader may see it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.permissions import (
    documents_seen_by,
    items_seen_by,
    may_edit_document,
    may_edit_item,
)

WIDE = "library/form.html"


def document_seen(request: HttpRequest, pk: int) -> Document:
    """Return a document, or 404 as if it were not there to who may not see it."""
    found = documents_seen_by(request.user, timezone.localdate()).select_related("supersedes")
    return get_object_or_404(found, pk=pk)


def item_seen(request: HttpRequest, pk: int) -> Item:
    """Return an item, or 404 as if it were not there to who may not see it."""
    found = items_seen_by(request.user, timezone.localdate())
    return get_object_or_404(found.select_related("document", "owner", "budget"), pk=pk)


def document_edited(request: HttpRequest, pk: int) -> Document:
    """Return a document to somebody who may edit it."""
    document = document_seen(request, pk)
    require(may_edit_document(request.user, document, timezone.localdate()))
    return document


def item_edited(request: HttpRequest, pk: int) -> Item:
    """Return an item to somebody who may edit it."""
    item = item_seen(request, pk)
    require(may_edit_item(request.user, item, timezone.localdate()))
    return item


def above(of: Document | Item | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form: the library, the document, the item."""
    crumbs = [Crumb(reverse("library"), _("Policy library"))]
    if isinstance(of, Item):
        crumbs.append(Crumb(of_document(of.document), of.document.title))
        crumbs.append(Crumb(of_item(of), of.title))
    elif of is not None:
        crumbs.append(Crumb(of_document(of), of.title))
    return tuple(crumbs)


def of_document(document: Document) -> str:
    """Return the address of a document."""
    return reverse("library_document", args=[document.pk])


def of_item(item: Item) -> str:
    """Return the address of an item."""
    return reverse("library_item", args=[item.pk])


def wide(
    request: HttpRequest,
    page: FormPage,
    form: forms.Form,
    act: Callable[[], str],
) -> HttpResponse:
    """Show a form with room for paragraphs, or do what it says."""
    return answer(request, page._replace(template=WIDE), form, act)


class NothingToFill(forms.Form):
    """A form that asks only for the button."""


def files(request: HttpRequest) -> Any:
    """Return the files a form was sent with, if it was sent."""
    return request.FILES if request.method == "POST" else None
