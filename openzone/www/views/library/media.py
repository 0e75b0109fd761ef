"""Files and videos beside a policy: added, served, removed."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.formpage import FormPage, posted
from openzone.www.forms.library import MediaForm
from openzone.www.views.library.common import (
    above,
    document_edited,
    document_seen,
    files,
    item_edited,
    item_seen,
    of_document,
    of_item,
    wide,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.policies.enums import MediaKind
from openzone.zone.policies.models import Document, Item, Media
from openzone.zone.policies.services import media as services

# Nothing of an uploaded file runs here, whatever it turns out to be.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_http_methods(["GET", "POST"])
def add_to_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file or a video to a document."""
    return _add(request, document_edited(request, pk), None)


@require_http_methods(["GET", "POST"])
def add_to_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file or a video to an item."""
    item = item_edited(request, pk)
    return _add(request, item.document, item)


def _add(request: HttpRequest, document: Document, item: Item | None) -> HttpResponse:
    form = MediaForm(posted(request), files(request))

    def keep() -> str:
        _keep(Actor.of(request.user), document, item, form)
        return of_item(item) if item else of_document(document)

    page = FormPage(_("Add a medium"), _("Add"), _("It is added."), above(item or document))
    return wide(request, page, form, keep)


def _keep(actor: Actor, document: Document, item: Item | None, form: MediaForm) -> Media:
    given = form.cleaned_data
    title = given["title"]
    if given["kind"] is MediaKind.VIDEO:
        return services.add_video(
            actor=actor, document=document, item=item, title=title, url=given["url"]
        )
    return services.add_file(
        actor=actor,
        document=document,
        item=item,
        kind=given["kind"],
        title=title,
        file_name=given["file"].name,
        data=given["file"].read(),
    )


@require_GET
def serve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a file to who may see what it stands beside: pictures to be shown, others to be kept."""
    media = get_object_or_404(Media.objects.exclude(file=""), pk=pk, removed=False)
    item_seen(request, media.item_id) if media.item_id else document_seen(
        request, media.document_id
    )
    if not media.file.storage.exists(str(media.file.name)):
        raise Http404
    shown = media.content_type.startswith("image/")
    response = FileResponse(media.file.open("rb"), content_type=media.content_type)
    named = content_disposition_header(not shown, media.file_name)
    response["Content-Disposition"] = named or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a medium no longer."""
    media = get_object_or_404(Media, pk=pk, removed=False)
    of = item_edited(request, media.item_id) if media.item_id else None
    if of is None:
        document_edited(request, media.document_id)
    services.remove_media(actor=Actor.of(request.user), media=media)
    return redirect(of_item(of) if of else of_document(media.document))
