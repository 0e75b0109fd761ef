"""From the signature to the end: each step asks the machine, writes, and moves the case."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from openzone.engines.service.machines import CLOSED, ImpossibleError, Machine, State, Step, move
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.commitments.enums import CheckBasis, RecordKind
from openzone.zone.commitments.models import Commitment, OwedPaper
from openzone.zone.commitments.packs import pack
from openzone.zone.commitments.permissions import may_check, may_decide
from openzone.zone.commitments.selectors.standing import standing
from openzone.zone.commitments.services.casework import follow
from openzone.zone.commitments.services.offers import subject
from openzone.zone.commitments.services.records import hold_against
from openzone.zone.errors import Refused
from openzone.zone.people.models import User


@transaction.atomic
def sign(
    *, actor: Actor, commitment: Commitment, name: str, now: dt.datetime, publish: bool = False
) -> Commitment:
    """Take down the signature; the applicant says whether the promise is published."""
    current = _locked(commitment)
    if not name.strip():
        raise Refused(Text("请填写签署人姓名", "name who signs"), field="name")
    if current.supply_by is not None and current.supply_by <= now:
        raise Refused(Text("补正期限已过，请重新告知", "the deadline is over: give a new notice"))
    kind = pack().kind(current.kind)
    found = standing(current.enterprise, current.identity)
    if not found.allowed and not (kind and kind.repairs):
        raise Refused(found.reason)
    _step(current, Step.SIGN, now)
    current.signed_at, current.signed_by, current.publish = now, name.strip(), publish
    return _done(actor, current, Step.SIGN, now, {"name": name.strip(), "publish": publish})


@transaction.atomic
def decline(*, actor: Actor, commitment: Commitment, now: dt.datetime, why: str = "") -> Commitment:
    """Note that the applicant prefers the ordinary procedure: every commitment is voluntary."""
    current = _locked(commitment)
    _step(current, Step.DECLINE, now)
    current.closing_note = why.strip()
    return _done(actor, current, Step.DECLINE, now, {"why": why.strip()})


@transaction.atomic
def withdraw(*, actor: Actor, commitment: Commitment, now: dt.datetime, why: str) -> Commitment:
    """Note that the applicant takes the application back before anything was decided."""
    current = _locked(commitment)
    if not why.strip():
        raise Refused(Text("请说明撤回原因", "say why it is taken back"), field="why")
    _step(current, Step.WITHDRAW, now)
    current.closing_note = why.strip()
    return _done(actor, current, Step.WITHDRAW, now, {"why": why.strip()})


@transaction.atomic
def supply(
    *, actor: Actor, commitment: Commitment, papers: Collection[OwedPaper], now: dt.datetime
) -> Commitment:
    """Take in papers that were promised; with the last one the promise is ready to be checked."""
    current = _locked(commitment)
    move(Machine.WAIT, State.SIGNED, Step.SUPPLY)
    _ensure_waiting(current)
    if current.supply_by is not None and now > current.supply_by:
        raise Refused(Text("补正期限已过", "the deadline is over"))
    owed = current.owed.filter(
        pk__in=[one.pk for one in papers], supplied_at__isnull=True, commitment=current
    )
    names = list(owed.values_list("name", flat=True))
    if not names:
        raise Refused(Text("请选择收到的材料", "choose the papers that came"), field="papers")
    owed.update(supplied_at=now)
    missing = current.owed.filter(supplied_at__isnull=True).count()
    if missing:
        record(
            "commitments.papers", actor=actor, subject=subject(current), payload={"papers": names}
        )
        return current
    _step(current, Step.SUPPLY, now)
    current.supplied_at = now
    return _done(actor, current, Step.SUPPLY, now, {"papers": names})


@transaction.atomic
def check(
    *,
    actor: Actor,
    commitment: Commitment,
    by: User,
    kept: bool,
    basis: str,
    note: str,
    now: dt.datetime,
) -> Commitment:
    """Say whether a promise was kept, by somebody else than its handler; a breach is recorded."""
    current = _locked(commitment)
    decision = may_check(by, current, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)
    if basis not in CheckBasis.values:
        raise Refused(Text("请选择核查方式", "say how it was checked"), field="basis")
    if not note.strip():
        raise Refused(Text("请写明核查结果", "say what was found"), field="note")
    step = Step.KEPT if kept else Step.BROKEN
    _step(current, step, now)
    current.checked_at, current.checked_by = now, by
    current.check_basis, current.check_note = basis, note.strip()
    current.closing_note = "" if kept else note.strip()
    if not kept:
        false = current.machine != Machine.DECLARE
        kind = RecordKind.FALSE if false else RecordKind.UNKEPT
        hold_against(current, kind, note.strip(), to_local(now).date())
    return _done(actor, current, step, now, {"kept": kept, "basis": basis, "note": note.strip()})


@transaction.atomic
def decide(
    *,
    actor: Actor,
    commitment: Commitment,
    by: User,
    granted: bool,
    number: str,
    now: dt.datetime,
    why: str = "",
) -> Commitment:
    """Grant or refuse; with papers missing only after they came and were checked."""
    current = _locked(commitment)
    decision = may_decide(by, current, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)
    if granted and not number.strip():
        raise Refused(Text("请填写决定文号", "give the number of the decision"), field="number")
    if not granted and not why.strip():
        raise Refused(Text("请说明不予办理的理由", "say why it is refused"), field="why")
    step = Step.GRANT if granted else Step.REFUSE
    _step(current, step, now)
    current.decided_at, current.decided_by = now, by
    current.decision_no, current.closing_note = number.strip(), why.strip()
    payload: dict[str, JSON] = {"granted": granted, "number": number.strip(), "why": why.strip()}
    return _done(actor, current, step, now, payload)


@transaction.atomic
def revoke(
    *, actor: Actor, commitment: Commitment, by: User, document: str, now: dt.datetime
) -> Commitment:
    """Revoke a decision that stood on a broken promise."""
    current = _locked(commitment)
    decision = may_decide(by, current, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)
    if not document.strip():
        raise Refused(Text("请填写撤销决定文号", "give the number of the document"), field="number")
    _step(current, Step.REVOKE, now)
    current.closing_note = document.strip()
    return _done(actor, current, Step.REVOKE, now, {"document": document.strip()})


@transaction.atomic
def lapse(*, actor: Actor, now: dt.datetime) -> list[Commitment]:
    """End what waits for papers past its deadline; whether it is recorded is the pack's word."""
    overdue = Commitment.objects.filter(state=State.SIGNED, supply_by__lt=now).order_by("pk")
    ended = []
    for found in overdue:
        current = _locked(found)
        _step(current, Step.LAPSE, now)
        missing = current.owed.filter(supplied_at__isnull=True).values_list("name", flat=True)
        current.closing_note = f"逾期未补齐：{'、'.join(missing)}"
        if pack().rules.lapse_recorded.value:
            day = to_local(now).date()
            hold_against(current, RecordKind.UNKEPT, current.closing_note, day)
        payload: dict[str, JSON] = {"missing": list(missing)}
        ended.append(_done(actor, current, Step.LAPSE, now, payload))
    return ended


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",))
    return rows.select_related("item__deciding_unit", "enterprise", "case").get(pk=commitment.pk)


def _ensure_waiting(current: Commitment) -> None:
    try:
        move(Machine(current.machine), State(current.state), Step.SUPPLY)
    except ImpossibleError as error:
        raise Refused(error.reason) from None


def _step(current: Commitment, step: Step, now: dt.datetime) -> None:
    try:
        after = move(Machine(current.machine), State(current.state), step)
    except ImpossibleError as error:
        raise Refused(error.reason) from None
    current.state = after.value
    if after in CLOSED:
        current.closed_at = now


def _done(
    actor: Actor, current: Commitment, step: Step, now: dt.datetime, payload: dict[str, JSON]
) -> Commitment:
    current.save()
    follow(actor=actor, commitment=current, step=step, now=now)
    record(
        f"commitments.{step.value}",
        actor=actor,
        subject=subject(current),
        payload=payload | {"state": current.state},
    )
    return current
