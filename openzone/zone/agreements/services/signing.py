"""An agreement is signed and ends; between the two its terms stay as they are."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.agreements.enums import AgreementState
from openzone.zone.agreements.models import Agreement
from openzone.zone.agreements.selectors.incentives import why_not
from openzone.zone.agreements.services.writing import TO_COME, drafted, in_force, keep, note
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid

EMPTY = Text("协议中还没有任何承诺", "there is no promise in the agreement yet")
BEFORE = Text("不能早于原协议签订日 {day}", "not before the agreement it amends, of {day}")
AMENDED = Text("由变更协议“{number}”替代", "replaced by amendment “{number}”")


@transaction.atomic
def sign(
    *, actor: Actor, agreement: Agreement, on: dt.date, file_name: str, data: bytes,
    today: dt.date,
) -> Agreement:  # fmt: skip
    """Sign a draft with its paper; an agreement it amends ends on that day.

    Raises:
        Refused: with the incentive whose review is missing or no longer allows it.

    """
    fresh = drafted(agreement)
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    if not fresh.clauses.exists():
        raise Refused(EMPTY)
    _ensure_cleared(fresh)
    keep(fresh, file_name, data)
    fresh.state, fresh.signed_on = AgreementState.SIGNED, on
    _end_amended(fresh, on)
    ensure_valid(fresh)
    fresh.save()
    fresh.clauses.update(sealed=True)
    note(
        action="signed",
        actor=actor,
        subject=f"project:{fresh.project_id}",
        payload={"agreement": fresh.pk, "on": on.isoformat(), "sha256": fresh.sha256},
    )
    return fresh


@transaction.atomic
def end(
    *, actor: Actor, agreement: Agreement, on: dt.date, reason: str, today: dt.date
) -> Agreement:
    """End a signed agreement; from then on nobody is warned of its promises."""
    fresh = in_force(agreement)
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    if fresh.signed_on is not None and on < fresh.signed_on:
        raise Refused(Text("不能早于签订日", "not before it was signed"), field="on")
    _ended(fresh, on, reason.strip())
    note(
        action="ended",
        actor=actor,
        subject=f"project:{fresh.project_id}",
        payload={"agreement": fresh.pk, "reason": reason.strip()},
    )
    return fresh


def _ended(agreement: Agreement, on: dt.date, reason: str) -> None:
    agreement.state, agreement.ended_on = AgreementState.ENDED, on
    agreement.ended_because = reason
    ensure_valid(agreement)
    agreement.save(update_fields=["state", "ended_on", "ended_because"])


def _end_amended(fresh: Agreement, on: dt.date) -> None:
    if fresh.amends is None:
        return
    old = in_force(fresh.amends)
    if old.signed_on is not None and on < old.signed_on:
        raise Refused(BEFORE.format(day=old.signed_on), field="on")
    _ended(old, on, AMENDED.zh.format(number=fresh.number))


def _ensure_cleared(agreement: Agreement) -> None:
    """Refuse what a later review no longer allows, though it did when it was drafted."""
    for clause in agreement.clauses.select_related("review__incentive"):
        if clause.review is None:
            continue
        reason = why_not(clause.review.incentive)
        if reason is not None:
            raise Refused(reason)
