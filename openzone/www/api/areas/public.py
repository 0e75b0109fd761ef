"""What needs no key: the public status of a case, for who holds its number and receipt code."""

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from openzone.engines.text import Text
from openzone.www.api.shapes.cases import StatusIn, StatusOut, ToldOut
from openzone.www.api.shapes.common import Problem, Words
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.selectors.public_status import status
from openzone.zone.cases.services.receipts import look_up

desk = Router(tags=["public"], auth=None)


@desk.post(
    "/status",
    response={200: StatusOut, 400: Problem, 404: Problem, 409: Problem, 413: Problem,
              422: Problem, 429: Problem},
    summary=str(Text("凭查询码看进度", "Status by receipt code")),
    operation_id="public_status",
)  # fmt: skip
def post_status(request: HttpRequest, sent: StatusIn) -> StatusOut:
    """Return where a case is. A POST, because wrong codes are counted."""
    found = look_up(
        actor=Actor.system("api"),
        number=sent.number,
        code=sent.code,
        address=str(request.META.get("REMOTE_ADDR", "")),
        now=timezone.now(),
    )
    if found is None:
        raise Http404
    seen = status(found)
    told = [ToldOut(at=one.at, label=Words.of(one.label), text=one.text) for one in seen.told]
    return StatusOut(
        number=seen.number,
        kind=Words.of(seen.kind),
        title=seen.title,
        stage=Words.of(seen.stage),
        closed=seen.closed,
        outcome=Words.of(seen.outcome) if seen.outcome else None,
        unit=seen.unit,
        opened_at=seen.opened_at,
        due_at=seen.due_at,
        needed=seen.needed,
        told=told,
    )
