"""Everything that can be done with an application: when, by whom, with which form."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.www.forms import redemption as f
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, deny
from openzone.zone.redemption.enums import BEFORE_APPROVAL, Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.permissions import may_apply, may_decide, may_handle
from openzone.zone.redemption.services import (
    applications,
    decisions,
    handling,
    intentions,
    payments,
)

Allowed = Callable[[User, Application, dt.date], Decision]


def _enterprise(user: User, application: Application, on: dt.date) -> Decision:
    return may_apply(user, application.enterprise, on)


def _handler(stage: Stage) -> Allowed:
    return lambda user, application, on: may_handle(user, application, stage, on)


def _asker(user: User, application: Application, on: dt.date) -> Decision:
    """Who asks for opinions is who will propose the amount: the unit that answers for the item."""
    return may_handle(user, application, Stage.PROPOSAL, on)


def _rejecter(user: User, application: Application, on: dt.date) -> Decision:
    """Who holds it rejects it; at the end only who may also approve, with no hand in it before."""
    stage = Stage(application.stage)
    if stage is Stage.APPROVAL:
        return may_decide(user, application, on)
    return may_handle(user, application, stage, on)


def _excess(user: User, application: Application, on: dt.date) -> Decision:
    if not application.pays or application.computed is None:
        return deny("没有核算金额", "no amount is computed")
    proposer = may_handle(user, application, Stage.PROPOSAL, on)
    approver = may_handle(user, application, Stage.APPROVAL, on)
    return proposer if proposer.allowed else approver


@dataclass(frozen=True)
class Action:
    """One thing to do: its form, its words, its stages, who may, and the service that does it."""

    name: str
    label: Promise
    done: Promise
    stages: frozenset[Stage]
    allowed: Allowed
    form: type[forms.Form]
    service: Callable[..., Any]
    primary: bool = False


def _of(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


ACTIONS: tuple[Action, ...] = (
    Action(
        "submit", _("Hand in"), _("The application is handed in."), _of(Stage.DRAFT),
        _enterprise, f.SubmitForm, applications.submit, primary=True,
    ),
    Action(
        "correct", _("Hand in again"), _("The correction is handed in."), _of(Stage.CORRECTION),
        _enterprise, f.SubmitForm, applications.submit, primary=True,
    ),
    Action(
        "confirm", _("Yes, we want it"), _("Your word is recorded."), _of(Stage.INTENTION),
        _enterprise, f.PayeeForm, intentions.confirm_intention, primary=True,
    ),
    Action(
        "accept", _("Accept"), _("The application is accepted."), _of(Stage.FORMALITY),
        _handler(Stage.FORMALITY), f.StepForm, handling.accept, primary=True,
    ),
    Action(
        "return", _("Return for correction"), _("The enterprise is asked to correct."),
        _of(Stage.FORMALITY), _handler(Stage.FORMALITY), f.ReturnForm,
        handling.return_for_correction,
    ),
    Action(
        "ask-units", _("Ask units"), _("The units are asked."), _of(Stage.REVIEW), _asker,
        f.AskUnitsForm, handling.ask_units, primary=True,
    ),
    Action(
        "ask-reviewers", _("Ask reviewers"), _("The reviewers are asked."), _of(Stage.REVIEW),
        _asker, f.AskReviewersForm, handling.ask_reviewers,
    ),
    Action(
        "propose", _("Propose the amount"), _("The proposal is recorded."), _of(Stage.PROPOSAL),
        _handler(Stage.PROPOSAL), f.ProposeForm, handling.propose, primary=True,
    ),
    Action(
        "excess", _("Give a reason for more"), _("The reason is recorded."), _of(Stage.PROPOSAL),
        _excess, f.ExcessForm, handling.allow_excess,
    ),
    Action(
        "approve", _("Approve"), _("The decision is recorded."), _of(Stage.APPROVAL), may_decide,
        f.ApproveForm, decisions.approve, primary=True,
    ),
    Action(
        "reject", _("Reject"), _("The decision is recorded."),
        _of(Stage.FORMALITY, Stage.PROPOSAL, Stage.PUBLICITY), _rejecter, f.RejectForm,
        decisions.reject,
    ),
    Action(
        "reject-finally", _("Reject"), _("The decision is recorded."), _of(Stage.APPROVAL),
        may_decide, f.RejectForm, decisions.reject,
    ),
    Action(
        "account", _("Another account"), _("The account is changed."),
        _of(Stage.QUEUED, Stage.ORDER), _enterprise, f.AccountForm, payments.change_account,
    ),
    Action(
        "receipt", _("The money is here"), _("The receipt is recorded."), _of(Stage.RECEIPT),
        _enterprise, f.StepForm, payments.confirm_receipt, primary=True,
    ),
    Action(
        "rate", _("Rate"), _("Thank you. The application is closed."), _of(Stage.EVALUATION),
        _enterprise, f.RateForm, payments.rate, primary=True,
    ),
    Action(
        "withdraw", _("Withdraw"), _("The application is withdrawn."), frozenset(BEFORE_APPROVAL),
        _enterprise, f.WithdrawForm, applications.withdraw,
    ),
)  # fmt: skip
BY_NAME = {action.name: action for action in ACTIONS}


def actions_for(user: User, application: Application, on: dt.date) -> Iterator[Action]:
    """Yield what somebody can do with an application now."""
    for action in ACTIONS:
        fits = application.stage in action.stages
        if fits and action.allowed(user, application, on).allowed:
            yield action


def form_class(action: Action, application: Application) -> type[forms.Form]:
    """Return the form of an action; nobody is asked for an account where no money flows."""
    if application.pays:
        return action.form
    without: dict[type[forms.Form], type[forms.Form]] = {
        f.SubmitForm: f.SubmitNoMoneyForm,
        f.PayeeForm: f.StepForm,
        f.ProposeForm: f.ApproveForm,
    }
    return without.get(action.form, action.form)


def initial(action: Action, application: Application) -> dict[str, Any]:
    """Return what stands in a form before anybody writes."""
    last = application.steps.order_by("-seq").first()
    firm = application.enterprise
    given: dict[str, Any] = {
        "seen": last.seq if last else None,
        "payee_name": application.payee_name or firm.name,
        "payee_bank": application.payee_bank,
        "payee_account": application.payee_account,
        "statement": application.statement,
    }
    if action.name == "propose" and application.computed is not None:
        given["amount"] = application.computed / 100
    return given
