"""Daily reports of members, by themselves or on their behalf, and inspections."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.resumption.enums import Resumed, Side
from openzone.zone.resumption.models import Inspection, Member, WorkReport
from openzone.zone.resumption.services.blocking import Named, name_blockers
from openzone.zone.resumption.writing import ensure_day, ensure_said, locked, note, of_member

MOST_CAPACITY: Final = Decimal(200)
CAPACITY: Final = Text("产能应在0至200（%）之间", "capacity is between 0 and 200 per cent")
PLANNED: Final = Text("已复工的不填计划复工日期", "who works has no planned day of resumption")
PASSED: Final = Text("计划复工日期早于填报日期", "the planned day is before the day of the report")
NEGATIVE: Final = Text("人数不能为负", "a number of people is not below 0")


@transaction.atomic
def report(
    *, actor: Actor, member: Member, on: dt.date, resumed: str, side: str, now: dt.datetime,
    staff: int | None = None, staff_normal: int | None = None, capacity: Decimal | None = None,
    planned_on: dt.date | None = None, remark: str = "", user: User | None = None,
    blockers: Sequence[Named] = (),
) -> WorkReport:  # fmt: skip
    """Keep a report for a day; an earlier one for the same day stays on record.

    Raises:
        Refused: the season is closed, the day is to come or the member was not listed on it.

    """
    current = locked(member)
    ensure_day(current, on, timezone.localdate(now))
    made = WorkReport(
        member=current, on=on, resumed=Resumed(resumed), side=Side(side), staff=staff,
        staff_normal=staff_normal, capacity=capacity, planned_on=planned_on,
        remark=remark.strip(), by=actor.label[:150], user=user, at=now,
    )  # fmt: skip
    _ensure_sound(made)
    ensure_valid(made)
    made.save()
    note("reported", actor, of_member(current),
         {"on": on, "resumed": made.resumed, "side": made.side})  # fmt: skip
    name_blockers(actor=actor, report=made, named=blockers, now=now)
    return made


@transaction.atomic
def inspect(
    *, actor: Actor, member: Member, on: dt.date, resumed: str, found: str, visitors: str,
    now: dt.datetime,
) -> Inspection:  # fmt: skip
    """Keep what visitors found; the member's own report is not touched."""
    current = locked(member)
    ensure_day(current, on, timezone.localdate(now))
    made = Inspection(
        member=current, on=on, resumed=Resumed(resumed), found=ensure_said(found, "found"),
        visitors=ensure_said(visitors, "visitors"), by=actor.label[:150], at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("inspected", actor, of_member(current), {"on": on, "found": made.resumed})
    return made


def _ensure_sound(made: WorkReport) -> None:
    if made.capacity is not None and not 0 <= made.capacity <= MOST_CAPACITY:
        raise Refused(CAPACITY, field="capacity")
    for name in ("staff", "staff_normal"):
        if (getattr(made, name) or 0) < 0:
            raise Refused(NEGATIVE, field=name)
    if made.planned_on is None:
        return
    if made.resumed == Resumed.YES:
        raise Refused(PLANNED, field="planned_on")
    if made.planned_on < made.on:
        raise Refused(PASSED, field="planned_on")
