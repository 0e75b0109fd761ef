"""What ends by itself when its time is over."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.redemption import flow
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application

_ENDS = {
    Stage.CORRECTION: (Stage.LAPSED, Text("逾期未补正", "not corrected in time")),
    Stage.INTENTION: (Stage.LAPSED, Text("逾期未确认意愿", "no word from the enterprise in time")),
    Stage.EVALUATION: (Stage.CLOSED, Text("逾期未评价，自动办结", "closed without a rating")),
}


@transaction.atomic
def lapse(*, actor: Actor, application: Application, at: dt.datetime) -> Application:
    """End an application whose time to correct, to confirm or to rate is over."""
    current = flow.locked(application, *_ENDS)
    if current.due_at is None or at <= current.due_at:
        raise Refused(Text("期限未到", "the time is not over"))
    to, reason = _ENDS[Stage(current.stage)]
    if to == Stage.LAPSED:
        current.asked = reason.zh
    flow.move(
        current, to, actor=actor, user=None, at=at,
        action="lapsed" if to == Stage.LAPSED else "closed", note=reason.zh,
    )  # fmt: skip
    return current
