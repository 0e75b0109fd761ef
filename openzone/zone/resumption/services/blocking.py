"""What is in the way of work: named once, raised as a request of the enterprise, ended."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.intake import LONGEST_TITLE, Requester, open_case
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.resumption.enums import Resumed, Side
from openzone.zone.resumption.models import Blocker, Member, WorkReport
from openzone.zone.resumption.packs import blocker_kind, pack
from openzone.zone.resumption.writing import ensure_said, locked, note, of_member

NO_AMOUNT: Final = Text("请填写{what}，才能转为诉求", "{what}: a request needs this figure")
NO_USER: Final = Text("转为诉求须由有账号的人员办理", "a request is raised by a person")
NO_UNIT: Final = Text("该项目没有企业，转办人须有单位",
                      "the project has no enterprise: who raises it must be of a unit")  # fmt: skip
BY_CASE: Final = Text("由诉求 {number} 的办理结果决定", "it ends with its case {number}")
OVER: Final = Text("该障碍已结束", "it has ended already")


class Named(NamedTuple):
    """What is in the way; ``raise_it`` asks the zone for help at once."""

    kind: str
    text: str
    amount: Decimal | None = None
    raise_it: bool = False


@transaction.atomic
def name_blockers(
    *, actor: Actor, report: WorkReport, named: Sequence[Named], now: dt.datetime
) -> list[Blocker]:
    """Keep what a report names; what is in the way already is not named a second time."""
    return [_named(actor, report, one, now) for one in named]


def _named(actor: Actor, report: WorkReport, one: Named, now: dt.datetime) -> Blocker:
    kind = blocker_kind(one.kind)
    rows = Blocker.objects.filter(member=report.member, kind=kind.id).select_related("case")
    known = next((row for row in rows if row.is_open), None)
    if known is None:
        known = Blocker(member=report.member, kind=kind.id, text=ensure_said(one.text, "text"),
                        amount=one.amount, first_on=report.on)  # fmt: skip
        ensure_valid(known)
        known.save()
        note("blocker.named", actor, of_member(report.member), {"kind": kind.id})
    if one.raise_it and known.case is None:
        raise_case(actor=actor, blocker=known, now=now, user=report.user, amount=one.amount)
    return known


@transaction.atomic
def raise_case(
    *, actor: Actor, blocker: Blocker, now: dt.datetime, user: User | None,
    amount: Decimal | None = None,
) -> Case:  # fmt: skip
    """Open a request for what is in the way, with its owner and clock. A second time gives it."""
    member = locked(blocker.member)
    current = Blocker.objects.select_for_update(of=("self",)).get(pk=blocker.pk)
    if current.case is not None:
        return current.case
    if current.ended_on is not None:
        raise Refused(OVER)
    if amount is not None:
        current.amount = amount
    if user is None:
        raise Refused(NO_USER)
    latest = member.reports.first()
    opened = open_case(
        actor=actor, kind=pack().request, title=f"复工复产：{current.text}"[:LONGEST_TITLE],
        text=current.text, now=now, channel=_channel(latest), fields=_fields(current, latest),
        requester=_requester(member, user, timezone.localdate(now)), recorded_by=user,
        origin=of_member(member), request_id=f"resumption-blocker:{current.pk}",
    )  # fmt: skip
    current.case = opened.case
    current.save(update_fields=["case", "amount"])
    note("blocker.raised", actor, of_member(member),
         {"blocker": current.pk, "case": opened.case.number})  # fmt: skip
    return opened.case


@transaction.atomic
def end_blocker(*, actor: Actor, blocker: Blocker, on: dt.date, ending: str) -> Blocker:
    """Say that something without a case is no longer in the way."""
    member = locked(blocker.member)
    current = Blocker.objects.select_for_update(of=("self",)).get(pk=blocker.pk)
    if current.case is not None:
        raise Refused(BY_CASE.format(number=current.case.number))
    if current.ended_on is not None:
        raise Refused(OVER)
    current.ended_on, current.ending = on, ensure_said(ending, "ending")
    current.save(update_fields=["ended_on", "ending"])
    note("blocker.ended", actor, of_member(member), {"blocker": current.pk})
    return current


def _channel(latest: WorkReport | None) -> Channel:
    own = latest is not None and latest.side == Side.SELF
    return Channel.PORTAL if own else Channel.VISIT


def _fields(blocker: Blocker, latest: WorkReport | None) -> dict[str, Any]:
    kind = blocker_kind(blocker.kind)
    found: dict[str, Any] = {"topic": kind.topic, **kind.fields}
    if latest is not None and latest.resumed == Resumed.NO:
        found |= kind.stopped
    if kind.asks:
        if blocker.amount is None:
            what = kind.asks_label.text if kind.asks_label else kind.label.text
            said = Text(NO_AMOUNT.zh.format(what=what.zh), NO_AMOUNT.en.format(what=what.en))
            raise Refused(said, field="amount")
        found[kind.asks] = f"{blocker.amount.normalize():f}"
    return found


def _requester(member: Member, user: User, on: dt.date) -> Requester:
    firm = member.firm
    if firm is not None:
        return Requester(RequesterKind.ENTERPRISE, enterprise=firm.root)
    return Requester(RequesterKind.UNIT, unit=_unit_of(user, on), user=user)


def _unit_of(user: User, on: dt.date) -> Unit:
    post = memberships_of(user, on).order_by("pk").first()
    if post is None:
        raise Refused(NO_UNIT)
    return post.unit
