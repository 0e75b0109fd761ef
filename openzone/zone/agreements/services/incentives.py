"""An incentive is proposed by one person and reviewed by another (公平竞争审查)."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.agreements.enums import CLEARING, Conclusion
from openzone.zone.agreements.models import FairReview, Incentive
from openzone.zone.agreements.packs import pack
from openzone.zone.agreements.services.writing import TO_COME, keep, note
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.policies.models import Item
from openzone.zone.projects.models import Project
from openzone.zone.projects.writing import locked

NO_KIND = Text("没有名为“{kind}”的激励类型", "there is no kind of incentive called “{kind}”")
NO_BASIS = Text("没有名为“{kind}”的依据类型", "there is no kind of basis called “{kind}”")
SAME = Text("提出人不能审查自己的提议", "nobody reviews what they proposed")
WITHOUT = Text(
    "{regulation}：没有法律、行政法规依据或者未经国务院批准，不得给予特定经营者“{kind}”；"
    "请补充依据，或按例外、不予通过作出结论",
    "{regulation}: without a law, an administrative regulation or the State Council's approval no"
    " particular operator is given a “{kind}”; state such a basis or an exception, or refuse it",
)
WHICH = Text("请写明适用哪一项例外", "say which exception applies")
UNTIL_WHEN = Text("例外须写明实施期限或终止条件", "an exception needs its term or what ends it")
NOT_AN_EXCEPTION = Text("只有例外结论才填写例外情形", "only an exception names one")


@transaction.atomic
def propose(
    *, actor: Actor, project: Project, text: str, kind: str, user: User, now: dt.datetime,
    amount: Decimal | None = None, item: Item | None = None,
) -> Incentive:  # fmt: skip
    """Propose to grant something to a project; it waits for its review."""
    fresh = locked(project)
    if pack().incentive_kind(kind) is None:
        raise Refused(NO_KIND.format(kind=kind), field="kind")
    made = Incentive(
        project=fresh, text=text.strip(), kind=kind, amount=amount, item=item, proposed_by=user,
        proposed_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note(
        action="incentive_proposed",
        actor=actor,
        subject=f"project:{fresh.pk}",
        payload={"incentive": made.pk, "kind": kind},
    )
    return made


@transaction.atomic
def review(
    *, actor: Actor, incentive: Incentive, conclusion: str, basis_kind: str, basis: str,
    on: dt.date, file_name: str, data: bytes, user: User, now: dt.datetime, today: dt.date,
    article: str = "", ends: str = "",
) -> FairReview:  # fmt: skip
    """Record a fair-competition review; it takes the place of the one before.

    Raises:
        Refused: by whoever proposed it, or when the basis does not carry the conclusion.

    """
    locked(incentive.project)
    if user.pk == incentive.proposed_by_id:
        raise Refused(SAME)
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    seq = incentive.reviews.count() + 1
    made = FairReview(
        incentive=incentive, seq=seq, conclusion=Conclusion(conclusion), basis_kind=basis_kind,
        basis=basis.strip(), article=article, ends=ends.strip(), on=on, reviewer=user,
        proposed_by_id=incentive.proposed_by_id, recorded_at=now,
        clearance=f"{incentive.pk}/{seq}" if conclusion in CLEARING else None,
    )  # fmt: skip
    _ensure_carried(made)
    keep(made, file_name, data)
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="incentive_reviewed",
        actor=actor,
        subject=f"project:{incentive.project_id}",
        payload={
            "incentive": incentive.pk,
            "conclusion": conclusion,
            "basis": made.basis,
            "sha256": made.sha256,
        },
    )
    return made


def _ensure_carried(review: FairReview) -> None:
    """Refuse a conclusion that its basis does not carry (公平竞争审查条例, in force 2024-08-01)."""
    basis = pack().basis(review.basis_kind)
    if basis is None:
        raise Refused(NO_BASIS.format(kind=review.basis_kind), field="basis_kind")
    if review.conclusion == Conclusion.EXCEPTION:
        _ensure_exception(review)
    elif review.article:
        raise Refused(NOT_AN_EXCEPTION, field="article")
    kind = pack().incentive_kind(review.incentive.kind)
    needs = kind is None or kind.forbidden
    if review.conclusion == Conclusion.ALLOWED and needs and not basis.sufficient:
        raise Refused(_without(review.incentive.kind), field="basis_kind")


def _ensure_exception(review: FairReview) -> None:
    if pack().exception(review.article) is None:
        raise Refused(WHICH, field="article")
    if not review.ends:
        raise Refused(UNTIL_WHEN, field="ends")


def _without(name: str) -> Text:
    kind, rule = pack().incentive_kind(name), pack().regulation.title
    zh, en = (kind.label.zh, kind.label.en) if kind else (name, name)
    return Text(
        WITHOUT.zh.format(regulation=rule.zh, kind=zh),
        WITHOUT.en.format(regulation=rule.en, kind=en),
    )
