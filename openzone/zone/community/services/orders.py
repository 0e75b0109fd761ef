"""An assisted order: taken on with consent, collected, reviewed twice, delivered, closed."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.enums import Receiving
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.community.enums import Delivery, OrderStatus, PaperHolder, ProofKind, ReviewStep
from openzone.zone.community.models import (
    Agent,
    Consent,
    Order,
    Resident,
    ResidentDuty,
    Review,
    ServicePoint,
)
from openzone.zone.community.permissions import may_review
from openzone.zone.community.services.belonging import subject
from openzone.zone.community.services.casework import follow_order, open_for_order
from openzone.zone.community.services.custody import (
    PaperSpec,
    Signature,
    give,
    sign_for,
    take_in,
)
from openzone.zone.community.services.proofs import Photos, keep_proofs
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User

_STATUS = Text("当前状态不能进行该操作", "this does not follow the present status")


class Taken(NamedTuple):
    """The order, and the code that shows its public status, told once."""

    order: Order
    receipt: str


@transaction.atomic
def take_order(
    *,
    actor: Actor,
    resident: Resident,
    item: ServiceItem,
    agent: Agent,
    now: dt.datetime,
    by: User,
    point: ServicePoint | None = None,
    duty: ResidentDuty | None = None,
    home_visit: bool = False,
    due_on: dt.date | None = None,
) -> Taken:
    """Take an order on: only with a consent in force that covers the item."""
    on = to_local(now).date()
    _ensure_agent(agent, resident, on)
    _ensure_item(item, point)
    if duty is not None:
        _ensure_duty(duty, resident)
        due_on = duty.due_on
    order = Order(
        resident=resident,
        consent=consent_for(resident, item, on),
        item=item,
        agent=agent,
        point=point,
        duty=duty,
        home_visit=home_visit,
        taken_at=now,
        due_on=due_on,
    )
    opened = open_for_order(actor=actor, order=order, by=by, now=now)
    order.case = opened.case
    ensure_valid(order)
    order.save()
    payload: dict[str, JSON] = {
        "item": item.code,
        "agent": agent.code,
        "consent": order.consent_id,
        "due_on": due_on,
        "case": order.case.number,
    }
    record("community.order.taken", actor=actor, subject=subject(order), payload=payload)
    return Taken(order, opened.receipt)


def consent_for(resident: Resident, item: ServiceItem, on: dt.date) -> Consent:
    """Return the consent under which an item may be filed, or refuse: no order without one."""
    found = (
        resident.consents.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            Q(all_items=True) | Q(items=item),
            given_on__lte=on,
            withdrawn_on__isnull=True,
        )
        .distinct()
        .order_by("-given_on", "-pk")
        .first()
    )
    if found is None:
        raise Refused(
            Text(
                "该居民没有涵盖此事项的有效委托；请先登记委托",
                "the resident gave no consent in force for this item: record one first",
            ),
            field="item",
        )
    return found


@transaction.atomic
def collect(
    *,
    actor: Actor,
    order: Order,
    papers: Sequence[PaperSpec],
    by: User,
    now: dt.datetime,
    photos: Photos | None = None,
) -> Order:
    """Take papers from the resident into the agent's hands: both sign, the list is kept."""
    current = _locked(order)
    _ensure_status(current, OrderStatus.TAKEN, OrderStatus.COLLECTED)
    _ensure_consent(current, to_local(now).date())
    rows = take_in(actor=actor, of=current, papers=papers, now=now)
    hand_over = give(
        actor=actor,
        of=current,
        papers=rows,
        taker=PaperHolder.AGENT,
        by=Signature(name=current.resident.name),
        now=now,
    )
    sign_for(actor=actor, hand_over=hand_over, by=Signature(by), now=now, photos=photos)
    current.status = OrderStatus.COLLECTED
    if current.home_visit and current.visited_on is None:
        current.visited_on = to_local(now).date()
    current.save()
    follow_order(actor=actor, order=current, action="collect", by=by, now=now)
    return current


@transaction.atomic
def visit(
    *,
    actor: Actor,
    order: Order,
    on: dt.date,
    now: dt.datetime,
    note: str = "",
    photos: Photos | None = None,
) -> Order:
    """Note that the home was visited, with what shows it."""
    current = _locked(order)
    if not current.home_visit or current.visited_on is not None:
        raise Refused(Text("没有待完成的上门", "no home visit is waiting"))
    current.visited_on = on
    current.save(update_fields=["visited_on"])
    payload: dict[str, JSON] = {"on": on, "note": note.strip()}
    record("community.order.visited", actor=actor, subject=subject(current), payload=payload)
    if photos is not None:
        keep_proofs(actor=actor, of=current, what=ProofKind.VISIT, photos=photos, now=now)
    return current


@transaction.atomic
def review(
    *,
    actor: Actor,
    order: Order,
    step: str,
    passed: bool,
    reason: str,
    by: User,
    now: dt.datetime,
) -> Review:
    """Review the papers: first the community, then the street, each by somebody else.

    What is returned goes back the way it came, and is collected and reviewed again.
    """
    current = _locked(order)
    unit = reviewing_unit(current, step)
    decision = may_review(by, current, unit, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)
    first = step == ReviewStep.COMMUNITY
    _ensure_status(current, OrderStatus.COLLECTED if first else OrderStatus.COMMUNITY)
    _ensure_papers_with(current, step)
    _ensure_other_hands(current, step, by)
    if not passed and not reason.strip():
        raise Refused(Text("请说明退回理由", "say why it goes back"), field="reason")
    row = Review.objects.create(
        order=current,
        step=step,
        passed=passed,
        reason=reason.strip(),
        reviewed_by=by,
        reviewed_at=now,
    )
    passed_to = OrderStatus.COMMUNITY if first else OrderStatus.STREET
    current.status = passed_to if passed else OrderStatus.TAKEN
    current.save(update_fields=["status"])
    follow_order(
        actor=actor,
        order=current,
        action=step if passed else "return",
        by=by,
        now=now,
        said={"reason": reason.strip()},
    )
    payload: dict[str, JSON] = {"step": step, "passed": passed, "reason": reason.strip()}
    record("community.order.reviewed", actor=actor, subject=subject(current), payload=payload)
    return row


@transaction.atomic
def deliver(
    *,
    actor: Actor,
    order: Order,
    result: str,
    delivery: str,
    delivered_to: str,
    by: User,
    now: dt.datetime,
) -> Order:
    """Put the result into the resident's hands; a duty it was for is done with that."""
    current = _locked(order)
    _ensure_status(current, OrderStatus.STREET)
    for name, text in (("result", result), ("delivered_to", delivered_to)):
        if not text.strip():
            raise Refused(
                Text("请填写办理结果和签收人", "name the result and who received it"), field=name
            )
    if delivery not in Delivery.values:
        raise Refused(Text("请选择送达方式", "say how it was delivered"), field="delivery")
    current.status, current.result = OrderStatus.DELIVERED, result.strip()
    current.delivery, current.delivered_to, current.delivered_at = (
        delivery,
        delivered_to.strip(),
        now,
    )
    current.save()
    _finish_duty(current, now)
    follow_order(
        actor=actor, order=current, action="deliver", by=by, now=now, said={"text": result.strip()}
    )
    payload: dict[str, JSON] = {"result": current.result, "how": delivery}
    record("community.order.delivered", actor=actor, subject=subject(current), payload=payload)
    return current


@transaction.atomic
def close(
    *, actor: Actor, order: Order, rating: int, remark: str, by: User, now: dt.datetime
) -> Order:
    """Close with the resident's word, told to somebody else than the agent; originals are back."""
    current = _locked(order)
    _ensure_status(current, OrderStatus.DELIVERED)
    if current.agent.user_id == by.pk:
        raise Refused(
            Text("代办员不能回访自己的订单", "an agent does not call back for own orders")
        )
    if not 1 <= rating <= 5:
        raise Refused(Text("评价为1至5", "a rating is from 1 to 5"), field="rating")
    _ensure_all_back(current)
    current.status, current.rating, current.closed_at = OrderStatus.CLOSED, rating, now
    current.closing_note = remark.strip()
    current.save()
    follow_order(
        actor=actor,
        order=current,
        action="close",
        by=by,
        now=now,
        said={"satisfied": rating, "remark": remark.strip()},
    )
    payload: dict[str, JSON] = {"rating": rating, "remark": remark.strip()}
    record("community.order.closed", actor=actor, subject=subject(current), payload=payload)
    return current


@transaction.atomic
def withdraw(*, actor: Actor, order: Order, why: str, by: User, now: dt.datetime) -> Order:
    """End an order the resident does not want any more; originals go back first."""
    current = _locked(order)
    if not current.open or current.status == OrderStatus.DELIVERED:
        raise Refused(_STATUS)
    if not why.strip():
        raise Refused(Text("请说明撤回原因", "say why it is taken back"), field="why")
    _ensure_all_back(current)
    current.status, current.closed_at = OrderStatus.WITHDRAWN, now
    current.closing_note = why.strip()
    current.save()
    follow_order(
        actor=actor, order=current, action="withdraw", by=by, now=now, said={"reason": why.strip()}
    )
    record("community.order.withdrawn", actor=actor, subject=subject(current), payload={"why": why})
    return current


def reviewing_unit(order: Order, step: str) -> Unit | None:
    """Return who reviews: the agent's community, then the street it is part of."""
    community = order.agent.community
    return community if step == ReviewStep.COMMUNITY else community.parent


def _locked(order: Order) -> Order:
    rows = Order.objects.select_for_update(of=("self",))
    return rows.select_related(
        "case", "resident", "item", "consent", "duty", "agent__community__parent"
    ).get(pk=order.pk)


def _ensure_agent(agent: Agent, resident: Resident, on: dt.date) -> None:
    if agent.community_id != resident.community_id:
        raise Refused(
            Text("代办员不属于该居民的社区", "the agent serves another community"), field="agent"
        )
    if agent.valid_from > on or (agent.valid_to is not None and agent.valid_to < on):
        raise Refused(Text("代办员不在册", "the agent is not on the roster"), field="agent")


def _ensure_item(item: ServiceItem, point: ServicePoint | None) -> None:
    if item.withdrawn_on is not None:
        raise Refused(Text("该事项已取消", "this item was withdrawn"), field="item")
    if Receiving.AGENT not in item.receiving:
        raise Refused(
            Text("该事项不接受代办", "this item is not filed through agents"), field="item"
        )
    if point is not None and not point.offers.filter(item=item).exists():
        raise Refused(
            Text("该代办点不提供此事项", "this point does not offer the item"), field="point"
        )


def _ensure_duty(duty: ResidentDuty, resident: Resident) -> None:
    if duty.resident_id != resident.pk or duty.done_on is not None:
        raise Refused(Text("该期限事项不适用", "this duty is done or another's"), field="duty")
    if Order.objects.filter(duty=duty).exists():
        raise Refused(Text("该期限事项已有代办订单", "an order is under way for it"), field="duty")


def _ensure_consent(order: Order, on: dt.date) -> None:
    if order.consent.withdrawn_on is not None and order.consent.withdrawn_on <= on:
        raise Refused(Text("居民已撤回委托", "the resident took the consent back"))


def _ensure_status(order: Order, *allowed: str) -> None:
    if order.status not in allowed:
        raise Refused(_STATUS)


def _ensure_papers_with(order: Order, step: str) -> None:
    holder = PaperHolder.COMMUNITY if step == ReviewStep.COMMUNITY else PaperHolder.STREET
    if not order.papers.filter(holder=holder).exists():
        raise Refused(
            Text(
                "材料尚未交接到{holder}", "the papers have not been handed over to this step"
            ).format(holder=holder.label)
        )


def _ensure_other_hands(order: Order, step: str, by: User) -> None:
    """Hold the two steps apart: one person does not review twice."""
    if (
        step == ReviewStep.STREET
        and order.reviews.filter(step=ReviewStep.COMMUNITY, reviewed_by=by).exists()
    ):
        raise Refused(
            Text("两级审核不能由同一人完成", "one person does not do both steps of review")
        )


def _ensure_all_back(order: Order) -> None:
    out = order.papers.filter(original=True).exclude(holder=PaperHolder.APPLICANT)
    if out.exists():
        names = "、".join(out.values_list("name", flat=True))
        raise Refused(
            Text("原件未归还：{names}", "originals are not back: {names}").format(names=names)
        )


def _finish_duty(order: Order, now: dt.datetime) -> None:
    if order.duty is not None and order.duty.done_on is None:
        order.duty.done_on, order.duty.proof = to_local(now).date(), order.result[:200]
        order.duty.save(update_fields=["done_on", "proof"])
