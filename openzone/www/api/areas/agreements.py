"""Agreements: promises of both sides, signing, what was done for them and confirmed."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.projects.clauses import Balance, ClauseState
from openzone.engines.text import Text
from openzone.www.api.areas.project_work import filed, of
from openzone.www.api.areas.projects import NO_SUCH
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import agreements as shapes
from openzone.www.api.shapes.common import CountOut
from openzone.www.api.values import Id, Line
from openzone.www.forms import agreements as page
from openzone.zone.agreements.enums import AgreementState, Side
from openzone.zone.agreements.models import Agreement, Clause, Fulfilment, Incentive
from openzone.zone.agreements.permissions import (
    may_answer,
    may_edit,
    may_report,
    may_review,
    may_see,
    may_see_all,
    own_agreements,
    side_of,
)
from openzone.zone.agreements.selectors.incentives import why_not
from openzone.zone.agreements.selectors.promises import (
    Promise,
    balances,
    fulfilments_of,
    in_force,
    line_of,
    promises,
)
from openzone.zone.agreements.services import drafting, fulfilments, incentives, signing
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import may_list
from openzone.zone.projects.selectors.listing import visible

desk = Desk(KeyArea.AGREEMENTS)
PROJECT = ("enterprise", "investor", "lead_unit", "merged_into")
OF = ("project", *(f"project__{name}" for name in PROJECT))


@desk.read("/agreements", Text("协议列表", "List agreements"), shapes.AgreementPart)
def listed(asked: Asked, project: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Agreements of projects the caller may see, drafts too; an enterprise sees those it signed.

    `project` is the number of one project.
    """
    rows = _mine(asked)
    return latest(rows.filter(project__number=project) if project else rows, after, limit)


def _mine(asked: Asked) -> QuerySet[Agreement]:
    own = own_agreements(asked.user, asked.on).values("pk")
    reads = Q(pk__in=own)
    if may_list(asked.user, asked.on).allowed:
        reads |= Q(project__in=visible(asked.user, asked.on).order_by().values("pk"))
    return Agreement.objects.filter(reads).select_related("project")


@desk.read("/agreements/{pk}", Text("协议详情", "One agreement"), shapes.AgreementDetail)
def get(asked: Asked, pk: Id) -> Any:
    """The promises of both sides, how each stands, and what was reported for it."""
    return shown(asked, seen(asked, pk))


@desk.read("/promises", Text("承诺总览", "Promises"), shapes.PromisesOut)
def overview(asked: Asked, side: Line = "", state: Line = "", project: Line = "") -> Any:
    """How both sides keep their word in every project the caller may see, and which promises.

    `side` is investor or zone; `state` one of met, not_due, due_soon, behind, partly, missed,
    unknown.
    """
    require(may_list(asked.user, asked.on))
    _known("side", side, Side.values)
    _known("state", state, [one.value for one in ClauseState])
    within = visible(asked.user, asked.on).order_by()
    if project:
        within = within.filter(number=project)
    every = promises(in_force().filter(agreement__project__in=within.values("pk")), asked.on)
    chosen = [
        one for one in every
        if side in ("", one.clause.side) and state in ("", one.state.value)
    ]  # fmt: skip
    return {"balances": _balances(every, asked.on), "promises": [_promise(one) for one in chosen]}


@desk.act("/projects/{pk}/agreements", Text("起草协议", "Draft an agreement"), page.DraftForm,
          shapes.AgreementDetail, status=201)  # fmt: skip
def draft(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Open a draft: a framework agreement or a contract."""
    made = drafting.draft_agreement(
        **of(asked, "now", "user"), project=_project(asked, pk), **sent.given()
    )
    return shown(asked, made)


@desk.act("/agreements/{pk}/promises", Text("写入承诺", "Add a promise"), page.PromiseForm,
          shapes.AgreementDetail)  # fmt: skip
def promise(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write a promise of one side into a draft; its quantity in units of `scale`, else ones."""
    found = _kept(asked, pk)
    drafting.promise(**of(asked), agreement=found, **sent.given(found, asked.on))
    return shown(asked, found)


@desk.act("/agreements/{pk}/incentives", Text("写入优惠", "Add an incentive"), page.GrantForm,
          shapes.AgreementDetail)  # fmt: skip
def grant(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write an incentive into a draft; without a review that allows it, it is refused."""
    found = _kept(asked, pk)
    drafting.grant(**of(asked), agreement=found, **sent.given(found, asked.on))
    return shown(asked, found)


@desk.act("/agreements/{pk}/drop", Text("移出承诺", "Take a promise out"), page.DropForm,
          shapes.AgreementDetail)  # fmt: skip
def drop(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take a promise out of a draft."""
    found = _kept(asked, pk)
    drafting.drop_clause(**of(asked), clause=sent.given(found, asked.on)["clause"])
    return shown(asked, found)


@desk.act("/agreements/{pk}/sign", Text("签署协议", "Sign"), page.SignForm, shapes.AgreementDetail)
def sign(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Sign a draft with its paper; from then on its terms do not change."""
    found = _kept(asked, pk)
    given = filed(sent.given(found, asked.on))
    signing.sign(**of(asked, "today"), agreement=found, **given)
    return shown(asked, found)


@desk.act("/agreements/{pk}/amend", Text("起草变更", "Draft an amendment"), page.AmendForm,
          shapes.AgreementDetail, status=201)  # fmt: skip
def amend(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Draft an amendment: it begins with the same promises, and takes their place once signed."""
    found = _kept(asked, pk)
    given = sent.given(found, asked.on)
    return shown(asked, drafting.amend(**of(asked, "now", "user"), agreement=found, **given))


@desk.act("/agreements/{pk}/end", Text("终止协议", "End"), page.EndForm, shapes.AgreementDetail)
def end(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End an agreement with its reason."""
    found = _kept(asked, pk)
    signing.end(**of(asked, "today"), agreement=found, **sent.given(found, asked.on))
    return shown(asked, found)


@desk.act("/agreements/{pk}/discard", Text("放弃草稿", "Discard a draft"), None, CountOut)
def discard(asked: Asked, sent: Any, pk: Id) -> Any:
    """Throw a draft away."""
    drafting.discard(**of(asked), agreement=_kept(asked, pk))
    return {"count": 1}


@desk.act("/promises/{pk}/report", Text("报告履约", "Report what was done"), page.ReportForm,
          shapes.AgreementDetail)  # fmt: skip
def report(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Report what was done for a promise, with evidence; the other side confirms it."""
    related = Clause.objects.select_related("agreement", *(f"agreement__{one}" for one in OF))
    clause = get_object_or_404(related.select_related("first"), pk=pk)
    hide(may_see(asked.user, clause.agreement, asked.on))
    require(may_report(asked.user, clause, asked.on))
    side = side_of(asked.user, clause.agreement.project, asked.on)
    given = filed(sent.given(clause))
    fulfilments.report(**of(asked, "now", "user", "today"), clause=clause, side=str(side), **given)
    return shown(asked, clause.agreement)


@desk.act("/fulfilments/{pk}/answer", Text("确认履约", "Answer"), page.AnswerForm,
          shapes.AgreementDetail)  # fmt: skip
def answer(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Confirm what the other side reported, or say why not, once."""
    related = Fulfilment.objects.select_related(
        "clause__agreement", *(f"clause__agreement__{one}" for one in OF)
    )
    found = get_object_or_404(related, pk=pk)
    agreement = found.clause.agreement
    hide(may_see(asked.user, agreement, asked.on))
    require(may_answer(asked.user, found, asked.on))
    side = side_of(asked.user, agreement.project, asked.on)
    fulfilments.answer(**of(asked, "now", "user"), fulfilment=found, side=str(side), **sent.given())
    return shown(asked, agreement)


@desk.read("/projects/{pk}/incentives", Text("项目优惠", "Incentives"), list[shapes.IncentiveOut])
def of_project(asked: Asked, pk: Id) -> Any:
    """The incentives meant for a project with their fair-competition reviews."""
    project = get_object_or_404(Project.objects.select_related(*PROJECT), pk=pk)
    hide(may_see_all(asked.user, project, asked.on))
    return [_reviewed(one) for one in project.incentives.select_related("proposed_by", "project")]


@desk.act("/projects/{pk}/incentives", Text("提出优惠", "Propose an incentive"),
          page.IncentiveForm, shapes.IncentiveOut, status=201)  # fmt: skip
def propose(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Propose an incentive; somebody else reviews it before it can enter an agreement."""
    project = _project(asked, pk)
    made = incentives.propose(**of(asked, "now", "user"), project=project, **sent.given())
    return _reviewed(made)


@desk.act("/incentives/{pk}/reviews", Text("公平竞争审查", "Fair-competition review"),
          page.ReviewForm, shapes.IncentiveOut, status=201)  # fmt: skip
def review(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Record the fair-competition review of an incentive; never by who proposed it."""
    found = get_object_or_404(Incentive.objects.select_related(*OF, "proposed_by"), pk=pk)
    hide(may_see_all(asked.user, found.project, asked.on))
    require(may_review(asked.user, found, asked.on))
    given = filed(sent.given())
    incentives.review(**of(asked, "now", "user", "today"), incentive=found, **given)
    return _reviewed(found)


def seen(asked: Asked, pk: int) -> Agreement:
    """Return an agreement the caller may read; another one is not there."""
    found = get_object_or_404(Agreement.objects.select_related(*OF), pk=pk)
    hide(may_see(asked.user, found, asked.on))
    return found


def _kept(asked: Asked, pk: int) -> Agreement:
    found = seen(asked, pk)
    require(may_edit(asked.user, found.project, asked.on))
    return found


def _project(asked: Asked, pk: int) -> Project:
    project = get_object_or_404(Project.objects.select_related(*PROJECT), pk=pk)
    if not may_see_all(asked.user, project, asked.on).allowed:
        raise Http404
    require(may_edit(asked.user, project, asked.on))
    return project


def shown(asked: Asked, agreement: Agreement) -> dict[str, Any]:
    """Return an agreement as it is now, as its shape reads it."""
    fresh = Agreement.objects.select_related("project").get(pk=agreement.pk)
    ended = fresh.ended_on if fresh.state == AgreementState.ENDED else None
    on = ended or asked.on
    rows = promises(fresh.clauses.select_related("agreement__project"), on)
    done = fulfilments_of([one.clause for one in rows])
    names = (
        "id", "project", "kind", "number", "title", "state", "signed_on", "ended_on", "amends_id",
        "name", "ended_because",
    )  # fmt: skip
    return {
        **{name: getattr(fresh, name) for name in names},
        "promises": [{**_promise(one), "done": done[line_of(one.clause)]} for one in rows],
        "balances": _balances(rows, on),
    }


def _promise(one: Promise) -> dict[str, Any]:
    clause, standing = one.clause, one.standing
    told = ("id", "agreement_id", "side", "kind", "text", "quantity", "begins", "due")
    stands = ("fulfilled", "share", "waiting", "days", "met_on")
    return {
        **{name: getattr(clause, name) for name in told},
        **{name: getattr(standing, name) for name in stands},
        "state": one.state.value,
    }


def _balances(rows: list[Promise], on: dt.date) -> list[dict[str, Any]]:
    return [_balance(one) for one in balances(rows, on)]


def _balance(one: Balance) -> dict[str, Any]:
    names = ("promised", "due", "kept", "kept_late")
    return {
        **{name: getattr(one, name) for name in names},
        "side": one.side.value,
        "open": [int(pk) for pk in one.open],
        "rate": None if one.rate is None else float(round(one.rate, 6)),
    }


def _reviewed(one: Incentive) -> Any:
    reason = why_not(one)
    one.why_not = {"zh": reason.zh, "en": reason.en} if reason else None  # type: ignore[attr-defined]
    return one


def _known(field: str, value: str, known: list[str]) -> None:
    if value and value not in known:
        raise Refused(NO_SUCH.format(value=value), field=field)
