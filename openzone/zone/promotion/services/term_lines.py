"""Incentives of a term sheet: worded, reviewed for fair competition, and only then agreed."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.agreements.packs import pack as agreements_pack
from openzone.zone.agreements.selectors.incentives import last_review, why_not
from openzone.zone.agreements.services import incentives
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.promotion.models import TermLine, TermSheet
from openzone.zone.promotion.selectors.termsheets import last_version
from openzone.zone.promotion.services.termsheets import add_version, opened
from openzone.zone.promotion.services.writing import note

NO_KIND = Text("没有名为“{kind}”的激励类型", "there is no kind of incentive called “{kind}”")
NO_PROJECT = Text(
    "激励事项的公平竞争审查以项目为单位，请先关联项目",
    "incentives are reviewed for a project: say first which one it is",
)
ASKED = Text("已提请公平竞争审查", "its review was asked for already")
NOT_ASKED = Text(
    "“{what}”没有公平竞争审查记录，不能标为已达成一致",
    "“{what}” has no fair-competition review on record: it cannot be marked agreed",
)
AGREED = Text("已由{who}于{at}标为达成一致", "already marked agreed by {who} at {at}")
GONE = Text("该激励条款已删除", "this incentive was taken out")
ADDED = Text("增加激励：{what}", "incentive added: {what}")
TAKEN_OUT = Text("删除激励：{what}", "incentive taken out: {what}")


@transaction.atomic
def add_line(
    *, actor: Actor, sheet: TermSheet, text: str, kind: str, due: dt.date, now: dt.datetime,
    amount: Decimal | None = None, user: User | None = None, seen: int | None = None,
) -> TermLine:  # fmt: skip
    """Word an incentive; a new version holds it."""
    fresh = opened(sheet, seen)
    if agreements_pack().incentive_kind(kind) is None:
        raise Refused(NO_KIND.format(kind=kind), field="kind")
    line = TermLine(sheet=fresh, text=text.strip(), kind=kind, due=due, amount=amount)
    ensure_valid(line)
    line.save()
    before = last_version(fresh)
    said = ADDED.format(what=line.text).zh[:300]
    add_version(fresh, before.values, [*before.lines, line.pk], said, user, now)
    _note("terms.line_added", actor, fresh, line=line.pk)
    return line


@transaction.atomic
def drop_line(
    *, actor: Actor, line: TermLine, now: dt.datetime, user: User | None = None
) -> TermLine:
    """Take an incentive out; the versions that held it keep it."""
    fresh, current = _locked(line)
    current.dropped = True
    current.save(update_fields=["dropped"])
    before = last_version(fresh)
    left = [one for one in before.lines if one != current.pk]
    add_version(fresh, before.values, left, TAKEN_OUT.format(what=current.text).zh[:300], user, now)
    _note("terms.line_dropped", actor, fresh, line=current.pk)
    return current


@transaction.atomic
def ask_review(*, actor: Actor, line: TermLine, user: User, now: dt.datetime) -> TermLine:
    """Propose the incentive to the project, where somebody else reviews it."""
    fresh, current = _locked(line)
    if fresh.project is None:
        raise Refused(NO_PROJECT)
    if current.incentive is not None:
        raise Refused(ASKED)
    current.incentive = incentives.propose(
        actor=actor, project=fresh.project, text=current.text, kind=current.kind,
        amount=current.amount, user=user, now=now,
    )  # fmt: skip
    current.save(update_fields=["incentive"])
    _note("terms.review_asked", actor, fresh, line=current.pk, incentive=current.incentive.pk)
    return current


@transaction.atomic
def agree_line(*, actor: Actor, line: TermLine, user: User, now: dt.datetime) -> TermLine:
    """Mark an incentive as agreed: only on a review that allows it.

    Raises:
        Refused: without a review, or with what the last one said.

    """
    fresh, current = _locked(line)
    if current.agreed_at is not None:
        at = f"{timezone.localtime(current.agreed_at):%Y-%m-%d %H:%M}"
        raise Refused(AGREED.format(who=str(current.agreed_by), at=at))
    if current.incentive is None:
        raise Refused(NOT_ASKED.format(what=current.text))
    if (reason := why_not(current.incentive)) is not None:
        raise Refused(reason)
    current.review = last_review(current.incentive)
    current.agreed_at, current.agreed_by = now, user
    ensure_valid(current)
    current.save()
    _note("terms.line_agreed", actor, fresh, line=current.pk)
    return current


def _locked(line: TermLine) -> tuple[TermSheet, TermLine]:
    """Lock the sheet of a line, and read the line anew."""
    fresh = opened(line.sheet)
    current = TermLine.objects.select_related("incentive", "agreed_by").get(pk=line.pk)
    if current.dropped:
        raise Refused(GONE)
    return fresh, current


def _note(action: str, actor: Actor, sheet: TermSheet, **payload: Any) -> None:
    note(action=action, actor=actor, subject=f"term_sheet:{sheet.pk}", payload=payload)
