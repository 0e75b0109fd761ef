"""What needs no key: the public status of a case, for who holds its number and receipt code."""

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from openzone.www.api import schemas
from openzone.www.api.schemas import Words
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.selectors.public_status import status
from openzone.zone.cases.services.receipts import look_up

router = Router(tags=["public"], auth=None)


@router.post(
    "/status",
    response={200: schemas.StatusOut, 404: schemas.Problem, 409: schemas.Problem,
              422: schemas.Problem},
)  # fmt: skip
def post_status(request: HttpRequest, sent: schemas.StatusIn) -> schemas.StatusOut:
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
    told = [
        schemas.ToldOut(at=one.at, label=Words.of(one.label), text=one.text) for one in seen.told
    ]
    return schemas.StatusOut(
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
