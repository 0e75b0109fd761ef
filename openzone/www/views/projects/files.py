"""Papers and pictures of a project, given out to who may read it."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from openzone.engines.files.gate import MEDIA_TYPES, kind_of
from openzone.www.views.projects.common import seen
from openzone.zone.projects.models import Paper, Photo


@require_GET
def paper(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Give a paper out, always to be saved."""
    found = get_object_or_404(Paper, pk=row, project=seen(request, pk))
    if not found.file:
        raise Http404
    return _sent(found.file, found.name, saved=True)


@require_GET
def photo(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Show a picture of the site."""
    found = get_object_or_404(Photo, pk=row, project=seen(request, pk))
    return _sent(found.file, found.name, saved=False)


def _sent(file: FieldFile, name: str, *, saved: bool) -> HttpResponse:
    with file.open("rb") as stored:
        content = stored.read()
    kind = kind_of(content)
    if kind is None:
        raise Http404
    disposition = content_disposition_header(saved, name)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = disposition or ("attachment" if saved else "inline")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
