"""The check of a random sample of what was paid, and what it leads to."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.draws.sample import DrawError, draw, frame_hash
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.ledger import services as ledger
from openzone.zone.people.models import User
from openzone.zone.redemption import flow, packs
from openzone.zone.redemption.enums import CheckOutcome, CheckState, Finding
from openzone.zone.redemption.models import Application, CheckCase, CheckDraw
from openzone.zone.redemption.selectors.checks import frame_of, paid_of


@transaction.atomic
def draw_sample(
    *,
    actor: Actor,
    user: User,
    title: str,
    seed: str,
    seed_source: str,
    paid_from: dt.date,
    paid_to: dt.date,
    percent: int,
    at: dt.datetime,
) -> CheckDraw:
    """Draw from everything paid in a time, by item; each enterprise drawn is given notice at once.

    The frame is what can be drawn when the draw is made; with seed and frame anybody repeats it.
    """
    if not seed_source.strip():
        raise Refused(
            Text("请写明种子的公开来源", "say where the seed is published"), field="seed_source"
        )
    frame = frame_of(paid_from, paid_to)
    try:
        drawn = draw(frame, seed, percent)
    except DrawError as error:
        raise Refused(error.reason) from None
    made = CheckDraw.objects.create(
        title=title.strip(),
        seed=seed,
        seed_source=seed_source.strip(),
        paid_from=paid_from,
        paid_to=paid_to,
        percent=percent,
        frame=sorted(frame.items()),
        frame_hash=frame_hash(frame),
        drawn_by=user,
        drawn_at=at,
    )
    numbers = [one.member for one in drawn]
    for application in Application.objects.filter(number__in=numbers).order_by("pk"):
        _notice(made, application, actor, user, at)
    record(
        "redemption.check.drawn", actor=actor, subject=f"check_draw:{made.pk}",
        payload={"seed": seed, "frame": made.frame_hash, "size": len(frame), "drawn": numbers},
    )  # fmt: skip
    return made


def _notice(
    made: CheckDraw, application: Application, actor: Actor, user: User, at: dt.datetime
) -> None:
    due = packs.due_at(packs.post_check().answer.limit, at)
    CheckCase.objects.create(
        draw=made,
        application=application,
        state=CheckState.NOTICED,
        noticed_at=at,
        answer_due=due or at,
    )
    flow.leave_step(
        application, actor=actor, user=user, at=at, action="check_noticed", note=made.title
    )


@transaction.atomic
def answer_check(
    *, actor: Actor, user: User, case: CheckCase, answer: str, at: dt.datetime
) -> CheckCase:
    """Let the enterprise say what it has to say, before anything is found."""
    current = _locked(case, CheckState.NOTICED)
    if not answer.strip():
        raise Refused(Text("请写明答复", "write the answer"), field="answer")
    if at > current.answer_due:
        raise Refused(Text("答复期限已过", "the time to answer is over"))
    current.answer, current.answered_by, current.answered_at = answer.strip(), user, at
    return _moved(current, CheckState.ANSWERED, actor, user, at, "check_answered")


@transaction.atomic
def propose_outcome(
    *,
    actor: Actor,
    user: User,
    case: CheckCase,
    finding: Finding,
    outcome: CheckOutcome,
    note: str,
    at: dt.datetime,
    amount: int | None = None,
) -> CheckCase:
    """Write down what was found and what should follow; not before the enterprise could answer."""
    current = _locked(case, CheckState.NOTICED, CheckState.ANSWERED)
    if current.state == CheckState.NOTICED and at <= current.answer_due:
        raise Refused(
            Text(
                "企业答复期限未到，不能认定",
                "the enterprise may still answer: nothing is found yet",
            )
        )
    if not note.strip():
        raise Refused(Text("请写明依据", "give the grounds"), field="note")
    current.amount = _amount(current, outcome, amount)
    current.finding, current.outcome, current.finding_note = finding, outcome, note.strip()
    current.proposed_by, current.proposed_at = user, at
    return _moved(current, CheckState.PROPOSED, actor, user, at, "check_proposed")


def _amount(case: CheckCase, outcome: CheckOutcome, amount: int | None) -> int | None:
    """Return what is to be recovered: nothing, all that was paid, or the part that is named."""
    paid = paid_of(case.application)
    if outcome == CheckOutcome.RECOVER_ALL:
        return paid
    if outcome != CheckOutcome.RECOVER_PART:
        return None
    if amount is None or not 0 < amount < paid:
        raise Refused(
            Text(
                "部分追回的金额应大于零、小于已付金额",
                "a part is above zero and below what was paid",
            ),
            field="amount",
        )
    return amount


@transaction.atomic
def decide_outcome(
    *, actor: Actor, user: User, case: CheckCase, at: dt.datetime, agree: bool, note: str = ""
) -> CheckCase:
    """Decide what another person proposed, or send it back with a reason."""
    current = _locked(case, CheckState.PROPOSED)
    if current.proposed_by_id == user.pk:
        raise Refused(Text("由他人决定", "somebody other than the proposer decides"))
    if not agree:
        if not note.strip():
            raise Refused(Text("请写明退回理由", "say why not"), field="note")
        current.finding_note = f"{current.finding_note}\n—— {user}：{note.strip()}"
        return _moved(current, CheckState.ANSWERED, actor, user, at, "check_sent_back")
    current.decided_by, current.decided_at = user, at
    return _moved(current, CheckState.DECIDED, actor, user, at, "check_decided")


@transaction.atomic
def record_recovery(
    *, actor: Actor, user: User, case: CheckCase, amount: int, reference: str, at: dt.datetime
) -> CheckCase:
    """Write down what came back (fen): it goes back into the budget it came from."""
    current = _locked(case, CheckState.DECIDED)
    open_amount = (current.amount or 0) - current.recovered
    if not 0 < amount <= open_amount:
        raise Refused(
            Text("应追回余额为{left}元", "{left} yuan are still to be recovered").format(
                left=f"{open_amount / 100:,.2f}"
            ),
            field="amount",
        )
    if not reference.strip():
        raise Refused(Text("请填写银行流水号", "give the bank's reference"), field="reference")
    budget = current.application.item.budget
    if budget is None:
        raise Refused(flow.NO_BUDGET)
    ledger.transfer(
        actor=actor,
        key=f"check:{current.pk}:{current.recovered}",
        source=flow.enterprises_account(actor, budget, at),
        target=budget,
        amount=amount,
        on=timezone.localdate(at),
        about=current.application.subject,
        memo=reference.strip(),
    )
    current.recovered += amount
    moved = _moved(current, CheckState.DECIDED, actor, user, at, "recovered")
    flow.serve_queue(budget, actor=actor, at=at)
    return moved


def _locked(case: CheckCase, *states: CheckState) -> CheckCase:
    rows = CheckCase.objects.select_for_update(of=("self",))
    current = rows.select_related("application__item__budget", "draw").get(pk=case.pk)
    if current.state not in states:
        raise Refused(
            Text(
                f"已办理，现为“{current.get_state_display()}”",
                f"already done: it is “{current.state}” now",
            )
        )
    return current


def _moved(
    case: CheckCase, to: CheckState, actor: Actor, user: User, at: dt.datetime, action: str
) -> CheckCase:
    case.state = to
    case.save()
    flow.leave_step(
        case.application, actor=actor, user=user, at=at, action=action,
        details={"check": case.pk, "outcome": case.outcome, "recovered": case.recovered},
    )  # fmt: skip
    return case
