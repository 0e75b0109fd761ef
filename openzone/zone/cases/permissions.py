"""Who may see a case and act on it, each answer with its reason."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.contrib.auth.models import AnonymousUser

from openzone.engines.cases.events import Party
from openzone.zone.cases.models import Case, Part, Task, TypeDraft
from openzone.zone.cases.selectors.types import definition, desk_of
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import CONSOLE_ROLES, Decision, allow, deny
from openzone.zone.people.selectors import memberships_of
from openzone.zone.registry.permissions import speaks_for

Visitor = User | AnonymousUser

# Who works on the cases of their unit.
HANDS = frozenset({Role.HANDLER, Role.CENTRE, Role.PROJECT_CHIEF, Role.AGENT, Role.BANK})
SEES_ALL = frozenset({Role.CENTRE, Role.LEADER, Role.ADMIN})


def roles_in(user: Visitor, case: Case, on: dt.date) -> frozenset[str]:
    """Return what somebody is to a case on a day, in the words of its type's actions."""
    return frozenset(party.role for party in hats_in(user, case, on))


def hats_in(user: Visitor, case: Case, on: dt.date) -> list[Party]:
    """Return everything somebody is to a case on a day, each with the unit they are it for."""
    held = list(memberships_of(user, on))
    codes = {post.unit.code for post in held}
    return hats(user, held, case, on, _unanswered(case, codes), _owners(case, codes))


def hats(
    user: Visitor,
    held: Sequence[Membership],
    case: Case,
    on: dt.date,
    unanswered: Collection[str],
    owners: Collection[str],
    *,
    asks: bool = True,
) -> list[Party]:
    """Return what somebody whose posts are known is to a case.

    ``unanswered`` are the codes of assisting units that owe an answer, ``owners`` those of units
    with an open task; without ``asks`` nobody looks whether they are the requester.
    """
    who, name = str(user.pk), str(user)
    found = []
    if asks and is_requester(user, held, case, on):
        found.append(Party("requester", who, name, None, "requester"))
    if case.recorded_by_id is not None and case.recorded_by_id == user.pk:
        found.append(Party("user", who, name, held[0].unit.code if held else None, "recorder"))
    for post in held:
        for role in sorted(_roles_of_post(post, case, unanswered, owners)):
            found.append(Party("user", who, name, post.unit.code, role))
    return list(dict.fromkeys(found))


def _roles_of_post(
    post: Membership, case: Case, unanswered: Collection[str], owners: Collection[str]
) -> set[str]:
    code, leads = post.unit.code, post.unit_id == case.lead_id
    roles = {f"unit:{code}"}
    if post.role in HANDS:
        named = {"lead": leads, "assist": code in unanswered, "owner": code in owners}
        roles |= {role for role, is_so in named.items() if is_so}
    if is_centre(post):
        roles |= {"centre"} if leads else {"centre", "caller"}
    if post.role == Role.LEADER:
        roles |= {"head"} if leads else set()
        if post.unit.kind == UnitKind.COMMITTEE:
            roles |= {"leader"} if leads else {"leader", "caller"}
    return roles


def is_centre(post: Membership) -> bool:
    """Whether a post is one of the service centre."""
    handles = post.role == Role.HANDLER and post.unit.kind == UnitKind.CENTRE
    return post.role == Role.CENTRE or handles


def is_requester(user: Visitor, held: Sequence[Membership], case: Case, on: dt.date) -> bool:
    """Whether somebody asked, or speaks for who asked."""
    if user.pk is not None and user.pk == case.requester_user_id:
        return True
    if case.requester_unit_id is not None:
        return any(post.unit_id == case.requester_unit_id for post in held)
    return case.enterprise is not None and speaks_for(user, case.enterprise, on)


def may_see(user: Visitor, case: Case, on: dt.date) -> Decision:
    """Decide who opens a case: who asked, who took it down, and people who work for the zone.

    People of a unit complained about do not, unless they asked; cases of a confidential type are
    for who works on them, the centre and leaders.
    """
    held = list(memberships_of(user, on))
    if is_requester(user, held, case, on) or case.recorded_by_id == (user.pk or -1):
        return allow()
    if not held:
        return deny("仅限诉求人和办理人员", "for the requester and the people who handle it")
    if case.about_unit_id is not None and any(p.unit_id == case.about_unit_id for p in held):
        return deny("被反映的部门不能查看", "not for the unit complained about")
    if any(post.role in SEES_ALL for post in held) or _works_on(held, case):
        return allow()
    if is_confidential(case) or not any(post.role in CONSOLE_ROLES for post in held):
        return deny("仅限办理本件的人员", "for the people who handle this case")
    return allow()


def may_see_contact(user: Visitor, case: Case, on: dt.date) -> Decision:
    """Decide who reads telephone, e-mail and sensitive answers: the parties and the centre."""
    seen = may_see(user, case, on)
    if not seen.allowed:
        return seen
    roles = roles_in(user, case, on)
    if roles & {"requester", "recorder", "lead", "head", "centre"}:
        return allow()
    return deny("联系方式仅限经办人员", "contact details are for the people who handle the case")


def may_open(user: Visitor, kind: str, on: dt.date) -> Decision:
    """Decide who opens a case with their name: everybody who is logged in.

    A type says ``desk: {staff: true}`` where only people of the zone open it.
    """
    if not (isinstance(user, User) and user.is_active):
        return deny("请先登录", "log in first")
    desk = definition(kind).get("desk") or {}
    if desk.get("staff") and not memberships_of(user, on).exists():
        return deny("由园区工作人员立案", "opened by people who work for the zone")
    return allow()


def may_see_reports(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees league, heat map and workload: people who work for the zone."""
    if any(post.role in CONSOLE_ROLES for post in memberships_of(user, on)):
        return allow()
    return deny("仅限园区工作人员", "for people who work for the zone only")


def may_coordinate(user: Visitor, on: dt.date) -> Decision:
    """Decide who merges, splits and raises systemic issues: the centre and administrators."""
    for post in memberships_of(user, on):
        if post.role == Role.ADMIN or is_centre(post):
            return allow()
    return deny("由服务中心办理", "done by the service centre")


def may_draft_types(user: Visitor, on: dt.date) -> Decision:
    """Decide who writes and submits drafts of case types: administrators and the centre."""
    return may_coordinate(user, on)


def may_publish_type(user: Visitor, draft: TypeDraft, on: dt.date) -> Decision:
    """Decide who publishes a draft: the centre, an administrator or a leader without a hand in it.

    A leader here is one of the committee, as for the cases themselves.
    """
    if had_a_hand_in(user, draft):
        return deny(
            "四眼原则：起草、修改或送审过本草案的人不能发布，请由另一位有权限的同事发布",
            "four eyes: who wrote, edited or submitted the draft cannot publish it; "
            "another person with the right must",
        )
    for post in memberships_of(user, on):
        leads = post.role == Role.LEADER and post.unit.kind == UnitKind.COMMITTEE
        if leads or post.role == Role.ADMIN or is_centre(post):
            return allow()
    return deny("仅限：管理员、服务中心、管委会领导", "for administrators, the centre and leaders")


def had_a_hand_in(user: Visitor, draft: TypeDraft) -> bool:
    """Whether somebody wrote, edited or submitted a draft."""
    if not isinstance(user, User):
        return False
    makers = {draft.author_id, draft.edited_by_id, draft.submitted_by_id}
    return user.pk in makers or draft.editors.filter(pk=user.pk).exists()


def may_publish(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps webhooks: administrators."""
    if any(post.role == Role.ADMIN for post in memberships_of(user, on)):
        return allow()
    return deny("仅限管理员", "for administrators only")


def is_confidential(case: Case) -> bool:
    """Whether only who works on a case, the centre and leaders see it."""
    return bool(desk_of(case.version).get("confidential"))


def masked(text: str) -> str:
    """Return a telephone number or name with its middle hidden.

    >>> masked("13812345678")
    '138****5678'
    """
    if len(text) < 7:
        return text[:1] + "*" * (len(text) - 1)
    return f"{text[:3]}****{text[-4:]}"


def _works_on(held: Sequence[Membership], case: Case) -> bool:
    units = {post.unit_id for post in held}
    if units & {case.lead_id, case.holder_unit_id}:
        return True
    parts = Part.objects.filter(case=case, unit__in=units)
    return parts.exists() or Task.objects.filter(case=case, owner__in=units).exists()


def _unanswered(case: Case, codes: set[str]) -> set[str]:
    if not codes:
        return set()
    owed = Part.objects.filter(case=case, answered_at=None, unit__code__in=codes)
    return set(owed.values_list("unit__code", flat=True))


def _owners(case: Case, codes: set[str]) -> set[str]:
    if not codes:
        return set()
    open_tasks = Task.objects.filter(case=case, finished_at=None, owner__code__in=codes)
    return set(open_tasks.values_list("owner__code", flat=True))
