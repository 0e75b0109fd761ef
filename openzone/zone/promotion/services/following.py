"""A lead is assigned, goes on, ends, is opened again; who has credit, who is let in."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.promotion.enums import LeadEventKind, LeadState, ReferralState
from openzone.zone.promotion.models import Lead, LeadCredit, LeadHelper
from openzone.zone.promotion.selectors.alike import open_leads, who_has
from openzone.zone.promotion.services.advisers import ensure_adviser
from openzone.zone.promotion.services.telling import tell_assigned, tell_ended
from openzone.zone.promotion.services.writing import (
    append,
    ensure_come,
    ensure_said,
    locked,
    note,
    opened,
)

FOLLOWED = Text("已由{name}跟进", "{name} follows it already")
NOT_TALKED = Text(
    "还没有洽谈记录：请先登记一次联系", "nothing was said yet: record an interaction first"
)
THERE = Text("线索已处于该状态", "the lead is there already")
NOT_NEXT = Text(
    "不能这样移动：请分派、登记联系或说明理由",
    "it cannot move there: assign it, record a talk or end it",
)
NOT_ENDED = Text("该线索没有结束", "this lead has not ended")
REFERRED = Text("转介未答复，请先答复转介", "a referral is not answered yet: answer it first")
OPEN_AGAIN = Text(
    "该投资方已有在跟线索：{lead}（{who}）", "the investor has an open lead: {lead} ({who})"
)
NOT_WHOLE = Text("各顾问份额之和应为 1，现为 {sum}", "the parts add up to {sum}, not to 1")
NO_PART = Text("份额应大于 0", "a part is more than nothing")
NOBODY = Text("请至少填写一位顾问", "name at least one adviser")
NEVER = Text("{name}从未列入招商顾问名册", "{name} was never on the roster of advisers")
LET_IN = Text("{name}已可查看该线索", "{name} has been let in already")


@transaction.atomic
def assign(
    *, actor: Actor, lead: Lead, adviser: User, on: dt.date, now: dt.datetime, reason: str = "",
    user: User | None = None, seen: int | None = None,
) -> Lead:  # fmt: skip
    """Let an adviser follow a lead; in talks it stays in talks."""
    fresh = opened(lead, seen)
    ensure_come(on, now)
    ensure_adviser(adviser, on)
    if fresh.adviser_id == adviser.pk:
        raise Refused(FOLLOWED.format(name=adviser), field="adviser")
    before, fresh.adviser = fresh.adviser, adviser
    state = LeadState.ASSIGNED if fresh.state == LeadState.NEW else LeadState(fresh.state)
    append(fresh, LeadEventKind.ASSIGNED, state, on, now, user=user, reason=reason)
    tell_assigned(fresh, user, now)
    payload = {"adviser": adviser.username, "before": before.username if before else ""}
    note(action="lead.assigned", actor=actor, subject=fresh, payload=payload)
    return fresh


@transaction.atomic
def move(
    *, actor: Actor, lead: Lead, to: str, on: dt.date, now: dt.datetime, reason: str = "",
    user: User | None = None, seen: int | None = None,
) -> Lead:  # fmt: skip
    """Let a lead go on to negotiations, or back to contact with a reason."""
    fresh = opened(lead, seen)
    ensure_come(on, now)
    if to == fresh.state:
        raise Refused(THERE, field="to")
    ensure_talked(fresh)
    if to not in (LeadState.NEGOTIATING, LeadState.IN_CONTACT):
        raise Refused(NOT_NEXT, field="to")
    if to == LeadState.IN_CONTACT:
        ensure_said(reason)
    append(fresh, LeadEventKind.MOVED, LeadState(to), on, now, user=user, reason=reason)
    payload = {"to": to, "on": on.isoformat(), "reason": reason.strip()}
    note(action="lead.moved", actor=actor, subject=fresh, payload=payload)
    return fresh


@transaction.atomic
def end(
    *, actor: Actor, lead: Lead, to: str, reason: str, on: dt.date, now: dt.datetime,
    user: User | None = None, seen: int | None = None,
) -> Lead:  # fmt: skip
    """Reject or shelve a lead. Whoever brought or referred a rejected one is told why."""
    fresh = opened(lead, seen)
    ensure_come(on, now)
    why = ensure_said(reason)
    kinds = {
        LeadState.REJECTED.value: LeadEventKind.REJECTED,
        LeadState.SHELVED.value: LeadEventKind.SHELVED,
    }
    if to not in kinds:
        raise Refused(NOT_NEXT, field="to")
    ensure_no_referral(fresh)
    append(fresh, kinds[to], LeadState(to), on, now, user=user, reason=why)
    if to == LeadState.REJECTED:
        tell_ended(fresh, user, now)
    note(action=f"lead.{to}", actor=actor, subject=fresh, payload={"reason": why})
    return fresh


@transaction.atomic
def reopen(
    *, actor: Actor, lead: Lead, reason: str, on: dt.date, now: dt.datetime, sure: bool = False,
    user: User | None = None, seen: int | None = None,
) -> Lead:  # fmt: skip
    """Open a rejected or shelved lead again; it is new where its adviser is no longer one.

    ``sure``: the investor has another open lead by now, and this is another investment.
    """
    fresh = locked(lead, seen)
    if fresh.state not in (LeadState.REJECTED, LeadState.SHELVED):
        raise Refused(NOT_ENDED)
    ensure_come(on, now)
    why = ensure_said(reason)
    others = open_leads([fresh.investor])
    if others and not sure:
        who = who_has(others[0])
        zh = OPEN_AGAIN.zh.format(lead=others[0], who=who.zh)
        raise Refused(Text(zh, OPEN_AGAIN.en.format(lead=others[0], who=who.en)), field="sure")
    append(fresh, LeadEventKind.REOPENED, _state_again(fresh, on), on, now, user=user, reason=why)
    tell_assigned(fresh, user, now)
    note(action="lead.reopened", actor=actor, subject=fresh, payload={"reason": why})
    return fresh


@transaction.atomic
def set_credit(*, actor: Actor, lead: Lead, shares: Mapping[User, Decimal]) -> Lead:
    """State which advisers have credit for a lead; the parts add up to one."""
    fresh = locked(lead)
    if not shares:
        raise Refused(NOBODY, field="shares")
    if any(share <= 0 for share in shares.values()):
        raise Refused(NO_PART, field="shares")
    whole = sum(shares.values(), Decimal(0))
    if whole != 1:
        raise Refused(NOT_WHOLE.format(sum=whole), field="shares")
    for user in shares:
        if not user.adviser_terms.exists():
            raise Refused(NEVER.format(name=user), field="shares")
    before = {one.user.username: str(one.share) for one in fresh.credits.select_related("user")}
    fresh.credits.all().delete()
    LeadCredit.objects.bulk_create(
        LeadCredit(lead=fresh, user=user, share=share) for user, share in shares.items()
    )
    told = {user.username: str(share) for user, share in shares.items()}
    note(
        action="lead.credited", actor=actor, subject=fresh,
        payload={"shares": told, "before": before},
    )  # fmt: skip
    return fresh


@transaction.atomic
def let_in(*, actor: Actor, lead: Lead, user: User, on: dt.date) -> LeadHelper:
    """Let somebody see a lead and work on it, contacts and all, from a day on."""
    fresh = locked(lead)
    if fresh.helpers.filter(on_day(on), user=user).exists():
        raise Refused(LET_IN.format(name=user), field="user")
    helper = LeadHelper(lead=fresh, user=user, valid_from=on)
    ensure_valid(helper)
    helper.save()
    note(action="lead.let_in", actor=actor, subject=fresh, payload={"user": user.username})
    return helper


@transaction.atomic
def let_out(*, actor: Actor, helper: LeadHelper, on: dt.date) -> LeadHelper:
    """Let somebody see a lead no longer than up to a day."""
    fresh = locked(helper.lead)
    helper.valid_to = on
    ensure_valid(helper)
    helper.save(update_fields=["valid_to"])
    note(action="lead.let_out", actor=actor, subject=fresh, payload={"user": helper.user.username})
    return helper


def ensure_talked(lead: Lead) -> None:
    """Refuse a lead nobody has spoken to."""
    if lead.last_contact is None:
        raise Refused(NOT_TALKED)


def ensure_no_referral(lead: Lead) -> None:
    """Refuse to end a lead under a referral: it ends in a talk or a reason of its own."""
    if lead.referrals.filter(state=ReferralState.OPEN).exists():
        raise Refused(REFERRED)


def _state_again(lead: Lead, on: dt.date) -> LeadState:
    adviser = lead.adviser
    if adviser is None or not adviser.adviser_terms.filter(on_day(on)).exists():
        lead.adviser = None
        return LeadState.NEW
    return LeadState.IN_CONTACT if lead.last_contact else LeadState.ASSIGNED
