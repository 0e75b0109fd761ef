"""What the pages of cases share: who asks, on which day, at which moment."""

import datetime as dt
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header

from openzone.engines.files.gate import MEDIA_TYPES, Kind
from openzone.engines.worktime.localtime import to_local
from openzone.www.access import require
from openzone.zone.cases.models import Attachment, Case
from openzone.zone.cases.permissions import may_see

WITH = ("version", "enterprise", "requester_unit", "requester_user", "handler", "place", "lead")


class Moment(NamedTuple):
    """Now, as the database, the engines and permissions take it."""

    aware: dt.datetime
    local: dt.datetime
    day: dt.date


def moment() -> Moment:
    """Return the moment of this request."""
    now = timezone.now()
    return Moment(now, to_local(now), timezone.localdate(now))


def seen_by(request: HttpRequest, pk: int) -> Case:
    """Return a case to somebody who may see it."""
    rows = Case.objects.select_related(*WITH, "recorded_by", "about_unit", "merged_into")
    case = get_object_or_404(rows, pk=pk)
    require(may_see(request.user, case, timezone.localdate()))
    return case


def sent(attachment: Attachment) -> HttpResponse:
    """Give a paper out, always to be saved: nothing that was sent in is shown as a page of ours."""
    with attachment.file.open("rb") as stored:
        content = stored.read()
    response = HttpResponse(content, content_type=MEDIA_TYPES[Kind(attachment.kind)])
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
