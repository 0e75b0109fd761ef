"""Root causes become suggested changes of rules, each with a unit that owes an answer."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import ChangeAnswer
from openzone.zone.cases.models import Case, RuleChange
from openzone.zone.cases.selectors.registers import due_at, limits
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User

_NO_CASES = Text("请至少关联一个事项", "name at least one case behind it")
_ANSWERED = Text("该建议已答复", "this suggestion was answered already")
_WHY = Text("请说明理由或已采取的措施", "give the grounds, or what was done")
_WHEN = Text("采纳的请写明自何日起调整", "say from which day the rule is changed")
_ADOPTED = frozenset({ChangeAnswer.ADOPTED, ChangeAnswer.PARTLY})


@transaction.atomic
def suggest_change(
    *,
    actor: Actor,
    by: User,
    cases: Sequence[Case],
    unit: Unit,
    rule: str,
    clause: str,
    cause: str,
    proposal: str,
    now: dt.datetime,
) -> RuleChange:
    """Suggest to a unit that a rule be changed, with the cases that show why."""
    if not cases:
        raise Refused(_NO_CASES, field="cases")
    suggested = RuleChange(
        rule=rule.strip(),
        clause=clause.strip(),
        cause=cause.strip(),
        proposal=proposal.strip(),
        unit=unit,
        suggested_by=by,
        suggested_at=now,
        due_at=due_at(now, limits().rule_change.limit),
    )
    ensure_valid(suggested)
    suggested.save()
    suggested.cases.set(cases)
    record(
        "cases.rule_change.suggested",
        actor=actor,
        subject=f"rule_change:{suggested.pk}",
        payload={"unit": unit.code, "rule": suggested.rule, "cases": [c.number for c in cases]},
    )
    return suggested


@transaction.atomic
def answer_change(
    *,
    actor: Actor,
    by: User,
    change: RuleChange,
    answer: ChangeAnswer,
    text: str,
    now: dt.datetime,
    in_force_on: dt.date | None = None,
) -> RuleChange:
    """Let the unit answer; what is adopted has a day from which the rule is another."""
    current = RuleChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if current.answer:
        raise Refused(_ANSWERED)
    if not text.strip():
        raise Refused(_WHY, field="text")
    if answer in _ADOPTED and in_force_on is None:
        raise Refused(_WHEN, field="in_force_on")
    current.answer, current.answer_text = answer, text.strip()
    current.answered_by, current.answered_at = by, now
    current.in_force_on = in_force_on if answer in _ADOPTED else None
    ensure_valid(current)
    current.save()
    record(
        "cases.rule_change.answered",
        actor=actor,
        subject=f"rule_change:{current.pk}",
        payload={
            "answer": str(answer),
            "in_time": now <= current.due_at,
            "in_force_on": str(current.in_force_on or ""),
        },
    )
    return current
