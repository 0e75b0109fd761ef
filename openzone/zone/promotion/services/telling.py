"""Who is told what about leads: advisers, the unit a lead was passed to, the referrer."""

import datetime as dt
from collections.abc import Iterable

from openzone.engines.text import Text
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day
from openzone.zone.projects.permissions import HANDS
from openzone.zone.promotion.enums import ReferralState
from openzone.zone.promotion.models import Lead, Referral
from openzone.zone.promotion.services.writing import label

ASSIGNED = Text("线索“{lead}”已分派给您跟进", "the lead “{lead}” is yours to follow")
ANOTHER = Text(
    "您在跟的投资方“{investor}”又有新线索“{lead}”",
    "there is another lead, “{lead}”, of the investor “{investor}” you follow",
)
REFERRED = Text(
    "线索“{lead}”转来，请于 {due} 前洽谈或说明理由退回",
    "the lead “{lead}” was passed to you: talk or say why not by {due}",
)
TALKED = Text("您转介的线索“{lead}”已洽谈", "the lead “{lead}” you passed on was talked to")
REFUSED = Text(
    "您转介的线索“{lead}”被退回：{reason}", "the lead “{lead}” you passed on was refused: {reason}"
)
REJECTED = Text(
    "您推荐的线索“{lead}”未采用：{reason}", "the lead “{lead}” you brought was rejected: {reason}"
)
BECAME = Text("线索“{lead}”已转为项目 {number}", "the lead “{lead}” became the project {number}")
QUIET = Text(
    "线索“{lead}”已 {days} 天无人联系（应不超过 {allowed} 天）",
    "nobody has spoken to “{lead}” for {days} days ({allowed} at most)",
)
_LONGEST = 120


def tell_assigned(lead: Lead, by: User | None, now: dt.datetime) -> None:
    """Tell an adviser that a lead is theirs; who took it themselves knows."""
    people = {lead.adviser_id} if lead.adviser_id else set()
    _tell(lead, "lead.assigned", ASSIGNED.format(lead=lead), people - {_pk(by)}, now)


def tell_another_lead(lead: Lead, held: Iterable[Lead], by: User | None, now: dt.datetime) -> None:
    """Tell who follows an investor that another lead of it was recorded."""
    people = {one.adviser_id for one in held if one.adviser_id} - {_pk(by), lead.adviser_id}
    said = ANOTHER.format(lead=lead, investor=lead.investor.name)
    _tell(lead, "lead.another", said, people, now)


def tell_referred(referral: Referral, now: dt.datetime, on: dt.date) -> None:
    """Tell the people of a unit that a lead was passed to them."""
    said = REFERRED.format(lead=referral.lead, due=referral.due)
    people = hands_of(referral.to_unit, on) - {referral.referrer_id}
    _tell(referral.lead, "referral.made", said, people, now, kind=NoticeKind.TURN)


def tell_answered(referral: Referral, now: dt.datetime) -> None:
    """Tell the referrer how a referral ended, with the reason where it was refused."""
    if referral.state == ReferralState.TALKED:
        said = TALKED.format(lead=referral.lead)
    else:
        said = REFUSED.format(lead=referral.lead, reason=referral.reason[:_LONGEST])
    people = {referral.referrer_id} - {referral.answered_by_id}
    _tell(referral.lead, "referral.answered", said, people, now, kind=NoticeKind.ANSWERED)


def tell_ended(lead: Lead, by: User | None, now: dt.datetime) -> None:
    """Tell everybody who brought or follows a lead that it was rejected, or became a project."""
    if lead.project is not None:
        said = BECAME.format(lead=lead, number=lead.project.number)
    else:
        said = REJECTED.format(lead=lead, reason=lead.reason[:_LONGEST])
    referrers = set(lead.referrals.values_list("referrer", flat=True))
    people = {lead.recorded_by_id, lead.adviser_id, *referrers} - {_pk(by), None}
    _tell(lead, "lead.ended", said, people, now, kind=NoticeKind.ANSWERED)


def tell_quiet(lead: Lead, days: int, allowed: int, on: dt.date, now: dt.datetime) -> set[int]:
    """Remind who follows a lead that nobody has spoken to the investor; return who was told."""
    people = {lead.adviser_id} if lead.adviser_id else set()
    if not people and lead.unit is not None:
        people = {*hands_of(lead.unit, on)}
    if not people and lead.recorded_by_id:
        people = {lead.recorded_by_id}
    said = QUIET.format(lead=lead, days=days, allowed=allowed)
    _tell(lead, "lead.quiet", said, people, now, kind=NoticeKind.DUE_SOON)
    return {one for one in people if one is not None}


def hands_of(unit: Unit, on: dt.date) -> set[int]:
    """Return the ids of the people who work in a unit on a day."""
    posts = Membership.objects.filter(on_day(on), unit=unit, role__in=HANDS, user__is_active=True)
    return set(posts.values_list("user", flat=True))


def _tell(
    lead: Lead, action: str, said: Text, people: Iterable[int | None], now: dt.datetime, *,
    kind: NoticeKind = NoticeKind.ASSIGNED,
) -> None:  # fmt: skip
    key = f"{label(lead).replace(':', '-')}-{action}-{now:%Y%m%d%H%M%S%f}"
    message = Message(kind, action, said, key, subject=label(lead))
    tell(message, [one for one in people if one is not None], now)


def _pk(user: User | None) -> int | None:
    return user.pk if user is not None else None
