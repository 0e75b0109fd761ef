"""Amounts as stated, papers, and funds in place: each a new row, and a jump is asked about."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.files.gate import FileRefusedError, check
from openzone.engines.projects.money import jump
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.enums import Currency
from openzone.zone.projects.models import Amount, Arrival, Paper, Project
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.selectors.standing import amount_on
from openzone.zone.projects.writing import derive, locked, note

FUNDING_PAPER = "funding"
"""Papers about applications for funds from above; no stage asks for them."""
WHY = Text(
    "与 {day} 所填 {old} 不同，须写明调整原因",
    "differs from {old} as stated on {day}; say why it was revised",
)
NO_KIND = Text("该流程不要求“{kind}”这种材料", "the pipeline knows no paper of kind “{kind}”")
NOTHING = Text("请上传文件或填写文号", "a file or a document number is needed")
TAKEN_BACK = Text("这笔资金已经更正过", "this arrival was corrected already")


@transaction.atomic
def state_amount(
    *, actor: Actor, project: Project, kind: str, value: Decimal, on: dt.date, now: dt.datetime,
    currency: str = Currency.CNY, reason: str = "", wording: str = "", sure: bool = False,
    user: User | None = None,
) -> Amount:  # fmt: skip
    """State an amount in whole currency units. What differs from before says why.

    A value exactly ten, a hundred … ten thousand times the one before is refused until the person
    is ``sure``: 万元 taken for 元 is the commonest mistake in these books.
    """
    fresh = locked(project)
    before = amount_on(fresh, kind, on)
    if before is not None and before.value != value:
        jumped = jump(before.value, value)
        if jumped is not None and not sure:
            raise Refused(jumped, field="value")
        if not reason.strip():
            raise Refused(WHY.format(day=before.on, old=before.value), field="reason")
    amount = Amount(
        project=fresh, kind=kind, value=value, currency=currency, on=on, wording=wording,
        reason=reason.strip(), stated_by=user, stated_at=now,
    )  # fmt: skip
    ensure_valid(amount)
    amount.save()
    derive(fresh)
    note("amount.stated", actor, fresh, kind=kind, value=str(value), currency=currency)
    return amount


@transaction.atomic
def add_paper(
    *, actor: Actor, project: Project, kind: str, title: str, now: dt.datetime,
    document_no: str = "", dated: dt.date | None = None, file_name: str = "",
    data: bytes | None = None, user: User | None = None,
) -> Paper:  # fmt: skip
    """Put a paper on file: a checked file, a document number, or both."""
    fresh = locked(project)
    if kind not in pipeline_of(fresh).evidence and kind != FUNDING_PAPER:
        raise Refused(NO_KIND.format(kind=kind), field="kind")
    if not document_no.strip() and data is None:
        raise Refused(NOTHING, field="file")
    paper = Paper(
        project=fresh, kind=kind, title=title.strip(), document_no=document_no.strip(),
        dated=dated, added_by=user, added_at=now,
    )  # fmt: skip
    if data is not None:
        _keep(paper, file_name, data)
    ensure_valid(paper)
    paper.save()
    note("paper.added", actor, fresh, kind=kind, title=paper.title, sha256=paper.sha256)
    return paper


def _keep(paper: Paper, file_name: str, data: bytes) -> None:
    try:
        found = check(file_name, data)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None
    paper.name, paper.sha256 = found.name, found.sha256
    paper.file.save(found.name, ContentFile(data), save=False)


@transaction.atomic
def record_arrival(
    *, actor: Actor, project: Project, kind: str, on: dt.date, amount: Decimal,
    now: dt.datetime, today: dt.date, currency: str = Currency.CNY, foreign: bool = False,
    usd: Decimal | None = None, financial: bool = False, paper: Paper | None = None,
    remark: str = "", user: User | None = None,
) -> Arrival:  # fmt: skip
    """Record funds that arrived on a day: what arrived, not what was agreed."""
    fresh = locked(project)
    if on > today:
        raise Refused(Text("{day} 还没有到", "{day} has not come yet").format(day=on), field="on")
    arrival = Arrival(
        project=fresh, kind=kind, on=on, amount=amount, currency=currency, foreign=foreign,
        usd=usd, financial=financial, paper=paper, remark=remark.strip(), recorded_by=user,
        recorded_at=now,
    )  # fmt: skip
    ensure_valid(arrival)
    arrival.save()
    note("funds.arrived", actor, fresh, kind=kind, on=on.isoformat(), amount=str(amount))
    return arrival


@transaction.atomic
def correct_arrival(
    *, actor: Actor, arrival: Arrival, amount: Decimal, remark: str, now: dt.datetime,
    user: User | None = None,
) -> Arrival:  # fmt: skip
    """Say that another amount arrived, nothing included; the first statement stays in the book."""
    fresh = locked(arrival.project)
    if Arrival.objects.filter(corrects=arrival).exists():
        raise Refused(TAKEN_BACK, field="amount")
    if not remark.strip():
        raise Refused(Text("请写明更正原因", "say why it is corrected"), field="remark")
    made = Arrival(
        project=fresh, kind=arrival.kind, on=arrival.on, amount=amount,
        currency=arrival.currency, foreign=arrival.foreign, usd=_dollars(arrival, amount),
        financial=arrival.financial, paper=arrival.paper, corrects=arrival,
        remark=remark.strip(), recorded_by=user, recorded_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("funds.corrected", actor, fresh, amount=str(amount), was=str(arrival.amount))
    return made


def _dollars(arrival: Arrival, amount: Decimal) -> Decimal | None:
    """Return the corrected amount in dollars, at the rate of the first statement."""
    if arrival.usd is None or not arrival.amount:
        return None
    return (arrival.usd * amount / arrival.amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
