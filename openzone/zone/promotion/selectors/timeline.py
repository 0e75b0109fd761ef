"""What happened to a lead, the last first, from rows nobody rewrites."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.projects.maturity import Maturity, assess
from openzone.engines.worktime.localtime import to_local
from openzone.zone.people.models import User
from openzone.zone.promotion.models import Grading, Interaction, Lead, LeadEvent, Referral
from openzone.zone.promotion.packs import pack

Row = LeadEvent | Interaction | Grading | Referral


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing: on which day it was so, when and by whom it was recorded, and the row itself.

    ``kind``: step, talk, grade, referral or answer (the end of a referral).
    """

    kind: str
    on: dt.date
    at: dt.datetime
    by: User | None
    row: Row


def timeline(lead: Lead) -> list[Happening]:
    """Return everything recorded about a lead, the last first by its day, then by its record."""
    return sorted(_happenings(lead), key=lambda one: (one.on, one.at))[::-1]


def talks(lead: Lead) -> list[Interaction]:
    """Return the talks that count, the last first."""
    found = lead.interactions.filter(corrected_by=None).select_related("contact", "by")
    return list(found.order_by("-on", "-pk"))


def maturity(lead: Lead) -> tuple[Grading | None, Maturity]:
    """Return the last answers, the grade that follows today, and what would raise it."""
    last = lead.gradings.last()
    return last, assess(pack().as_grades, last.answers if last else {})


def _happenings(lead: Lead) -> Iterator[Happening]:
    for talk in lead.interactions.select_related("by", "contact", "corrected_by"):
        yield Happening("talk", talk.on, talk.recorded_at, talk.by, talk)
    for graded in lead.gradings.select_related("by"):
        yield Happening("grade", graded.on, graded.at, graded.by, graded)
    for one in lead.referrals.select_related("referrer", "to_unit", "answered_by"):
        at = one.referred_at
        yield Happening("referral", to_local(at).date(), at, one.referrer, one)
        if one.answered_at is not None:
            day = to_local(one.answered_at).date()
            yield Happening("answer", day, one.answered_at, one.answered_by, one)
    # What follows from a talk is told after it.
    for step in lead.log.select_related("by", "adviser"):
        yield Happening("step", step.on, step.recorded_at, step.by, step)
