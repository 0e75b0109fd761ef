"""A meeting is held: who was there, what became of each matter, and what climbs from here."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.reviews.climbing import climb
from openzone.zone.reviews.enums import ItemOutcome, MeetingState
from openzone.zone.reviews.models import AgendaItem, Attendance, Meeting
from openzone.zone.reviews.services.writing import still_planned

NOT_YET = Text("会议日期为{on}，尚未召开", "the meeting is on {on}; it has not been held yet")
NO_AGENDA = Text("请先生成议程", "make the agenda first")
NOBODY = Text("请登记至少一名参会人员", "say who was there")
NO_ITEM = Text("议程中没有该事项，请刷新后再记录", "this matter is not on the agenda; reload")
LONGEST_NAME = 64
TOO_LONG = Text("“{name}”超过{n}字", "“{name}” has more than {n} characters")


class Result(NamedTuple):
    """What became of a matter."""

    outcome: str
    remark: str = ""


@transaction.atomic
def hold_meeting(
    *, actor: Actor, meeting: Meeting, attended: Collection[User], user: User, now: dt.datetime,
    today: dt.date, minutes: str = "", results: Mapping[int, Result] | None = None,
    others: Collection[str] = (),
) -> Meeting:  # fmt: skip
    """Record that a meeting was held, once; whoever comes second is told who was first.

    ``results`` are by the number of the agenda item; a matter without one was not reached.
    Obstacles that were found open often enough go to the next tier with it.
    """
    fresh = still_planned(meeting)
    _ensure_can_be_held(fresh, today)
    names = [name.strip() for name in others if name.strip()]
    _attend(fresh, attended, names)
    _settle(fresh, results or {})
    fresh.state, fresh.minutes_text = MeetingState.HELD, minutes.strip()
    fresh.settled_by, fresh.settled_at = user, now
    fresh.save(update_fields=["state", "minutes_text", "settled_by", "settled_at"])
    climbed = climb(fresh, actor, now)
    told: dict[str, JSON] = {"attended": len(attended) + len(names), "climbed": list(climbed)}
    record("reviews.meeting.held", actor=actor, subject=f"meeting:{fresh.pk}", payload=told)
    return fresh


def _ensure_can_be_held(meeting: Meeting, today: dt.date) -> None:
    if meeting.on > today:
        raise Refused(NOT_YET.format(on=meeting.on))
    if meeting.prepared_at is None:
        raise Refused(NO_AGENDA)


def _attend(meeting: Meeting, attended: Collection[User], names: Collection[str]) -> None:
    if not attended and not names:
        raise Refused(NOBODY, field="attended")
    for name in names:
        if len(name) > LONGEST_NAME:
            told = TOO_LONG.format(name=name[:20], n=LONGEST_NAME)
            raise Refused(told, field="others")
    people = {one.pk: one for one in attended}
    Attendance.objects.bulk_create(
        [
            *(Attendance(meeting=meeting, user=one) for one in people.values()),
            *(Attendance(meeting=meeting, name=name) for name in dict.fromkeys(names)),
        ]
    )


def _settle(meeting: Meeting, results: Mapping[int, Result]) -> None:
    items = list(meeting.items.all())
    if results.keys() - {item.pk for item in items}:
        raise Refused(NO_ITEM)
    for item in items:
        result = results.get(item.pk, Result(ItemOutcome.POSTPONED))
        item.outcome, item.remark = ItemOutcome(result.outcome), result.remark.strip()[:500]
    AgendaItem.objects.bulk_update(items, ["outcome", "remark"])
