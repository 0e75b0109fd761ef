"""From one stage to the next: every move locks the application, leaves a step and an event."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.ledger import services as ledger
from openzone.zone.ledger.models import Account, Transfer
from openzone.zone.ledger.selectors import pending_about
from openzone.zone.people.models import User
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Step

TREASURY = "treasury"
ENTERPRISES = "enterprises-paid"
_MONEY = frozenset({Stage.ORDER, Stage.PAYMENT, Stage.RECEIPT})


def locked(application: Application, *stages: Stage, seen: int | None = None) -> Application:
    """Return the application as it is now, kept from other hands until the commit.

    Refuses when it is in none of ``stages`` any more, or when more happened than the person saw
    (``seen`` is the number of the last step on the page).
    """
    rows = Application.objects.select_for_update(of=("self",))
    current = rows.select_related("item__budget", "item__document", "enterprise").get(
        pk=application.pk
    )
    last = current.steps.order_by("-seq").first()
    if last is not None and (
        current.stage not in stages or (seen is not None and last.seq != seen)
    ):
        raise Refused(already(current, last))
    return current


def already(application: Application, last: Step) -> Text:
    """Say who was quicker, and where the application stands now."""
    stage = Stage(application.stage)
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M")
    return Text(
        f"已由{last.by}于{at}办理，现在的环节是“{STAGES[stage].zh}”，请核对后再办理",
        f"already done by {last.by} at {at}: it now stands at “{STAGES[stage].en}”; look again",
    )


def move(
    application: Application,
    to: Stage,
    *,
    actor: Actor,
    user: User | None,
    at: dt.datetime,
    action: str,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> Step:
    """Bring an application to a stage; its clock there starts now."""
    before = Stage(application.stage)
    application.stage, application.entered_at = to, at
    application.due_at = packs.due_at(_limit(application, to), at)
    application.save()
    return leave_step(
        application, before, actor=actor, user=user, at=at, action=action, note=note,
        details=details,
    )  # fmt: skip


def leave_step(
    application: Application,
    before: Stage | None = None,
    *,
    actor: Actor,
    user: User | None,
    at: dt.datetime,
    action: str,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> Step:
    """Write down that something happened; without ``before`` the stage stays what it is."""
    last = application.steps.aggregate(seq=Max("seq"))["seq"] or 0
    step = Step.objects.create(
        application=application,
        seq=last + 1,
        at=at,
        action=action,
        stage_from=before if before is not None else application.stage,
        stage_to=application.stage,
        due_at=application.due_at,
        user=user,
        by=actor.label,
        note=note,
        details=dict(details or {}),
    )
    payload = {"step": step.seq, "from": step.stage_from, "to": step.stage_to, **(details or {})}
    record(f"redemption.{action}", actor=actor, subject=application.subject, payload=payload)
    return step


def _limit(application: Application, stage: Stage) -> str | None:
    procedure = application.rules_of_procedure
    if stage is Stage.CORRECTION:
        return procedure.correction.limit if procedure.correction else None
    rule = procedure.rule(stage)
    return rule.limit if rule else None


def following(application: Application, stage: Stage) -> Stage:
    """Return the stage after one, past those of money where no money flows."""
    nothing_to_pay = not application.pays or application.approved == 0
    after = application.rules_of_procedure.after(stage)
    while after in _MONEY and nothing_to_pay:
        after = application.rules_of_procedure.after(after)
    return after


def is_automatic(application: Application, stage: Stage) -> bool:
    """Whether the system itself passes a stage."""
    rule = application.rules_of_procedure.rule(stage)
    return rule is not None and rule.automatic


def grant(
    application: Application,
    amount: int | None,
    *,
    actor: Actor,
    user: User | None,
    at: dt.datetime,
    note: str = "",
) -> Application:
    """Approve, and promise the money in the same transaction, or put it into the queue."""
    application.approved, application.approved_by = amount, user
    application.decided_at, application.asked = at, ""
    details = {"amount": amount}
    if not application.pays or not amount:
        to = following(application, Stage.APPROVAL)
        move(
            application, to, actor=actor, user=user, at=at, action="approved", note=note,
            details=details,
        )  # fmt: skip
        return application
    reason = "" if _queue_is_empty(application) else QUEUE.zh
    if not reason:
        reason = _reserve(application, actor, amount, at)
    to = Stage.QUEUED if reason else following(application, Stage.APPROVAL)
    application.asked = reason
    said = "；".join(filter(None, [note, reason]))
    move(
        application, to, actor=actor, user=user, at=at, action="approved", note=said,
        details=details,
    )  # fmt: skip
    return application


def _queue_is_empty(application: Application) -> bool:
    """Whether nobody waits for this budget: who comes later does not overtake."""
    _lock_budget(application)
    waiting = Application.objects.filter(
        stage=Stage.QUEUED, item__budget=application.item.budget_id
    )
    return not waiting.exclude(pk=application.pk).exists()


def _lock_budget(application: Application) -> None:
    Account.objects.select_for_update().get(pk=application.item.budget_id or 0)


def _reserve(application: Application, actor: Actor, amount: int, at: dt.datetime) -> str:
    """Reserve the money; return why not, if there is not enough."""
    try:
        reserve(application, actor=actor, amount=amount, at=at)
    except Refused as refusal:
        return refusal.reason.zh
    return ""


def reserve(application: Application, *, actor: Actor, amount: int, at: dt.datetime) -> Transfer:
    """Promise an amount of the item's budget to an application."""
    budget = application.item.budget
    if budget is None:
        raise Refused(NO_BUDGET)
    made = Transfer.objects.filter(about=application.subject, kind="reserve").count()
    return ledger.reserve(
        actor=actor,
        key=f"{application.subject}:reserve:{made + 1}",
        source=budget,
        target=enterprises_account(actor, budget, at),
        amount=amount,
        on=timezone.localdate(at),
        about=application.subject,
        memo=application.number,
    )


def enterprises_account(actor: Actor, like: Account, at: dt.datetime) -> Account:
    """Return the account that stands for what enterprises were paid, opened when first needed."""
    code = ENTERPRISES if like.unit == "yuan" else f"{ENTERPRISES}-{like.unit}"
    found = Account.objects.filter(code=code).first()
    return found or ledger.open_account(
        actor=actor, code=code, name="已付企业", opened_on=like.opened_on, unit=like.unit
    )


def reservation_of(application: Application) -> Transfer:
    """Return the promise of an application that is neither paid nor released."""
    held = pending_about(application.subject).first()
    if held is None:
        raise Refused(NOTHING_HELD)
    return held


def serve_queue(budget: Account, *, actor: Actor, at: dt.datetime) -> list[Application]:
    """Promise money that has come to those who wait for it, first come first served.

    It stops at the first one that does not fit: nobody is overtaken by a smaller one.
    """
    Account.objects.select_for_update().get(pk=budget.pk)
    waiting = Application.objects.filter(stage=Stage.QUEUED, item__budget=budget)
    served = []
    for waits in waiting.order_by("decided_at", "pk"):
        application = locked(waits, Stage.QUEUED)
        if _reserve(application, actor, application.approved or 0, at):
            break
        application.asked = ""
        to = following(application, Stage.APPROVAL)
        move(application, to, actor=actor, user=None, at=at, action="funded")
        served.append(application)
    return served


STAGES = {
    Stage.DRAFT: Text("填写中", "being written"),
    Stage.INTENTION: Text("待企业确认意愿", "waiting for the enterprise's word"),
    Stage.FORMALITY: Text("形式审查", "formality check"),
    Stage.CORRECTION: Text("待补正", "returned for correction"),
    Stage.REVIEW: Text("评审中", "under review"),
    Stage.PROPOSAL: Text("待拟定金额", "amount to be proposed"),
    Stage.PUBLICITY: Text("公示中", "published for objections"),
    Stage.APPROVAL: Text("待审批", "waiting for approval"),
    Stage.QUEUED: Text("已批准，待预算", "approved, waiting for budget"),
    Stage.ORDER: Text("待下达拨付", "waiting for a fund order"),
    Stage.PAYMENT: Text("拨付中", "being paid"),
    Stage.RECEIPT: Text("已拨付，待确认到账", "paid, receipt to be confirmed"),
    Stage.EVALUATION: Text("待评价", "to be rated"),
    Stage.CLOSED: Text("已办结", "closed"),
    Stage.REJECTED: Text("不予支持", "rejected"),
    Stage.WITHDRAWN: Text("已撤回", "withdrawn"),
    Stage.LAPSED: Text("已失效", "lapsed"),
}
QUEUE = Text("预算已用完，按批准先后排队", "the budget is used up; first approved, first served")
NO_BUDGET = Text("该事项没有预算账户", "the item has no budget")
NOTHING_HELD = Text("没有预留资金", "no money is reserved")
