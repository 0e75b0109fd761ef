"""Commitments: offered, signed, kept or broken; credit records and their repair."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from pydantic import Field

from openzone.engines.service.machines import Machine, State
from openzone.engines.service.machines import steps as following
from openzone.engines.text import Text
from openzone.www.api.bodies import Body, sent_as_form
from openzone.www.api.desk import Desk
from openzone.www.api.errors import FieldProblem, InvalidError, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent, query, through
from openzone.www.api.shapes.commitments import (
    CommitmentDetail,
    CommitmentPart,
    CreditRecordOut,
    CreditRecordPart,
    KindFiguresOut,
    OfferedOut,
    WatchOut,
)
from openzone.www.api.shapes.common import RevealedOut
from openzone.www.api.values import Day, Id, Line
from openzone.www.forms import service as page
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.selectors.items import in_force
from openzone.zone.catalogue.services.looks import log_look
from openzone.zone.commitments import permissions
from openzone.zone.commitments.enums import CommitmentState
from openzone.zone.commitments.models import Commitment, CreditRecord, OwedPaper
from openzone.zone.commitments.packs import pack
from openzone.zone.commitments.selectors.desk import (
    CommitmentFilter,
    commitments,
    kept_by_kind,
    watch,
)
from openzone.zone.commitments.services import steps
from openzone.zone.commitments.services.offers import Applicant, Notice, offer, subject
from openzone.zone.commitments.services.records import enter_record, repair
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.COMMITMENTS)
STATES = ("open", "all", *CommitmentState.values)


class OfferIn(Body):
    """An application, and the promise that is offered for it.

    ``blanks`` are the fields of the template of the kind; a kind that waits for papers takes
    ``owed`` and ``supply_by``, one that decides first takes ``check_by``.
    """

    item: Line = Field(description="事项代码 / code of the service item")
    kind: Line = Field(description="承诺种类 / kind of commitment")
    enterprise: Line = Field("", description="信用代码、编号或全称 / credit code, number or name")
    person: Line = ""
    identity: Line = ""
    phone: Line = ""
    blanks: dict[str, Line] = Field({}, description="承诺书各栏 / the blanks of the template")
    main_complete: bool = False
    owed: list[Line] = Field([], description="欠缺的次要材料 / secondary papers to come later")
    supply_by: dt.datetime | None = None
    check_by: Day | None = None
    consequence: Line | None = None


@desk.read("/commitments", Text("承诺列表", "List commitments"), CommitmentPart)
def listing(
    asked: Asked, state: Line = "open", kind: Line = "", text: Line = "",
    after: After = 0, limit: Limit = 50,
) -> Any:  # fmt: skip
    """Commitments the desk keeps, the latest first; `state` is open, all, or one state."""
    require(permissions.may_see_commitments(asked.user, asked.on))
    if state not in STATES:
        raise Refused(Text("没有这种状态", "there is no such state"), field="state")
    return latest(commitments(CommitmentFilter(state, kind, text)), after, limit)


@desk.read("/commitments/watch", Text("到期关注", "What comes due"), WatchOut)
def coming_due(asked: Asked) -> Any:
    """Papers, checks and revocations that have to be looked at today."""
    require(permissions.may_see_commitments(asked.user, asked.on))
    return watch(asked.now, asked.on)


@desk.read("/commitments/figures", Text("履约统计", "How promises were kept"), list[KindFiguresOut])
def kept_figures(asked: Asked) -> Any:
    """Counts by kind: kept, broken, open, otherwise ended."""
    require(permissions.may_see_commitments(asked.user, asked.on))
    return kept_by_kind()


@desk.read("/commitments/{pk}", Text("承诺详情", "One commitment"), CommitmentDetail)
def get(asked: Asked, pk: Id) -> Any:
    """What was signed, what is owed, and the steps that can follow."""
    require(permissions.may_see_commitments(asked.user, asked.on))
    return _shown(_found(pk))


@desk.act(
    "/commitments",
    Text("登记并告知承诺", "Register an application"),
    OfferIn,
    OfferedOut,
    status=201,
)
def register(asked: Asked, sent: OfferIn) -> Any:
    """Write an application down and offer a commitment for it; it waits for the signature."""
    require(permissions.may_offer(asked.user, asked.on))
    item, form = _offer_form(asked, sent)
    given = form.cleaned_data
    who = {name: given[name] for name in ("enterprise", "person", "identity", "phone")}
    made = offer(
        actor=asked.actor,
        item=item,
        kind=sent.kind,
        applicant=Applicant(**who),
        handler=asked.user,
        now=asked.now,
        notice=Notice(**form.notice()),
    )
    return {"commitment": _shown(_found(made.commitment.pk)), "receipt": made.receipt}


def _offer_form(asked: Asked, sent: OfferIn) -> tuple[ServiceItem, Any]:
    item = in_force(asked.on).filter(code=sent.item).first()
    if item is None:
        raise Refused(Text("没有这个事项", "there is no such service item"), field="item")
    if pack().kind(sent.kind) is None:
        raise Refused(Text("没有这种承诺", "there is no such kind"), field="kind")
    empty = page.OfferForm(item, sent.kind)
    blanks = {blank.id for blank in empty.blanks}
    if unknown := sorted(set(sent.blanks) - blanks):
        why = Text("承诺书没有这一栏", "the template has no such blank")
        raise InvalidError([FieldProblem(f"blanks.{name}", why) for name in unknown])
    values = {**sent_as_form(sent, empty.fields), **{k: [v] for k, v in sent.blanks.items()}}
    if "consequence" in empty.fields:
        values.setdefault("consequence", [str(empty.fields["consequence"].initial)])
    return item, through(lambda: page.OfferForm(item, sent.kind, query(values)))


@desk.act("/commitments/{pk}/sign", Text("记录签署", "Take down the signature"), page.SignForm,
          CommitmentDetail)  # fmt: skip
def sign(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant signs the promise."""
    found = _offered(asked, pk)
    return _done(steps.sign(actor=asked.actor, commitment=found, now=asked.now, **sent.given()))


@desk.act("/commitments/{pk}/decline", Text("不愿承诺", "No commitment wished"), page.WhyForm,
          CommitmentDetail)  # fmt: skip
def decline(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant does not promise; the application goes the ordinary way."""
    found = _offered(asked, pk)
    return _done(steps.decline(actor=asked.actor, commitment=found, now=asked.now, **sent.given()))


@desk.act("/commitments/{pk}/withdraw", Text("撤回申请", "Application taken back"), page.WhyForm,
          CommitmentDetail)  # fmt: skip
def withdraw(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The applicant takes the application back."""
    found = _offered(asked, pk)
    return _done(steps.withdraw(actor=asked.actor, commitment=found, now=asked.now, **sent.given()))


class SupplyIn(Body):
    """The papers that came, by their numbers."""

    papers: list[Id]


@desk.act("/commitments/{pk}/supply", Text("收到补齐材料", "Take in papers"), SupplyIn,
          CommitmentDetail)  # fmt: skip
def supply(asked: Asked, sent: SupplyIn, pk: Id) -> Any:
    """Papers that were promised came."""
    found = _offered(asked, pk)
    papers: list[OwedPaper] = list(found.owed.filter(pk__in=sent.papers, supplied_at=None))
    if len(papers) != len(set(sent.papers)):
        raise Refused(Text("有材料不在欠缺之列", "a paper is not one that is owed"), field="papers")
    return _done(steps.supply(actor=asked.actor, commitment=found, papers=papers, now=asked.now))


@desk.act("/commitments/{pk}/check", Text("核查履约", "Fulfilled or breached"), page.CheckForm,
          CommitmentDetail)  # fmt: skip
def check(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Somebody who did not handle it finds the promise kept or broken."""
    found = _offered(asked, pk)
    return _done(
        steps.check(
            actor=asked.actor, commitment=found, by=asked.user, now=asked.now, **sent.given()
        )
    )


@desk.act("/commitments/{pk}/decide", Text("作出决定", "Decide"), page.DecideForm,
          CommitmentDetail)  # fmt: skip
def decide(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The deciding unit grants or refuses."""
    found = _offered(asked, pk)
    return _done(
        steps.decide(
            actor=asked.actor, commitment=found, by=asked.user, now=asked.now, **sent.given()
        )
    )


@desk.act("/commitments/{pk}/revoke", Text("撤销决定", "Revoke the decision"), page.DocumentForm,
          CommitmentDetail)  # fmt: skip
def revoke(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A decision that rested on a broken promise is revoked."""
    found, document = _offered(asked, pk), sent.given()["number"]
    return _done(
        steps.revoke(
            actor=asked.actor, commitment=found, by=asked.user, document=document, now=asked.now
        )
    )


@desk.act("/commitments/{pk}/reveal", Text("查看证件号", "See the numbers"), page.LookForm,
          RevealedOut)  # fmt: skip
def reveal(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Identity number and telephone, once; the look is logged with its reason."""
    require(permissions.may_reveal(asked.user, asked.on))
    found, reason = _found(pk), sent.given()["reason"]
    names = ["identity", "phone"]
    log_look(actor=asked.actor, subject=subject(found), names=names, reason=reason)
    return {"identity": found.identity, "phone": found.phone}


@desk.read("/credit-records", Text("信用记录", "List credit records"), CreditRecordPart)
def credit_records(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Breaches on record, the latest first, with their repair."""
    require(permissions.may_see_commitments(asked.user, asked.on))
    return latest(CreditRecord.objects.select_related("enterprise"), after, limit)


@desk.act("/credit-records", Text("录入信用记录", "Enter a credit record"), page.RecordForm,
          CreditRecordOut, status=201)  # fmt: skip
def enter(asked: Asked, sent: Sent) -> Any:
    """A record of another authority; until it is repaired no commitment is accepted."""
    require(permissions.may_keep_records(asked.user, asked.on))
    return enter_record(actor=asked.actor, on=asked.on, **sent.given())


@desk.act("/credit-records/{pk}/repair", Text("记录信用修复", "Note a repair"), page.RepairForm,
          CreditRecordOut)  # fmt: skip
def repair_record(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A breach was repaired."""
    require(permissions.may_keep_records(asked.user, asked.on))
    row, given = get_object_or_404(CreditRecord, pk=pk), sent.given()
    return repair(actor=asked.actor, row=row, document=given["document"], on=given["repaired_on"])


def _found(pk: int) -> Commitment:
    rows = Commitment.objects.select_related("item", "enterprise", "case", "handler")
    return get_object_or_404(rows.prefetch_related("owed"), pk=pk)


def _offered(asked: Asked, pk: int) -> Commitment:
    require(permissions.may_offer(asked.user, asked.on))
    return _found(pk)


def _done(commitment: Commitment) -> Any:
    return _shown(_found(commitment.pk))


def _shown(found: Commitment) -> Any:
    possible = following(Machine(found.machine), State(found.state))
    found.steps = sorted(step.value for step in possible)  # type: ignore[attr-defined]
    return found
