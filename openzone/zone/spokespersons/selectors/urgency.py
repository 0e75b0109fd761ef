"""How close a limit is: in time, soon, or over."""

import datetime as dt
from enum import StrEnum

from openzone.engines.worktime.arithmetic import add
from openzone.engines.worktime.due import DueResult, due
from openzone.engines.worktime.durations import Duration, Unit
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.zone.spokespersons.models import Consultation
from openzone.zone.spokespersons.packs import calendar, pack, receipt_rule


class Urgency(StrEnum):
    """The colour of a waiting question, said in words too."""

    IN_TIME = "in_time"
    SOON = "soon"
    OVERDUE = "overdue"


def urgency(due_at: dt.datetime, now: dt.datetime) -> Urgency:
    """Return how close a limit is at a moment."""
    if due_at < now:
        return Urgency.OVERDUE
    return Urgency.SOON if due_at <= soon_until(now) else Urgency.IN_TIME


def soon_until(now: dt.datetime) -> dt.datetime:
    """Return the moment up to which a limit counts as due soon."""
    return to_aware(add(calendar(), to_local(now), pack().soon))


def counted(opened_at: dt.datetime, clock: Duration) -> DueResult:
    """Count a limit from receipt, with every day on the way."""
    return due(to_local(opened_at), clock, calendar(), receipt_rule())


def due_at(opened_at: dt.datetime, clock: Duration) -> dt.datetime:
    """Return when a limit that began at a moment is over."""
    return to_aware(counted(opened_at, clock).due)


def count_of(consultation: Consultation) -> DueResult:
    """Return how the limit of a question was counted, for people to check."""
    clock = Duration(consultation.limit_amount, Unit(consultation.limit_unit))
    return counted(consultation.opened_at, clock)
