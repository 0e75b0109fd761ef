"""Targets: set, changed with the reason, withdrawn."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.models import Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.selectors.scopes import key_of
from openzone.zone.performance.services.writing import note, standing_target

NO_INDICATOR = Text("没有指标“{name}”", "there is no indicator “{name}”")
WHOSE = Text(
    "请选择一个单位或一个人，与“目标归属”一致", "name a unit or a person, as the scope says"
)
ON_RECORD = Text(
    "该指标在这些年份已有目标，请更改原目标", "there is a target of these years already: change it"
)
ABOVE_ZERO = Text("目标必须大于零", "a target must be above zero")
SAME = Text("与原目标相同", "it is the same as before")
AGAIN = Text("重新下达", "set again")
WHY = Text("请写明理由", "say why")
YEARS = Text("年份顺序不对", "the years are not in order")


@transaction.atomic
def set_target(
    *, actor: Actor, user: User, indicator: str, scope: str, first_year: int, last_year: int,
    amount: Decimal, document: str, now: dt.datetime, unit: Unit | None = None,
    person: User | None = None, lead_unit: Unit | None = None,
) -> Target:  # fmt: skip
    """Set a target, in the base unit of its indicator: yuan, dollars, pieces, a share of one."""
    if pack().indicator(indicator) is None:
        raise Refused(NO_INDICATOR.format(name=indicator), field="indicator")
    _ensure_whose(scope, unit, person)
    if amount <= 0:
        raise Refused(ABOVE_ZERO, field="amount")
    if last_year < first_year:
        raise Refused(YEARS, field="last_year")
    made = Target(
        indicator=indicator, scope=scope, scope_key=key_of(scope, unit, person), unit=unit,
        person=person, lead_unit=lead_unit, first_year=first_year, last_year=last_year,
        amount=amount, document=document.strip(), set_by=user, set_at=now,
    )  # fmt: skip
    made.line_key = f"{indicator} {made.scope_key} {first_year}-{last_year}"
    _continue(made)
    ensure_valid(made)
    made.save(force_insert=True)
    _note("target_set", actor, made)
    return made


def _continue(made: Target) -> None:
    """A line that was withdrawn goes on with the new target; one that stands is changed instead."""
    root = Target.objects.select_for_update().filter(line_key=made.line_key).first()
    if root is None:
        return
    last = Target.objects.filter(Q(pk=root.pk) | Q(first=root)).order_by("-pk")[0]
    if not last.withdrawn:
        raise Refused(ON_RECORD, field="indicator")
    made.first, made.replaces, made.reason, made.line_key = root, last, str(AGAIN), None


def _ensure_whose(scope: str, unit: Unit | None, person: User | None) -> None:
    named = {ScopeKind.UNIT: (True, False), ScopeKind.PERSON: (False, True)}
    if (unit is not None, person is not None) != named.get(ScopeKind(scope), (False, False)):
        raise Refused(WHOSE, field="scope")


@transaction.atomic
def change_target(
    *, actor: Actor, user: User, target: Target, amount: Decimal, document: str, reason: str,
    now: dt.datetime,
) -> Target:  # fmt: skip
    """Change what is to be reached; the row before stays with its value.

    Of two people who change it at once the second is told who was first.
    """
    if amount <= 0:
        raise Refused(ABOVE_ZERO, field="amount")
    if (amount, document.strip()) == (target.amount, target.document):
        raise Refused(SAME, field="amount")
    made = _replacing(target, user, now, reason)
    made.amount, made.document = amount, document.strip()
    ensure_valid(made)
    made.save(force_insert=True)
    _note("target_changed", actor, made)
    return made


@transaction.atomic
def withdraw_target(
    *, actor: Actor, user: User, target: Target, reason: str, now: dt.datetime
) -> Target:
    """Take a target back; it stands in no list any more."""
    made = _replacing(target, user, now, reason)
    made.withdrawn = True
    ensure_valid(made)
    made.save(force_insert=True)
    _note("target_withdrawn", actor, made)
    return made


def _replacing(target: Target, user: User, now: dt.datetime, reason: str) -> Target:
    if not reason.strip():
        raise Refused(WHY, field="reason")
    stands = standing_target(target)
    return Target(
        indicator=stands.indicator, scope=stands.scope, scope_key=stands.scope_key,
        unit=stands.unit, person=stands.person, lead_unit=stands.lead_unit,
        first_year=stands.first_year, last_year=stands.last_year, amount=stands.amount,
        document=stands.document, first=stands.root, replaces=stands, reason=reason.strip(),
        set_by=user, set_at=now,
    )  # fmt: skip


def _note(action: str, actor: Actor, target: Target) -> None:
    note(
        action=action,
        actor=actor,
        subject=f"target:{target.root.pk}",
        payload={
            "indicator": target.indicator,
            "scope": target.scope_key,
            "years": f"{target.first_year}-{target.last_year}",
            "amount": str(target.amount),
            "reason": target.reason,
        },
    )
