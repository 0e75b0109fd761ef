"""Workbooks of monthly figures and of honours: an empty one, checking, entering."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import uploads
from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms.cultivation import UploadForm
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.zone.cultivation.enums import BookKind
from openzone.zone.cultivation.models import CultivationBook
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.permissions import may_keep
from openzone.zone.cultivation.services import books as service


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a workbook and check it; nothing is entered yet."""
    who, known = _keeper(request), _kind(kind)
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid() and (book := _checked(who, known, form)):
        return redirect("cultivation_book", book.pk)
    rows = CultivationBook.objects.filter(kind=known).select_related("uploaded_by")
    context: dict[str, Any] = {
        "form": form, "kind": known, "notice": pack().notice, "sheets": page_of(request, rows),
        "columns": service.vocabulary(known).fields,
    }  # fmt: skip
    return render(request, "cultivation/books.html", context, status=400 if form.is_bound else 200)


def _checked(who: Hand, kind: BookKind, form: UploadForm) -> CultivationBook | None:
    given = who.of("now", "user")
    return uploads.checked(
        form, lambda name, data: service.check_book(**given, kind=kind, file_name=name, data=data)
    )


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty workbook with the columns, and what may stand in them."""
    _keeper(request)
    known = _kind(kind)
    return uploads.empty(service.vocabulary(known), str(known.label))


@require_GET
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    _keeper(request)
    found = get_object_or_404(CultivationBook.objects.select_related("uploaded_by"), pk=pk)
    context = uploads.shown(found, service.vocabulary(found.kind))
    return render(request, "cultivation/book.html", context)


@require_POST
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or put the workbook aside."""
    who, found = _keeper(request), get_object_or_404(CultivationBook, pk=pk)
    uploads.taken(
        request, step,
        apply=lambda: service.apply_book(**who.of("now", "user"), book=found),
        discard=lambda: service.discard_book(**who.of(), book=found),
    )  # fmt: skip
    return redirect("cultivation_book", found.pk)


def _keeper(request: HttpRequest) -> Hand:
    who = hand(request)
    require(may_keep(request.user, who.today))
    return who


def _kind(name: str) -> BookKind:
    if name not in BookKind:
        raise Http404
    return BookKind(name)
