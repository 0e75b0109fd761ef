"""An agreement is drafted: promises go in and out, incentives only with a review that allows it."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.packs.agreements import ClauseKind
from openzone.zone.agreements.enums import INCENTIVE, AgreementKind, Side
from openzone.zone.agreements.models import Agreement, Clause, Incentive
from openzone.zone.agreements.packs import pack
from openzone.zone.agreements.selectors.incentives import last_review, why_not
from openzone.zone.agreements.services.writing import drafted, in_force, note
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.projects.writing import locked

NO_KIND = Text("没有名为“{kind}”的承诺类型", "there is no kind of promise called “{kind}”")
NOT_THEIRS = Text("“{kind}”不由这一方承诺", "“{kind}” is not promised by this side")
BY_REVIEW = Text(
    "政策支持须经公平竞争审查后写入，请从激励事项中选择",
    "an incentive enters by its fair-competition review: choose one that was proposed",
)
HOW_MUCH = Text("请写明数量（{unit}）", "say how much, in {unit}")
A_DEED = Text("“{kind}”没有数量", "“{kind}” has no quantity")
FOREIGN = Text("该激励事项属于另一个项目", "this incentive belongs to another project")
ALREADY = Text("该激励事项已在本协议中", "this incentive stands in this agreement already")


@transaction.atomic
def draft_agreement(
    *, actor: Actor, project: Project, kind: str, number: str, title: str, now: dt.datetime,
    user: User | None = None,
) -> Agreement:  # fmt: skip
    """Open a draft of a framework agreement or a contract."""
    fresh = locked(project)
    made = Agreement(
        project=fresh, kind=AgreementKind(kind), number=number.strip(), title=title.strip(),
        drafted_by=user, drafted_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note(
        action="drafted",
        actor=actor,
        subject=f"project:{fresh.pk}",
        payload={"agreement": made.pk, "number": made.number},
    )
    return made


@transaction.atomic
def amend(
    *, actor: Actor, agreement: Agreement, number: str, title: str, now: dt.datetime,
    user: User | None = None,
) -> Agreement:  # fmt: skip
    """Draft an amendment: a new agreement with the same promises, to be changed before signing."""
    old = in_force(agreement)
    if Agreement.objects.filter(amends=old).exists():
        raise Refused(Text("已有一份变更协议草稿", "an amendment is drafted already"))
    made = Agreement(
        project=old.project, kind=old.kind, number=number.strip(), title=title.strip(),
        amends=old, drafted_by=user, drafted_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    for clause in old.clauses.all():
        clause.first_id = clause.first_id or clause.pk
        clause.pk, clause.agreement, clause.sealed = None, made, False
        clause.save(force_insert=True)
    note(
        action="amendment_drafted",
        actor=actor,
        subject=f"project:{old.project_id}",
        payload={"agreement": made.pk, "amends": old.pk},
    )
    return made


@transaction.atomic
def promise(
    *, actor: Actor, agreement: Agreement, side: str, kind: str, text: str, due: dt.date,
    quantity: Decimal | None = None, begins: dt.date | None = None,
) -> Clause:  # fmt: skip
    """Put a promise into a draft."""
    fresh = drafted(agreement)
    if kind == INCENTIVE:
        raise Refused(BY_REVIEW, field="kind")
    _ensure_kind(kind, side, quantity)
    clause = Clause(
        agreement=fresh, side=side, kind=kind, text=text.strip(), due=due, quantity=quantity,
        begins=begins,
    )  # fmt: skip
    return _added(actor, clause)


@transaction.atomic
def grant(
    *, actor: Actor, agreement: Agreement, incentive: Incentive, due: dt.date,
    begins: dt.date | None = None,
) -> Clause:  # fmt: skip
    """Put an incentive into a draft, by the review that clears it.

    Raises:
        Refused: without a review, or when the last one does not allow it.

    """
    fresh = drafted(agreement)
    if incentive.project_id != fresh.project_id:
        raise Refused(FOREIGN, field="incentive")
    if (reason := why_not(incentive)) is not None:
        raise Refused(reason, field="incentive")
    if fresh.clauses.filter(review__incentive=incentive).exists():
        raise Refused(ALREADY, field="incentive")
    clause = Clause(
        agreement=fresh, side=Side.ZONE, kind=INCENTIVE, text=incentive.text[:500], due=due,
        quantity=incentive.amount, begins=begins, review=last_review(incentive),
    )  # fmt: skip
    return _added(actor, clause)


@transaction.atomic
def drop_clause(*, actor: Actor, clause: Clause) -> None:
    """Take a promise out of a draft."""
    fresh = drafted(clause.agreement)
    note(
        action="promise_dropped",
        actor=actor,
        subject=f"project:{fresh.project_id}",
        payload={"agreement": fresh.pk, "text": clause.text},
    )
    Clause.objects.filter(pk=clause.pk, agreement=fresh).delete()


@transaction.atomic
def discard(*, actor: Actor, agreement: Agreement) -> None:
    """Throw a draft away; the log keeps that it was there."""
    fresh = drafted(agreement)
    fresh.clauses.all().delete()
    note(
        action="discarded",
        actor=actor,
        subject=f"project:{fresh.project_id}",
        payload={"number": fresh.number},
    )
    fresh.delete()


def _added(actor: Actor, clause: Clause) -> Clause:
    ensure_valid(clause)
    clause.save()
    agreement = clause.agreement
    note(
        action="promise_added",
        actor=actor,
        subject=f"project:{agreement.project_id}",
        payload={
            "agreement": agreement.pk,
            "side": clause.side,
            "kind": clause.kind,
            "due": clause.due.isoformat(),
        },
    )
    return clause


def _ensure_kind(name: str, side: str, quantity: Decimal | None) -> None:
    kind = pack().clause_kind(name)
    if kind is None:
        raise Refused(NO_KIND.format(kind=name), field="kind")
    label = kind.label
    if side not in kind.sides:
        told = Text(NOT_THEIRS.zh.format(kind=label.zh), NOT_THEIRS.en.format(kind=label.en))
        raise Refused(told, field="kind")
    _ensure_measured(kind, quantity)


def _ensure_measured(kind: ClauseKind, quantity: Decimal | None) -> None:
    if kind.unit is None and quantity is not None:
        told = Text(A_DEED.zh.format(kind=kind.label.zh), A_DEED.en.format(kind=kind.label.en))
        raise Refused(told, field="quantity")
    if kind.unit is not None and quantity is None and not kind.deed_too:
        told = Text(HOW_MUCH.zh.format(unit=kind.unit.zh), HOW_MUCH.en.format(unit=kind.unit.en))
        raise Refused(told, field="quantity")
