"""Evidence and results given out to who may read them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.files.gate import MEDIA_TYPES, kind_of
from openzone.www import excel
from openzone.www.access import require
from openzone.www.hands import hand
from openzone.www.views.performance import common, papers, rounds
from openzone.www.views.performance.report import download
from openzone.zone.performance.selectors.scores import participants
from openzone.zone.performance.services.rounds import log_scores_read
from openzone.zone.registry.services.access import log_export


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out what proves a report."""
    row = common.completion_of(request, pk)
    with row.file.open("rb") as stored:
        content = stored.read()
    kind = kind_of(content)
    if kind is None:
        raise Http404
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def result(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the scores of an evaluation away as Word or Excel; the log notes it twice over."""
    if kind not in ("word", "excel"):
        raise Http404
    found, who = common.round_seen(request, pk), hand(request)
    require(rounds.overseer(request, timezone.localdate()))
    every = rounds.by_place(found, participants(found))
    rows = [(one, rounds.post_of(one.participant)) for one in every]
    log_scores_read(actor=who.actor, found=found, whose="all")
    log_export(actor=who.actor, what=f"round:{found.pk}", count=len(rows), filters={"kind": kind})
    if kind == "excel":
        return excel.download(papers.result_table(found, rows, who.today), found.title)
    return download(papers.result_paper(found, rows), kind, synthetic=found.synthetic)
