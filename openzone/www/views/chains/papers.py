"""The report of a chain taken away: as a workbook, for Word, or as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.chains.asking import asked
from openzone.www.chains.paper import paper_of, title_of, workbook_of
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.selectors.reading import roles_on
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export

PAPERS = {"word": (word, DOCX, "docx"), "pdf": (pdf, PDF, "pdf")}


@require_POST
def take(request: HttpRequest, chain: str, kind: str) -> HttpResponse:
    """Give the report away as a file; the log notes who took it."""
    ask = asked(request, chain)
    require(may_export(request.user, ask.today))
    if kind not in ("excel", *PAPERS):
        raise Http404
    reading, roles = ask.read(), roles_on(chain, ask.on)
    log_export(
        actor=Actor.of(request.user), what=f"chain:{chain}", count=len(reading.names),
        filters={"kind": kind, "as_of": str(ask.on)},
    )  # fmt: skip
    synthetic = excel.in_example_zone()
    if kind == "excel":
        content = workbook_of(reading, roles, ask, synthetic=synthetic)
        return excel.answer(content, title_of(reading), synthetic=synthetic)
    make, media, ending = PAPERS[kind]
    made = paper_of(reading, roles, ask, synthetic=synthetic)
    name = f"{made.title}.{ending}"
    response = HttpResponse(make(made), content_type=media)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{excel.SAMPLE}_{name}" if synthetic else name
    )
    return response
