"""Papers of land, given out to who may read them, always to be saved."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from openzone.engines.files.gate import MEDIA_TYPES, kind_of
from openzone.www.views.land import common
from openzone.www.views.land.deliveries import handover_of
from openzone.zone.land.models import HandOver, LandCheck, StandardLand


@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the record of a handing over out."""
    return _sent(handover_of(request, pk))


@require_GET
def signed_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the signed agreement out."""
    return _sent(common.standard_seen(request, pk))


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the evidence of a check out."""
    return _sent(common.check_seen(request, pk))


def _sent(row: HandOver | StandardLand | LandCheck) -> HttpResponse:
    if not row.file:
        raise Http404
    with row.file.open("rb") as stored:
        content = stored.read()
    kind = kind_of(content)
    if kind is None:
        raise Http404
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
