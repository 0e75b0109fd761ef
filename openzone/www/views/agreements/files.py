"""Papers of agreements, given out to who may read them, always to be saved."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from openzone.engines.files.gate import MEDIA_TYPES, kind_of
from openzone.www.views.agreements.common import fulfilment_of, incentive_seen, seen
from openzone.zone.agreements.models import Agreement, FairReview, Fulfilment


@require_GET
def signed_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the signed paper out."""
    return _sent(seen(request, pk))


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out what proves a fulfilment, to both sides."""
    found = fulfilment_of(pk)
    seen(request, found.clause.agreement_id)
    return _sent(found)


@require_GET
def review_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the paper of a review out, to the zone's side."""
    found = get_object_or_404(FairReview, pk=pk)
    incentive_seen(request, found.incentive_id)
    return _sent(found)


def _sent(row: Agreement | Fulfilment | FairReview) -> HttpResponse:
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
