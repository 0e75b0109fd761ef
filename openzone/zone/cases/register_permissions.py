"""Who says no, looks at it again, suggests rule changes and gets hold of things."""

import datetime as dt

from openzone.zone.cases.models import Case, Dispatch, NegativeAnswer, RuleChange
from openzone.zone.cases.permissions import Visitor, is_centre, roles_in
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, unit_and_below

_SPEAKS = frozenset({Role.HANDLER, Role.CENTRE, Role.LEADER, Role.PROJECT_CHIEF})


def may_see_registers(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads the registers: people who work for the zone."""
    return may_see_console(user, on)


def may_report_refusal(user: Visitor, on: dt.date) -> Decision:
    """Decide who reports a no: everybody who may have said one."""
    return may_see_console(user, on)


def may_review_refusal(user: Visitor, refusal: NegativeAnswer, on: dt.date) -> Decision:
    """Decide who looks at a no again: the centre and leaders, never who said it nor its unit."""
    if refusal.said_by_id == user.pk:
        return deny("本人作出的答复由他人复核", "who said no does not review it")
    held = list(memberships_of(user, on))
    if any(post.unit_id == refusal.unit_id for post in held):
        return deny("本部门的答复由其他部门复核", "a unit does not review its own refusals")
    if any(post.role == Role.LEADER or is_centre(post) for post in held):
        return allow()
    return deny("由服务中心和领导复核", "reviewed by the service centre and leaders")


def may_suggest_change(user: Visitor, on: dt.date) -> Decision:
    """Decide who suggests rule changes: the centre, leaders and administrators."""
    held = memberships_of(user, on)
    if any(post.role in (Role.ADMIN, Role.LEADER) or is_centre(post) for post in held):
        return allow()
    return deny("由服务中心提出", "suggested by the service centre")


def may_answer_change(user: Visitor, change: RuleChange, on: dt.date) -> Decision:
    """Decide who answers a suggestion: the unit asked, and never who suggested it."""
    if change.suggested_by_id == user.pk:
        return deny("本人提出的建议由他人答复", "who suggested it does not answer it")
    units = set(unit_and_below(change.unit))
    posts = memberships_of(user, on).filter(role__in=_SPEAKS)
    if units & set(posts.values_list("unit_id", flat=True)):
        return allow()
    return deny(f"由{change.unit}答复", f"{change.unit} answers")


def may_dispatch(user: Visitor, case: Case, on: dt.date) -> Decision:
    """Decide who gets hold of something for a case: who leads it, and the centre."""
    if roles_in(user, case, on) & {"lead", "centre"}:
        return allow()
    return deny("由牵头部门和服务中心调度", "done by the lead unit and the service centre")


def may_follow_dispatch(user: Visitor, dispatch: Dispatch, on: dt.date) -> Decision:
    """Decide who notes arrival and return: who ordered it, who leads the case, the centre."""
    if dispatch.ordered_by_id == user.pk:
        return allow()
    return may_dispatch(user, dispatch.case, on)


def speaking_for(user: Visitor, on: dt.date) -> list[Unit]:
    """Return the units in whose name somebody may say no."""
    posts = memberships_of(user, on)
    return list({post.unit_id: post.unit for post in posts}.values())
