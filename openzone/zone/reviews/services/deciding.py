"""What a meeting decides becomes a task with an owner unit and a day."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import AgendaItem, Decision, Meeting
from openzone.zone.reviews.selectors.meetings import title as title_of
from openzone.zone.reviews.services.writing import CANCELLED, locked, told

KIND = "review_task"
PAST = Text("完成时限不能早于今天", "the day it is due has passed already")
NOT_ITS = Text("该事项不在本次会议议程中", "this matter is not on the agenda of this meeting")
NOT_YET = Text("会议日期为{on}，尚未召开", "the meeting is on {on}; it has not been held yet")


@transaction.atomic
def decide(
    *, actor: Actor, meeting: Meeting, title: str, unit: Unit, due: dt.date, user: User,
    now: dt.datetime, today: dt.date, text: str = "", item: AgendaItem | None = None,
    request_id: str = "",
) -> Decision:  # fmt: skip
    """Decide something in a meeting, or add what was decided to its record.

    The case carries who took it on, what proves it and who checked it. With a ``request_id`` the
    same decision sent twice is one.
    """
    fresh = locked(meeting)
    _ensure_decides(fresh, item, due, today)
    project = item.project if item else None
    opened = open_case(
        actor=actor, kind=KIND, title=title, text=text, now=now, channel=Channel.SYSTEM,
        requester=Requester(RequesterKind.UNIT, unit=centre_unit()),
        fields=_answers(fresh, f"{project.number} {project.name}" if project else "", due),
        unit=unit, origin=f"meeting:{fresh.pk}", request_id=request_id,
    )  # fmt: skip
    known = Decision.objects.filter(case=opened.case).first()
    if known is not None:
        return known
    made = Decision.objects.create(
        meeting=fresh, item=item, project=project, case=opened.case, unit=unit, due=due,
        decided_by=user, decided_at=now,
    )  # fmt: skip
    record(
        "reviews.meeting.decided", actor=actor, subject=f"meeting:{fresh.pk}",
        payload={"case": opened.case.number, "unit": unit.code, "due": due.isoformat()},
    )  # fmt: skip
    return made


def _ensure_decides(
    meeting: Meeting, item: AgendaItem | None, due: dt.date, today: dt.date
) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(CANCELLED.format(**told(meeting)))
    if meeting.on > today:
        raise Refused(NOT_YET.format(on=meeting.on))
    if item is not None and item.meeting_id != meeting.pk:
        raise Refused(NOT_ITS, field="item")
    if due < today:
        raise Refused(PAST, field="due")


def _answers(meeting: Meeting, project: str, due: dt.date) -> dict[str, str]:
    given = {"project": project[:100], "meeting": f"{title_of(meeting).zh} {meeting.on}"[:100]}
    return {name: value for name, value in given.items() if value} | {"due": due.isoformat()}
