"""Papers of a track given out to be saved, and the pre-review opinion as Word or PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.files.gate import MEDIA_TYPES, Kind, kind_of
from openzone.www.approvals_paper import opinion_paper
from openzone.www.hands import hand
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.approvals.common import seen
from openzone.zone.approvals.enums import StepKind
from openzone.zone.approvals.models import LandProof, Paper, Step
from openzone.zone.registry.services.access import log_export

MADE = {"word": (word, Kind.WORD), "pdf": (pdf, Kind.PDF)}


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a paper out that was handed in."""
    found = get_object_or_404(Paper, pk=pk)
    seen(request, found.track_id)
    return _sent(found)


@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the proof of the land out."""
    found = seen(request, pk)
    return _sent(get_object_or_404(LandProof, track=found))


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the document of a step out."""
    found = get_object_or_404(Step.objects.select_related("item"), pk=pk)
    seen(request, found.item.track_id)
    return _sent(found)


@require_POST
def opinion(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give a pre-review opinion as Word or PDF; it says that it is no permit. The log notes it."""
    if kind not in MADE:
        raise Http404
    related = ("item__unit", "item__track__project", "item__track__parcel", "by")
    steps = Step.objects.filter(kind=StepKind.REVIEWED).select_related(*related)
    found = get_object_or_404(steps, pk=pk)
    seen(request, found.item.track_id)
    make, media = MADE[kind]
    log_export(
        actor=hand(request).actor, what=f"opinion:{found.pk}", count=1, filters={"kind": kind}
    )
    made = make(opinion_paper(found))
    response = HttpResponse(made, content_type=MEDIA_TYPES[media])
    title = _("Pre-review opinion")
    name = f"{title} {found.number}.{media.value}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _sent(row: Paper | LandProof | Step) -> HttpResponse:
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
