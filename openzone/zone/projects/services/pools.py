"""A project comes into a pool and leaves it; the reserve is graded; funds from above are asked."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from openzone.engines.projects.maturity import assess as grade
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.enums import Currency, FundingStatus
from openzone.zone.projects.models import (
    Assessment,
    FundingApplication,
    Paper,
    PoolEntry,
    Project,
)
from openzone.zone.projects.packs import channel_title, channels, grades, questions
from openzone.zone.projects.services.amounts import FUNDING_PAPER, add_paper
from openzone.zone.projects.writing import locked, note

UNGRADED = "ungraded"
"""The grade of a project that does not reach the lowest one."""
OPEN = (FundingStatus.PREPARED, FundingStatus.SUBMITTED)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
IS_IN = Text("该项目已在此库", "the project is in this pool already")
NOT_IN = Text("该项目不在此库", "the project is not in this pool")
WHY_LEFT = Text("请写明出库原因", "say why it leaves the pool")
NO_QUESTION = Text("没有“{name}”这一问题", "there is no question “{name}”")
NO_ANSWER = Text("“{name}”只能答是或否", "“{name}” is answered with yes or no")
NOTHING = Text("至少回答一个问题", "answer at least one question")
NO_CHANNEL = Text("没有资金渠道“{name}”", "there is no channel “{name}”")
ASKED = Text("已向该渠道申报，尚未办结", "this channel was asked already and has not answered")
TOO_MUCH = Text("申请额 {asked} 超过总投资 {total}", "{asked} is more than the total of {total}")
GRANTED_MORE = Text("核准额超过申请额 {asked}", "more than the {asked} that was asked for")
NOT_NOW = Text("此申报目前为“{state}”", "this application stands at “{state}”")
SAY_WHY = Text("请写明原因", "say why")
SUBMISSION = Text("申报材料：{channel}", "application: {channel}")
DECISION = Text("批复或通知：{channel}", "decision: {channel}")


class Proof(NamedTuple):
    """A paper about an application: a document number, a file, or both."""

    now: dt.datetime
    document_no: str = ""
    file_name: str = ""
    data: bytes | None = None
    user: User | None = None


@transaction.atomic
def enter_pool(
    *, actor: Actor, project: Project, pool: str, on: dt.date, category: str = ""
) -> PoolEntry:
    """Take a project into a pool from a day on."""
    fresh = locked(project)
    if fresh.pools.filter(pool=pool, left_on=None).exists():
        raise Refused(IS_IN, field="pool")
    entry = PoolEntry(project=fresh, pool=pool, entered_on=on, category=category.strip())
    ensure_valid(entry)
    entry.save()
    note("pool.entered", actor, fresh, pool=pool, on=on.isoformat())
    return entry


@transaction.atomic
def leave_pool(*, actor: Actor, project: Project, pool: str, on: dt.date, reason: str) -> PoolEntry:
    """Take a project out of a pool, with the reason: carried out, given up, granted."""
    fresh = locked(project)
    entry = fresh.pools.filter(pool=pool, left_on=None).first()
    if entry is None:
        raise Refused(NOT_IN, field="pool")
    if not reason.strip():
        raise Refused(WHY_LEFT, field="reason")
    entry.left_on, entry.left_reason = on, reason.strip()
    ensure_valid(entry)
    entry.save(update_fields=["left_on", "left_reason"])
    note("pool.left", actor, fresh, pool=pool, on=on.isoformat(), reason=entry.left_reason)
    return entry


@transaction.atomic
def assess(
    *, actor: Actor, project: Project, on: dt.date, answers: Mapping[str, bool | None],
    now: dt.datetime, remark: str = "", user: User | None = None,
) -> Assessment:  # fmt: skip
    """Answer the questions about a project; its grade follows. None: nobody knows, which is no no.

    What earlier assessments said and this one does not ask is carried over, so that a part of the
    list can be answered alone.
    """
    fresh = locked(project)
    if on > to_local(now).date():
        raise Refused(TO_COME.format(day=on), field="on")
    before = fresh.assessments.filter(on__lte=on).last()
    known = {**(before.answers if before else {}), **_sound(answers)}
    reached = grade(grades(), known).grade
    made = Assessment(
        project=fresh, on=on, answers=known, grade=reached.id if reached else UNGRADED,
        pack="maturity", remark=remark.strip(), by=user, at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("reserve.assessed", actor, fresh, on=on.isoformat(), grade=made.grade)
    return made


@transaction.atomic
def prepare_application(
    *, actor: Actor, project: Project, channel: str, amount: Decimal, now: dt.datetime,
    currency: str = Currency.CNY, user: User | None = None,
) -> FundingApplication:  # fmt: skip
    """Prepare to ask a channel for funds. A match is advice: it is not asked for here."""
    fresh = locked(project)
    if channel not in channels():
        raise Refused(NO_CHANNEL.format(name=channel), field="channel")
    if fresh.funding.filter(channel=channel, status__in=OPEN).exists():
        raise Refused(ASKED, field="channel")
    if currency == Currency.CNY and fresh.total is not None and amount > fresh.total:
        told = {"asked": f"{amount:,}", "total": f"{fresh.total:,}"}
        raise Refused(TOO_MUCH.format(**told), field="amount")
    made = FundingApplication(
        project=fresh, channel=channel, status=FundingStatus.PREPARED, amount=amount,
        currency=currency, prepared_by=user, prepared_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("funding.prepared", actor, fresh, channel=channel, amount=str(amount))
    return made


@transaction.atomic
def submit_application(
    *, actor: Actor, application: FundingApplication, on: dt.date, today: dt.date,
    proof: Proof | None = None,
) -> FundingApplication:  # fmt: skip
    """Note the day on which an application went up, with what was handed in."""
    fresh, found = _standing(application, FundingStatus.PREPARED)
    _ensure_come(on, today)
    found.status, found.submitted_on = FundingStatus.SUBMITTED, on
    found.submission = _filed(actor, found, proof, SUBMISSION)
    _keep(found)
    note("funding.submitted", actor, fresh, channel=found.channel, on=on.isoformat())
    return found


@transaction.atomic
def decide_application(
    *, actor: Actor, application: FundingApplication, granted: Decimal | None, on: dt.date,
    today: dt.date, reason: str = "", proof: Proof | None = None,
) -> FundingApplication:  # fmt: skip
    """Note what was decided above: how much was granted, or None with the reason of the refusal.

    Granted is not arrived: what arrives is recorded with the funds in place.
    """
    fresh, found = _standing(application, FundingStatus.SUBMITTED)
    _ensure_come(on, today)
    if granted is None and not reason.strip():
        raise Refused(SAY_WHY, field="reason")
    if granted is not None and granted > found.amount:
        raise Refused(GRANTED_MORE.format(asked=f"{found.amount:,}"), field="granted")
    found.status = FundingStatus.REFUSED if granted is None else FundingStatus.GRANTED
    found.granted, found.decided_on, found.reason = granted, on, reason.strip()
    found.decision = _filed(actor, found, proof, DECISION)
    _keep(found)
    told = None if granted is None else str(granted)
    note("funding.decided", actor, fresh, channel=found.channel, granted=told)
    return found


@transaction.atomic
def withdraw_application(
    *, actor: Actor, application: FundingApplication, reason: str
) -> FundingApplication:
    """Take an application back before it is decided."""
    fresh, found = _standing(application, *OPEN)
    if not reason.strip():
        raise Refused(SAY_WHY, field="reason")
    found.status, found.reason = FundingStatus.WITHDRAWN, reason.strip()
    _keep(found)
    note("funding.withdrawn", actor, fresh, channel=found.channel, reason=found.reason)
    return found


def _sound(answers: Mapping[str, bool | None]) -> dict[str, bool | None]:
    if not answers:
        raise Refused(NOTHING, field="answers")
    for name, answer in answers.items():
        if name not in questions():
            raise Refused(NO_QUESTION.format(name=name), field=name)
        if answer is not None and not isinstance(answer, bool):
            raise Refused(NO_ANSWER.format(name=name), field=name)
    return dict(answers)


def _standing(
    application: FundingApplication, *states: FundingStatus
) -> tuple[Project, FundingApplication]:
    fresh = locked(application.project)
    found = FundingApplication.objects.get(pk=application.pk)
    if found.status not in states:
        raise Refused(NOT_NOW.format(state=found.get_status_display()))
    return fresh, found


def _keep(found: FundingApplication) -> None:
    ensure_valid(found)
    found.save(
        update_fields=["status", "submitted_on", "decided_on", "granted", "reason", "submission",
                       "decision"]
    )  # fmt: skip


def _filed(
    actor: Actor, found: FundingApplication, proof: Proof | None, title: Text
) -> Paper | None:
    """Put what proves a step of an application on the project's file."""
    if proof is None:
        return None
    channel = channel_title(found.channel)
    return add_paper(
        actor=actor, project=found.project, kind=FUNDING_PAPER,
        title=title.format(channel=channel.zh).zh[:200], **proof._asdict(),
    )  # fmt: skip


def _ensure_come(day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Refused(TO_COME.format(day=day), field="on")
