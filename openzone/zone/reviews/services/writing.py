"""What the services of reviews share: a meeting, locked, and who was quicker."""

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.errors import Refused
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import Meeting

HELD = Text(
    "会议已由{who}于{at}记录，请核对后再办理",
    "{who} recorded this meeting at {at}; look again",
)
CANCELLED = Text("会议已由{who}于{at}取消：{why}", "{who} cancelled this meeting at {at}: {why}")


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting until the transaction ends and read it anew."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    related = ("force", "chief", "settled_by")
    return Meeting.objects.select_related(*related).get(pk=meeting.pk)


def still_planned(meeting: Meeting) -> Meeting:
    """Lock a meeting that was neither held nor cancelled; who comes second reads who was first."""
    fresh = locked(meeting)
    if fresh.state == MeetingState.HELD:
        raise Refused(HELD.format(**told(fresh)))
    if fresh.state == MeetingState.CANCELLED:
        raise Refused(CANCELLED.format(**told(fresh)))
    return fresh


def told(meeting: Meeting) -> dict[str, object]:
    """Return who held or cancelled a meeting, when and why, for a sentence."""
    at = f"{to_local(meeting.settled_at):%Y-%m-%d %H:%M}" if meeting.settled_at else "—"
    return {"who": meeting.settled_by or "—", "at": at, "why": meeting.reason}
