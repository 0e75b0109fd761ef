"""Who stands on which side of an agreement, and what each may see and do there."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.engines.text import Text
from openzone.zone.agreements.enums import AgreementState, Side
from openzone.zone.agreements.models import Agreement, Clause, Fulfilment, Incentive
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import on_day
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import Visitor, may_rule
from openzone.zone.projects.permissions import may_edit as may_edit_project
from openzone.zone.projects.permissions import may_see as may_see_project
from openzone.zone.registry.permissions import speaks_for

NOT_A_PARTY = Text("您不是该协议任何一方的经办人", "you act for neither side of this agreement")
SAME_SIDE = Text("应由另一方确认", "the other side confirms it")
SAME_PERSON = Text("报告人不能自己确认", "nobody confirms what they reported")


def is_investor(user: Visitor, project: Project, on: dt.date) -> bool:
    """Whether somebody speaks for the investor or the project company."""
    firms = (project.enterprise, project.investor)
    return any(speaks_for(user, firm, on) for firm in firms if firm is not None)


def side_of(user: Visitor, project: Project, on: dt.date) -> Side | None:
    """Return the side somebody acts for; who speaks for the investor never acts for the zone."""
    if is_investor(user, project, on):
        return Side.INVESTOR
    return Side.ZONE if may_edit_project(user, project, on).allowed else None


def may_see_all(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who reads drafts, incentives and their reviews: the zone's own people."""
    if is_investor(user, project, on):
        return deny("仅限园区一方", "for the zone's side only")
    return may_see_project(user, project, on)


def may_see(user: Visitor, agreement: Agreement, on: dt.date) -> Decision:
    """Decide who reads an agreement: the zone's people; the investor's once it is signed."""
    if agreement.state != AgreementState.DRAFT and is_investor(user, agreement.project, on):
        return allow()
    return may_see_all(user, agreement.project, on)


def may_edit(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who drafts, signs and ends agreements: those who work on the project for the zone."""
    if is_investor(user, project, on):
        return deny("由园区一方办理", "done by the zone's side")
    return may_edit_project(user, project, on)


def may_review(user: Visitor, incentive: Incentive, on: dt.date) -> Decision:
    """Decide who reviews an incentive: who works on the project or decides about it, not alone."""
    project = incentive.project
    if user.pk == incentive.proposed_by_id:
        return deny("提出人不能审查自己的提议", "nobody reviews what they proposed")
    if is_investor(user, project, on):
        return deny("由园区一方审查", "reviewed by the zone's side")
    edits = may_edit_project(user, project, on)
    return edits if edits.allowed else may_rule(user, project, on)


def may_report(user: Visitor, clause: Clause, on: dt.date) -> Decision:
    """Decide who reports what was done for a promise: either side of a signed agreement."""
    agreement = clause.agreement
    if agreement.state != AgreementState.SIGNED:
        return deny("协议不在履行中", "the agreement is not in force")
    found = side_of(user, agreement.project, on)
    return allow() if found is not None else Decision(False, NOT_A_PARTY)


def may_answer(user: Visitor, fulfilment: Fulfilment, on: dt.date) -> Decision:
    """Decide who confirms a fulfilment: somebody else, of the other side."""
    found = side_of(user, fulfilment.clause.agreement.project, on)
    if found is None:
        return Decision(False, NOT_A_PARTY)
    if found == fulfilment.side:
        return Decision(False, SAME_SIDE)
    if user.pk == fulfilment.reported_by_id:
        return Decision(False, SAME_PERSON)
    return allow()


def own_agreements(user: User, on: dt.date) -> QuerySet[Agreement]:
    """Return the signed agreements of the enterprises somebody speaks for."""
    signed = Agreement.objects.exclude(state=AgreementState.DRAFT).select_related(
        "project__enterprise", "project__investor"
    )
    roots = _roots(user, on)
    own = Q(project__enterprise__root__in=roots) | Q(project__investor__root__in=roots)
    return signed.filter(own)


def _roots(user: User, on: dt.date) -> list[int]:
    posts = user.enterprise_posts.filter(on_day(on))
    return list(posts.values_list("enterprise__root_id", flat=True))
