"""Who may do what with an application, each answer with its reason."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, roles_of
from openzone.zone.policies.models import Item
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Opinion, Payment
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import speaks_for

Visitor = User | AnonymousUser


def routing_unit(item: Item) -> Unit | None:
    """Return the unit that answers for an item; of joint issuers the lead unit decides."""
    if item.owner is not None:
        return item.owner
    # All issuers are read: a list of applications brings them along in one query.
    lead = next((issuer for issuer in item.document.issuers.all() if issuer.leads), None)
    return lead.unit if lead else None


def is_party(user: Visitor, party: str, item: Item, on: dt.date) -> bool:
    """Whether somebody belongs to what a procedure calls by this word."""
    return are_party(list(memberships_of(user, on)), party, item)


def are_party(held: Sequence[Membership], party: str, item: Item) -> bool:
    """Whether one of the posts somebody holds belongs to what a procedure calls by this word."""
    if party not in packs.parties():
        return False
    owner = routing_unit(item)
    for member in packs.parties()[party].members:
        for post in held:
            unit = owner.code if member.unit == "owner" and owner else member.unit
            if post.role == member.role and unit in (None, post.unit.code):
                return True
    return False


def may_apply(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who speaks for an enterprise in its applications."""
    if speaks_for(user, enterprise, on):
        return allow()
    return deny("仅限本企业人员", "for people of the enterprise only")


def may_see_application(user: Visitor, application: Application, on: dt.date) -> Decision:
    """Decide who opens an application: its enterprise, and people who work for the zone."""
    if speaks_for(user, application.enterprise, on) or may_see_console(user, on).allowed:
        return allow()
    return deny("仅限本企业人员和园区工作人员", "for people of the enterprise and of the zone only")


def may_handle(user: Visitor, application: Application, stage: Stage, on: dt.date) -> Decision:
    """Decide who acts for the zone at a stage: the party its procedure names, and not oneself."""
    own = not_for_oneself(user, application, on)
    if not own.allowed:
        return own
    rule = application.rules_of_procedure.rule(stage)
    party = rule.who if rule else "owner"
    return is_member(user, party, application.item, on)


def is_member(user: Visitor, party: str, item: Item, on: dt.date) -> Decision:
    """Decide whether somebody is of a party, and say who is."""
    if is_party(user, party, item, on):
        return allow()
    label = packs.parties()[party].label.text if party in packs.parties() else None
    zh, en = (label.zh, label.en) if label else (party, party)
    unit = routing_unit(item)
    if party in ("owner", "formality") and unit is not None:
        zh, en = f"{zh}（{unit.name}）", f"{en} ({unit.name_en or unit.name})"
    return deny(f"由{zh}办理", f"done by the {en}")


def not_for_oneself(user: Visitor, application: Application, on: dt.date) -> Decision:
    """Decide whether somebody has no side in an application: nobody handles their own."""
    if applied(user, application):
        return deny("本人提交的申请由他人办理", "who applied does not handle the application")
    if speaks_for(user, application.enterprise, on):
        return deny(
            "本企业人员不能办理本企业的申请", "people of the enterprise do not handle its case"
        )
    return allow()


def applied(user: Visitor, application: Application) -> bool:
    """Whether somebody opened an application or handed it in."""
    return user.pk in (application.submitted_by_id, application.opened_by_id)


def may_decide(user: Visitor, application: Application, on: dt.date) -> Decision:
    """Decide who approves or rejects at the end: an approver who had no hand in it before."""
    decision = may_handle(user, application, Stage.APPROVAL, on)
    if not decision.allowed:
        return decision
    hands = Q(user=user.pk) & ~Q(action__in=["approved", "rejected", "objected"])
    if application.steps.filter(hands).exists():
        return deny(
            "已参与受理、评审或拟定的人员不能审批，请由他人审批",
            "who checked, reviewed or proposed does not approve: somebody else must",
        )
    return allow()


def may_give_opinion(user: Visitor, opinion: Opinion, on: dt.date) -> Decision:
    """Decide who answers for a unit, or as the reviewer named."""
    own = not_for_oneself(user, opinion.application, on)
    if not own.allowed:
        return own
    if opinion.reviewer_id is not None:
        # A reviewer who has left the zone is no reviewer any more.
        mine = opinion.reviewer_id == user.pk and memberships_of(user, on).exists()
        return allow() if mine else deny("由指定评审人填写", "for the reviewer who was asked")
    if memberships_of(user, on).filter(unit=opinion.unit_id).exists():
        return allow()
    return deny(f"由{opinion.unit}填写", f"for people of {opinion.unit}")


def may_object(user: Visitor, application: Application, on: dt.date) -> Decision:
    """Decide who objects: anybody who is logged in, while it is published."""
    if not (isinstance(user, User) and user.is_active):
        return deny("请先登录", "log in first")
    if application.stage != Stage.PUBLICITY:
        return deny("不在公示期内", "not published at present")
    return allow()


def may_mark_payment(user: Visitor, payment: Payment, on: dt.date) -> Decision:
    """Decide who says that a payment arrived at the bank: not who ordered it."""
    decision = may_handle(user, payment.application, Stage.PAYMENT, on)
    if decision.allowed and payment.order.made_by_id == user.pk:
        return deny(
            "拨付单由本人制作，须由他人登记支付结果",
            "you made the order: somebody else records what was paid",
        )
    return decision


def may_finance(user: Visitor, on: dt.date) -> Decision:
    """Decide who makes and sees fund orders with bank accounts."""
    members = packs.parties()["finance"].members
    for post in memberships_of(user, on):
        if any(post.role == one.role and one.unit in (None, post.unit.code) for one in members):
            return allow()
    return deny("由财政部门办理", "done by the finance unit")


def may_check(user: Visitor, on: dt.date) -> Decision:
    """Decide who draws and runs checks of what was paid."""
    roles = {member.role for member in packs.parties()["auditor"].members}
    if roles_of(user, on) & roles:
        return allow()
    return deny("由核查人员办理", "done by the checkers")
