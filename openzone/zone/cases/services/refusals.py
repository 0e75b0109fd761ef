"""Saying no with its grounds, and the second look at it (否定事项报告)."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from openzone.engines.cases.events import Event
from openzone.engines.cases.model import CaseType
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import ReviewWord
from openzone.zone.cases.models import Case, NegativeAnswer
from openzone.zone.cases.selectors.registers import due_at, limits
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User

REFUSING = frozenset({"rejected", "explained"})
_GROUNDS = Text(
    "不能简单说“不行”：请写明依据的法规文件、条款和可行的替代办法",
    "nobody may just say no: name the law, its clause and what can be done instead",
)
_REVIEWED = Text("该答复已复核", "this answer was reviewed already")
_OWN = Text("本人作出的答复由他人复核", "who said no does not review it")
_WHY = Text("请说明复核理由", "give the grounds of the review")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a no rests on, and what the asker can do instead."""

    law: str
    clause: str
    reason: str
    alternatives: str

    def stripped(self) -> "Grounds":
        """Return them without blanks at their ends."""
        return Grounds(**{name: value.strip() for name, value in asdict(self).items()})


def enter(
    case: Case, type_: CaseType, event: Event, *, user: User | None, now: dt.datetime
) -> NegativeAnswer | None:
    """Enter a no that ends a case into the register, with the grounds its form asked for.

    The event of the case is its event in the log. Nothing else but a no with its law is entered.
    """
    action = type_.actions[event.action]
    if user is None or action.outcome not in REFUSING or "law" not in event.data:
        return None
    unit = Unit.objects.filter(code=event.by.unit or "").first()
    if unit is None:
        return None
    said = NegativeAnswer(
        case=case,
        unit=unit,
        matter=case.title[:200],
        law=str(event.data["law"]),
        clause=str(event.data.get("clause", "")),
        reason=str(event.data.get("text", "")),
        alternatives=str(event.data.get("alternatives", "")),
        said_by=user,
        said_at=now,
        due_at=due_at(now, limits().negative_answer.limit),
    )
    ensure_valid(said)
    said.save()
    return said


@transaction.atomic
def report_refusal(
    *,
    actor: Actor,
    by: User,
    unit: Unit,
    matter: str,
    grounds: Grounds,
    now: dt.datetime,
    case: Case | None = None,
) -> NegativeAnswer:
    """Enter a no into the register; its review runs from now."""
    given = grounds.stripped()
    for name, value in asdict(given).items():
        if not value:
            raise Refused(_GROUNDS, field=name)
    said = NegativeAnswer(
        case=case,
        unit=unit,
        matter=matter.strip(),
        said_by=by,
        said_at=now,
        due_at=due_at(now, limits().negative_answer.limit),
        **asdict(given),
    )
    ensure_valid(said)
    said.save()
    record(
        "cases.refusal.reported",
        actor=actor,
        subject=f"refusal:{said.pk}",
        payload={
            "unit": unit.code,
            "case": case.number if case else "",
            "law": given.law,
            "clause": given.clause,
        },
    )
    return said


@transaction.atomic
def review_refusal(
    *,
    actor: Actor,
    by: User,
    refusal: NegativeAnswer,
    word: ReviewWord,
    note: str,
    now: dt.datetime,
) -> NegativeAnswer:
    """Uphold or lift a no; somebody else than who said it."""
    current = NegativeAnswer.objects.select_for_update(of=("self",)).get(pk=refusal.pk)
    if current.word:
        raise Refused(_REVIEWED)
    if current.said_by_id == by.pk:
        raise Refused(_OWN)
    if not note.strip():
        raise Refused(_WHY, field="note")
    current.word, current.review_note = word, note.strip()
    current.reviewed_by, current.reviewed_at = by, now
    ensure_valid(current)
    current.save()
    record(
        "cases.refusal.reviewed",
        actor=actor,
        subject=f"refusal:{current.pk}",
        payload={"word": str(word), "note": current.review_note},
    )
    return current
