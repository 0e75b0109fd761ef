"""What an enterprise has had or has open, and what that leaves it under the relations.

Two readings that the relations leave open are made here: what is open counts as if it were
granted today, and of rules of which one alone is paid, one that is open or was paid in the same
calendar year stands in the way of the others. An enterprise chooses by withdrawing.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.rules.bundle_items import Received
from openzone.engines.rules.bundle_limits import Limits
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.relation_language import (
    AnyRelation,
    Exclusive,
    HigherOf,
    OnceIn,
    SameExpense,
    StackCap,
)
from openzone.engines.rules.single import answer
from openzone.engines.text import Text
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.findings import Finding
from openzone.zone.redemption.selectors.received import Grant, grants_of, open_of
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.rulebook.packs import plan_on
from openzone.zone.rulebook.selectors.entitlements import known_facts


@dataclass(frozen=True, slots=True)
class Standing:
    """What the relations say of one application: why not, and at most how much (fen)."""

    obstacles: tuple[Text, ...] = ()
    ceiling: int | None = None
    because: Text | None = None


def obstacles(application: Application, finding: Finding, on: dt.date) -> list[Text]:
    """Return why an application cannot go on beside what was received and what is open."""
    return list(standing(application, finding, on).obstacles)


def standing(application: Application, finding: Finding, on: dt.date) -> Standing:
    """Look at grants and open applications under the relations in force on a day."""
    rule_id = application.item.rule_id
    plan = plan_on(on)
    if rule_id not in plan.by_id:
        plan = plan_on(application.rules_on)
    if rule_id not in plan.by_id or not plan.relations:
        return Standing()
    others = [
        other for other in open_of(application.enterprise).exclude(pk=application.pk or 0)
        if other.item.rule_id and other.submitted_at is not None
    ]  # fmt: skip
    grants = grants_of(application.enterprise, on)
    limits = _limits(application, plan, grants, others, on)
    found = [
        *_barred(plan, limits, rule_id),
        *_alone(plan, rule_id, grants, others, on),
    ]
    ceiling, because = _ceiling(limits, rule_id, grants, others, on)
    if ceiling == 0 and because is not None:
        found.append(because)
    return Standing(tuple(found), ceiling, because)


def _limits(
    application: Application,
    plan: Plan,
    grants: list[Grant],
    others: list[Application],
    on: dt.date,
) -> Limits:
    known = known_facts(facts_of(application.enterprise, plan.as_of, on))
    received = [
        *(Received(one.rule_id, one.on, one.amount / 100) for one in grants if one.rule_id),
        *(Received(one.item.rule_id, plan.as_of, _expected(one) / 100) for one in others),
    ]
    return Limits(answer(plan, known), tuple(received))


def _expected(application: Application) -> int:
    """Return what an open application will bring, as far as that is known."""
    for amount in (application.approved, application.proposed, application.computed):
        if amount is not None:
            return amount
    return 0


def _barred(plan: Plan, limits: Limits, rule_id: str) -> Iterator[Text]:
    for because in limits.barring(plan.by_id[rule_id]):
        had = "、".join(f"{one.granted_on} {one.rule}" for one in because.received)
        lacking = "、".join(because.rules)
        what = had or lacking
        yield Text(f"{because.label.zh}（{what}）", f"{because.label.en} ({what})")


def _alone(
    plan: Plan, rule_id: str, grants: list[Grant], others: list[Application], on: dt.date
) -> Iterator[Text]:
    """Yield the relations of which only one is paid, where another one is on its way or paid."""
    for relation in plan.relations:
        source = relation.source
        members = {rule.id for rule in relation.members} - {rule_id}
        if rule_id not in {rule.id for rule in relation.members} or not _one_alone(source):
            continue
        named = [one.number for one in others if one.item.rule_id in members]
        named += [
            f"{one.title} {one.on}"
            for one in grants
            if one.rule_id in members and one.on.year == on.year
        ]
        if named:
            label, what = source.label.text, "、".join(named)
            yield Text(f"{label.zh}（{what}）", f"{label.en} ({what})")


def _one_alone(source: AnyRelation) -> bool:
    match source:
        case Exclusive() | HigherOf() | OnceIn(together=True) | SameExpense(share="once"):
            return True
    return False


def _ceiling(
    limits: Limits, rule_id: str, grants: list[Grant], others: list[Application], on: dt.date
) -> tuple[int | None, Text | None]:
    """Return the least that any cap leaves, in fen, and which cap it is."""
    lowest: tuple[int | None, Text | None] = (None, None)
    for room in limits.rooms:
        if rule_id not in room.members or room.fen is None:
            continue
        left = room.fen
        if isinstance(room.relation.source, StackCap):
            left = max(0, left - _stacked(room.members, rule_id, grants, others, on))
        if lowest[0] is None or left < lowest[0]:
            lowest = (left, room.relation.source.label.text)
    return lowest


def _stacked(
    members: tuple[str, ...],
    rule_id: str,
    grants: list[Grant],
    others: list[Application],
    on: dt.date,
) -> int:
    """Return what of a stack is paid this year or on its way; the engine counts one bundle only."""
    besides = [name for name in members if name != rule_id]
    paid = sum(one.amount for one in grants if one.rule_id in besides and one.on.year == on.year)
    return paid + sum(_expected(one) for one in others if one.item.rule_id in besides)
