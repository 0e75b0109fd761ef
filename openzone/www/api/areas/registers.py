"""Registers of the desk for what cannot be done: refusals, suggested rule changes, dispatches."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.areas.cases import seen
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CaseRef, UnitOut
from openzone.www.api.values import Id, Line
from openzone.www.forms import desks as page
from openzone.zone.cases import register_permissions as permissions
from openzone.zone.cases.enums import ReviewWord
from openzone.zone.cases.models import Dispatch, NegativeAnswer, RuleChange
from openzone.zone.cases.services import dispatches, refusals, rule_changes
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.REGISTERS)


class RefusalOut(Schema):
    """A no, with law, clause, reason and what can be done instead; and its review."""

    id: int
    unit: UnitOut
    case: CaseRef | None
    matter: str
    law: str
    clause: str
    reason: str
    alternatives: str
    said_at: dt.datetime
    due_at: dt.datetime
    word: str
    review_note: str


class RefusalPart(Part):
    """A part of the refusals."""

    items: list[RefusalOut]


class RuleChangeOut(Schema):
    """A suggested change of a rule, and the answer."""

    id: int
    rule: str
    clause: str
    cause: str
    proposal: str
    unit: UnitOut
    suggested_at: dt.datetime
    due_at: dt.datetime
    answer: str
    answer_text: str
    in_force_on: dt.date | None


class RuleChangePart(Part):
    """A part of the suggested changes."""

    items: list[RuleChangeOut]


class DispatchOut(Schema):
    """Something ordered for a case; the cost is in fen."""

    id: int
    case: CaseRef
    what: str
    amount: str
    terms: str
    supplier: str
    place: str
    ordered_at: dt.datetime
    needed_until: dt.datetime | None
    arrived_at: dt.datetime | None
    returned_at: dt.datetime | None
    cost: int | None
    paid_by: str


class DispatchPart(Part):
    """A part of the dispatches."""

    items: list[DispatchOut]


@desk.read("/refusals", Text("不予办理登记", "Refusals"), RefusalPart)
def list_refusals(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Every no that was said, the latest first."""
    require(permissions.may_see_registers(asked.user, asked.on))
    return latest(NegativeAnswer.objects.select_related("unit", "case"), after, limit)


@desk.act("/refusals", Text("报告不予办理", "Report a no"), page.RefusalForm, RefusalOut,
          status=201)  # fmt: skip
def report_refusal(asked: Asked, sent: Sent) -> Any:
    """Whoever says no names the law, the clause and what can be done instead."""
    require(permissions.may_report_refusal(asked.user, asked.on))
    form = sent.form(permissions.speaking_for(asked.user, asked.on))
    return refusals.report_refusal(
        actor=asked.actor, by=asked.user, unit=form.cleaned_data["unit"],
        matter=form.cleaned_data["matter"], grounds=form.grounds(), now=asked.now,
    )  # fmt: skip


@desk.act("/refusals/{pk}/review", Text("复核不予办理", "Review a no"), page.ReviewForm,
          RefusalOut)  # fmt: skip
def review_refusal(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Somebody else looks at a no again."""
    require(permissions.may_see_registers(asked.user, asked.on))
    rows = NegativeAnswer.objects.select_related("unit", "case")
    found = get_object_or_404(rows, pk=pk)
    require(permissions.may_review_refusal(asked.user, found, asked.on))
    given = sent.given()
    return refusals.review_refusal(
        actor=asked.actor, by=asked.user, refusal=found, word=ReviewWord(given["word"]),
        note=given["note"], now=asked.now,
    )  # fmt: skip


@desk.read("/rule-changes", Text("规则修改建议", "Suggested rule changes"), RuleChangePart)
def list_changes(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Suggested changes of rules with their answers, the latest first."""
    require(permissions.may_see_registers(asked.user, asked.on))
    return latest(RuleChange.objects.select_related("unit"), after, limit)


class ChangeIn(Body):
    """A change of a rule, and the cases behind it by their numbers."""

    unit: Line
    rule: Line
    clause: Line = ""
    cause: str
    proposal: str
    cases: list[Line]


@desk.act("/rule-changes", Text("建议修改规则", "Suggest a rule change"), ChangeIn,
          RuleChangeOut, status=201)  # fmt: skip
def suggest_change(asked: Asked, sent: ChangeIn) -> Any:
    """Suggest a change to the unit the rule belongs to, with the cases behind it."""
    require(permissions.may_suggest_change(asked.user, asked.on))
    lines = sent.model_copy(update={"cases": "\n".join(sent.cases)})
    given = Sent(page.ChangeForm, lines).given()
    return rule_changes.suggest_change(actor=asked.actor, by=asked.user, now=asked.now, **given)


@desk.act("/rule-changes/{pk}/answer", Text("答复修改建议", "Answer a suggestion"),
          page.ChangeAnswerForm, RuleChangeOut)  # fmt: skip
def answer_change(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The unit says whether the rule changes, and from when."""
    require(permissions.may_see_registers(asked.user, asked.on))
    found = get_object_or_404(RuleChange.objects.select_related("unit"), pk=pk)
    require(permissions.may_answer_change(asked.user, found, asked.on))
    return rule_changes.answer_change(
        actor=asked.actor, by=asked.user, change=found, now=asked.now, **sent.given()
    )


@desk.read("/dispatches", Text("应急调度", "Dispatches"), DispatchPart)
def list_dispatches(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """What was ordered for cases, and whether it was given back."""
    require(permissions.may_see_registers(asked.user, asked.on))
    return latest(Dispatch.objects.select_related("case"), after, limit)


@desk.act("/cases/{number}/dispatches", Text("调度", "Dispatch"), page.DispatchForm, DispatchOut,
          status=201)  # fmt: skip
def dispatch(asked: Asked, sent: Sent, number: Line) -> Any:
    """Order something for a case."""
    case = seen(asked, number)
    require(permissions.may_dispatch(asked.user, case, asked.on))
    return dispatches.dispatch(
        actor=asked.actor, by=asked.user, case=case, now=asked.now, **sent.given()
    )


@desk.act("/dispatches/{pk}/arrived", Text("登记到位", "Note its arrival"), None, DispatchOut)
def arrived(asked: Asked, sent: Body, pk: Id) -> Any:
    """It stands where it is needed."""
    found = _followed(asked, pk)
    return dispatches.note_arrival(actor=asked.actor, dispatch=found, at=asked.now)


@desk.act("/dispatches/{pk}/returned", Text("登记归还", "Note its return"), page.ReturnForm,
          DispatchOut)  # fmt: skip
def returned(asked: Asked, sent: Sent, pk: Id) -> Any:
    """It was given back; what it cost, in yuan, and who paid."""
    found, form = _followed(asked, pk), sent.form()
    return dispatches.note_return(
        actor=asked.actor, dispatch=found, at=asked.now, cost=form.cost_in_fen(),
        paid_by=form.cleaned_data["paid_by"],
    )  # fmt: skip


def _followed(asked: Asked, pk: int) -> Dispatch:
    require(permissions.may_see_registers(asked.user, asked.on))
    found = get_object_or_404(Dispatch.objects.select_related("case", "case__lead"), pk=pk)
    require(permissions.may_follow_dispatch(asked.user, found, asked.on))
    return found
