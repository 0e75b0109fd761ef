"""Photographs of hand-overs and home visits: added, opened one by one, taken away as one file."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.files.gate import MEDIA_TYPES, Kind
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.photos import PhotosForm
from openzone.www.views.community.papers import address_of, crumb_of, may_see_papers, with_papers
from openzone.zone.audit.actors import Actor
from openzone.zone.community.models import Filing, HandOver, Order, Proof
from openzone.zone.community.permissions import may_prove
from openzone.zone.community.services.belonging import owner_of
from openzone.zone.community.services.proofs import add_proofs, note_look
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export


@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one photograph out, always to be saved; the log notes to whom."""
    proof = get_object_or_404(Proof.objects.select_related("order__agent", "filing"), pk=pk)
    require(may_see_papers(request, owner_of(proof)))
    with proof.file.open("rb") as stored:
        content = stored.read()
    note_look(actor=Actor.of(request.user), proof=proof)
    response = HttpResponse(content, content_type=MEDIA_TYPES[Kind(proof.kind)])
    response["Content-Disposition"] = content_disposition_header(True, proof.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add photographs to a hand-over, where there was no time or no network before."""
    rows = HandOver.objects.select_related("order__case", "order__agent", "filing__case")
    row = get_object_or_404(rows, pk=pk)
    of = owner_of(row)
    require(may_see_papers(request, of))
    require(may_prove(request.user, row))
    form = PhotosForm(posted(request), request.FILES or None)

    def act() -> str:
        photos = form.taken(request)
        add_proofs(actor=Actor.of(request.user), hand_over=row, photos=photos, now=timezone.now())
        return address_of(of)

    names = "、".join(row.papers.values_list("name", flat=True))
    page = FormPage(
        _("Add photographs"), _("Keep"), _("The photographs are kept."), (crumb_of(of),), names
    )
    return answer(request, page, form, act)


@require_POST
def export(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give the chain of custody and its photographs as one file; the log notes it."""
    of = with_papers(kind, pk)
    require(may_see_papers(request, of))
    require(may_export(request.user, timezone.localdate()))
    proofs = list(of.proofs.select_related("hand_over", "added_by"))
    number = of.case.number
    log_export(
        actor=Actor.of(request.user), what=f"custody:{number}", count=len(proofs), filters={}
    )
    synthetic = excel.in_example_zone()
    name = f"{excel.SAMPLE}_{number}.zip" if synthetic else f"{number}.zip"
    response = HttpResponse(_packed(of, proofs, synthetic=synthetic), "application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _packed(of: Order | Filing, proofs: list[Proof], *, synthetic: bool) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(f"{of.case.number}.xlsx", excel.workbook(_table(of, proofs, synthetic)))
        for proof in proofs:
            with proof.file.open("rb") as stored:
                packed.writestr(_inside(proof), stored.read())
    return buffer.getvalue()


def _inside(proof: Proof) -> str:
    """Return the name of a photograph in the file: two of one name stay two."""
    return f"{proof.pk}-{proof.name}"


def _table(of: Order | Filing, proofs: Iterable[Proof], synthetic: bool) -> excel.Table:
    headings = [
        _("From"), _("To"), _("Papers"), _("Given by"), _("Given"), _("Taken by"), _("Taken"),
        _("What it proves"), _("File"), "SHA-256", _("Added by"), _("Added at"),
    ]  # fmt: skip
    by_hand: dict[int | None, list[Proof]] = {}
    for proof in proofs:
        by_hand.setdefault(proof.hand_over_id, []).append(proof)
    rows: list[tuple[excel.Cell, ...]] = []
    for one in of.hand_overs.prefetch_related("papers"):
        photos: list[Proof | None] = [*by_hand.pop(one.pk, [])]
        rows += [(*_hand(one), *_photo(proof)) for proof in photos or [None]]
    rest = [proof for left in by_hand.values() for proof in left]
    rows += [(*[None] * 7, *_photo(proof)) for proof in rest]
    notes = [of.case.number, excel.as_of_note(timezone.localdate())]
    return excel.Table(headings, rows, notes, synthetic)


def _hand(one: HandOver) -> tuple[excel.Cell, ...]:
    papers = "、".join(paper.name for paper in one.papers.all())
    taken = _minute(one.taken_at) if one.taken_at else None
    return (
        one.get_giver_display(), one.get_taker_display(), papers, one.given_by,
        _minute(one.given_at), one.taken_by or None, taken,
    )  # fmt: skip


def _photo(proof: Proof | None) -> tuple[excel.Cell, ...]:
    if proof is None:
        return (None,) * 5
    return (
        proof.get_what_display(), _inside(proof), proof.sha256, str(proof.added_by),
        _minute(proof.added_at),
    )  # fmt: skip


def _minute(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
