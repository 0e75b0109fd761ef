"""What every service of promotion does: the lead, locked, and what is derived from its log."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise

from django.db import transaction
from django.utils import timezone, translation

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.promotion.enums import LeadEventKind, LeadState
from openzone.zone.promotion.models import Investor, Lead, LeadEvent

MOVED = Text(
    "已由{who}于{at}办理（{what}），请刷新后再操作",
    "already done by {who} at {at} ({what}); reload and look again",
)
ENDED = Text(
    "该线索已结束（{state}），请先重新打开", "this lead has ended ({state}): open it again first"
)
IS_PROJECT = Text(
    "该线索已转为项目“{number}”，请在项目页面办理",
    "this lead became the project “{number}”; go on there",
)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
TOO_EARLY = Text("不能早于线索收到日期 {day}", "not before {day}, when the lead was received")
WHY = Text("请说明理由", "give a reason")
MERGED = Text("该投资方已并入“{name}”", "this investor was merged into “{name}”")


def locked(lead: Lead, seen: int | None = None) -> Lead:
    """Lock a lead until the transaction ends and read it anew.

    ``seen`` is the last step the person saw; where there is a newer one, the loser is told who was
    first and nothing is written.
    """
    fresh = Lead.objects.select_for_update().get(pk=lead.pk)
    if seen is not None and seen != fresh.last_seq:
        raise Refused(_moved(fresh))
    return fresh


def opened(lead: Lead, seen: int | None = None) -> Lead:
    """Lock a lead that is open; refuse one that ended."""
    fresh = locked(lead, seen)
    if fresh.project is not None:
        raise Refused(IS_PROJECT.format(number=fresh.project.number))
    if not fresh.is_open:
        raise Refused(_ended(fresh))
    return fresh


def locked_investor(investor: Investor) -> Investor:
    """Lock an investor and read it anew; refuse one that was merged into another."""
    fresh = Investor.objects.select_for_update().get(pk=investor.pk)
    if fresh.merged_into is not None:
        raise Refused(MERGED.format(name=fresh.merged_into.name))
    return fresh


def ensure_come(on: dt.date, now: dt.datetime, field: str = "on") -> None:
    """Refuse a day to come."""
    if on > timezone.localdate(now):
        raise Refused(TO_COME.format(day=on), field=field)


def ensure_said(reason: str) -> str:
    """Refuse an empty reason; return it without spaces around."""
    if not reason.strip():
        raise Refused(WHY, field="reason")
    return reason.strip()


def append(
    lead: Lead, kind: LeadEventKind, state: LeadState, on: dt.date, now: dt.datetime, *,
    user: User | None, reason: str = "",
) -> LeadEvent:  # fmt: skip
    """Add a step to a locked lead and derive its state again."""
    event = LeadEvent(
        lead=lead, seq=lead.last_seq + 1, kind=kind, state=state, on=on, reason=reason.strip(),
        adviser=lead.adviser, by=user, recorded_at=now,
    )  # fmt: skip
    event.save(force_insert=True)
    derive(lead)
    return event


def derive(lead: Lead) -> None:
    """Derive what lists read from the log, the talks and the grades. Nothing else writes it."""
    _derive_state(lead)
    _derive_talks(lead)
    graded = lead.gradings.last()
    lead.grade = graded.grade if graded is not None else ""
    lead.search_text = " ".join(
        (lead.number, lead.title, lead.investor.name, lead.investor.group, lead.chain, lead.node)
    )
    lead.save()


def _derive_state(lead: Lead) -> None:
    log = list(lead.log.all())
    last = log[-1]
    lead.last_seq, lead.state = last.seq, last.state
    # Somebody else following it does not begin the state anew.
    turns = [after for before, after in pairwise(log) if before.state != after.state]
    lead.since = turns[-1].on if turns else log[0].on
    ended = last.state in (LeadState.REJECTED, LeadState.SHELVED)
    lead.reason = last.reason if ended else ""


def _derive_talks(lead: Lead) -> None:
    talks = lead.interactions.filter(corrected_by=None).order_by("on", "pk")
    last = talks.last()
    lead.last_contact = last.on if last is not None else None
    lead.next_step = last.next_step if last is not None else ""
    lead.next_on = last.next_on if last is not None else None


@transaction.atomic
def note(
    *, action: str, actor: Actor, subject: Lead | Investor | str,
    payload: Mapping[str, JSON] | None = None,
) -> None:  # fmt: skip
    """Leave the event of a service in the log."""
    about = subject if isinstance(subject, str) else label(subject)
    record(f"promotion.{action}", actor=actor, subject=about, payload=payload or {})


def label(subject: Lead | Investor) -> str:
    """Return what the log calls a lead or an investor."""
    return f"{'lead' if isinstance(subject, Lead) else 'investor'}:{subject.pk}"


def _moved(lead: Lead) -> Text:
    last = lead.log.select_related("by").get(seq=lead.last_seq)
    who = str(last.by) if last.by else "—"
    at = f"{timezone.localtime(last.recorded_at):%Y-%m-%d %H:%M}"
    what = both(last.get_kind_display)
    told = {"who": who, "at": at}
    return Text(MOVED.zh.format(what=what.zh, **told), MOVED.en.format(what=what.en, **told))


def _ended(lead: Lead) -> Text:
    state = both(lead.get_state_display)
    return Text(ENDED.zh.format(state=state.zh), ENDED.en.format(state=state.en))


def both(asked: Callable[[], object]) -> Text:
    """Return what a word of the interface is in both languages."""
    with translation.override("zh-hans"):
        zh = str(asked())
    with translation.override("en"):
        return Text(zh, str(asked()))
