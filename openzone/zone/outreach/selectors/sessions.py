"""What a recording is shown with: the questions of a session that were answered for everybody."""

import datetime as dt
from dataclasses import dataclass

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.outreach.models import LiveSession, SessionQuestion
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.models import Reply
from openzone.zone.spokespersons.selectors.basis import changed


@dataclass(frozen=True, slots=True)
class SessionAnswer:
    """A question as published, the answer, and what changed since it was given."""

    question: str
    text: str
    unit: Unit | None
    answered_on: dt.date
    changed: tuple[Text, ...]


def answers_of(session: LiveSession, on: dt.date) -> list[SessionAnswer]:
    """Return the published answers to what was asked, in the order of asking.

    Only what was published is shown: a name on a screen is nobody else's business.
    """
    asked = SessionQuestion.objects.filter(session=session, consultation__isnull=False)
    order = {
        number: place for place, number in enumerate(asked.values_list("consultation", flat=True))
    }
    replies = Reply.objects.filter(consultation__in=order).exclude(published_question="")
    related = replies.select_related("unit", "consultation__document", "consultation__item")
    found = sorted(related.order_by("pk"), key=lambda reply: order[reply.consultation_id])
    return [_answer(reply, on) for reply in found]


def _answer(reply: Reply, on: dt.date) -> SessionAnswer:
    day = to_local(reply.replied_at).date()
    return SessionAnswer(
        reply.published_question, reply.text, reply.unit, day, tuple(changed(reply, on))
    )
