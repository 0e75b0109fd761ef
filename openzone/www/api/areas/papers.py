"""Papers of cases: listed, downloaded, and sent as files rather than inside JSON."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Status
from ninja.files import UploadedFile

from openzone.engines.text import Text
from openzone.www.api.areas.cases import seen
from openzone.www.api.desk import WRITING, Desk
from openzone.www.api.sent import Asked, asked
from openzone.www.api.shapes.cases import PaperOut
from openzone.www.api.shapes.common import Problem
from openzone.www.api.values import Id, Line, Paragraphs
from openzone.www.cases.asking import sent as given_out
from openzone.zone.cases.models import Attachment
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.CASES)


@desk.read("/cases/{number}/attachments", Text("案件附件", "Papers of a case"), list[PaperOut])
def list_papers(asked: Asked, number: Line) -> Any:
    """The papers of a case, in the order they came."""
    return seen(asked, number).attachments.order_by("pk")


@desk.read("/cases/{number}/attachments/{pk}", Text("下载附件", "Download a paper"), bytes)
def download_paper(asked: Asked, number: Line, pk: Id) -> Any:
    """A paper of a case, always to be saved."""
    return given_out(get_object_or_404(Attachment, pk=pk, case=seen(asked, number)))


@desk.post(
    "/cases/{number}/attachments",
    response={201: list[PaperOut], **dict.fromkeys(WRITING, Problem)},
    summary=str(Text("上传附件", "Add papers")),
    operation_id="cases_add_papers",
)
def add_papers(
    request: HttpRequest,
    number: Line,
    files: File[list[UploadedFile]],
    text: Form[Paragraphs] = "",
    action: Form[Line] = "note",
    field: Form[Line] = "",
) -> Status[Any]:
    """Send files as a form; they come with an action, a note unless another is named."""
    who = asked(request)
    case = seen(who, number)
    if action not in type_of(case.version).actions:
        raise Http404
    before = case.last_seq
    done = act(
        actor=who.actor,
        case=case,
        action=action,
        now=who.now,
        user=who.user,
        data={"text": text} if text else {},
        files=[Upload(one.name or "", one.read(), field) for one in files],
    )
    return Status(201, done.attachments.filter(seq__gt=before).order_by("pk"))
