"""Who sets targets, who reports and confirms, who sees whose score, who objects and decides."""

import datetime as dt

from openzone.engines.text import Text
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, on_day
from openzone.zone.performance.enums import RoundState, ScopeKind
from openzone.zone.performance.models import Completion, Objection, Participant, Round, Target
from openzone.zone.projects.permissions import Visitor, sees_all

WORKS = frozenset({Role.HANDLER, Role.PROJECT_CHIEF, Role.LEADER})
NOT_YOURS = Text("仅限本人和有关领导", "for the person and their leaders only")
SAME_PERSON = Text("填报人不能自己确认", "nobody confirms what they reported")


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens targets at all: people who work for the zone."""
    return may_see_console(user, on)


def may_manage(user: Visitor, on: dt.date) -> Decision:
    """Decide who sets targets and runs evaluations: the service centre and administrators."""
    if any(_manages(post) for post in memberships_of(user, on)):
        return allow()
    return deny("由服务中心或管理员办理", "done by the service centre or an administrator")


def oversees(user: Visitor, on: dt.date) -> bool:
    """Whether somebody sees everybody's targets and scores: who runs it, leaders of the zone."""
    return any(_manages(post) or _leads_zone(post) for post in memberships_of(user, on))


def led_units(user: Visitor, on: dt.date) -> set[int]:
    """Return the units somebody leads."""
    return {post.unit_id for post in memberships_of(user, on) if post.role == Role.LEADER}


def people_led(user: Visitor, on: dt.date) -> set[int]:
    """Return who is in a unit somebody leads."""
    held = Membership.objects.filter(on_day(on), unit__in=led_units(user, on))
    return set(held.values_list("user", flat=True))


def may_report_projects(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads the report of projects and the leaders' page: who may see every project."""
    if sees_all(memberships_of(user, on)):
        return allow()
    return deny("仅限服务中心、领导和管理员", "for the centre, leaders and administrators only")


def may_see_target(user: Visitor, target: Target, on: dt.date) -> Decision:
    """Decide who sees a target and how far it is: of people, themselves and their leaders."""
    if not may_list(user, on).allowed:
        return may_list(user, on)
    if target.scope != ScopeKind.PERSON or _is_or_leads(user, target.person, on):
        return allow()
    return Decision(False, NOT_YOURS)


def may_report(user: Visitor, target: Target, on: dt.date) -> Decision:
    """Decide who reports for a target: its unit, its person; for the zone, the lead unit."""
    if target.scope == ScopeKind.PERSON and user.pk == target.person_id:
        return allow()
    held = list(memberships_of(user, on))
    if any(_manages(post) for post in held):
        return allow()
    units = {one for one in (target.unit_id, target.lead_unit_id) if one is not None}
    if any(post.unit_id in units and post.role in WORKS for post in held):
        return allow()
    return deny(
        "由责任单位、本人或服务中心填报", "reported by the lead unit, the person, the centre"
    )


def may_answer(user: Visitor, completion: Completion, on: dt.date) -> Decision:
    """Decide who confirms or returns a report: leaders of the unit, the zone, who runs it."""
    if user.pk == completion.reported_by_id:
        return Decision(False, SAME_PERSON)
    target = completion.target
    units = {target.unit_id, target.lead_unit_id} & led_units(user, on)
    if oversees(user, on) or units or _leads(user, target.person, on):
        return allow()
    return deny("由有关领导或服务中心确认", "confirmed by leaders or the service centre")


def may_see_round(user: Visitor, found: Round, on: dt.date) -> Decision:
    """Decide who opens an evaluation: who oversees it, and who is in it."""
    if oversees(user, on) or any(
        may_see_score(user, one, on).allowed for one in found.participants.all()
    ):
        return allow()
    return deny(
        "仅限被考核人、有关领导和服务中心", "for who is evaluated, their leaders, the centre"
    )


def may_see_score(user: Visitor, participant: Participant, on: dt.date) -> Decision:
    """Decide who sees a score: the person; of a unit, its leaders; who oversees."""
    if participant.unit_id is not None:
        allowed = participant.unit_id in led_units(user, on) or oversees(user, on)
    else:
        allowed = _is_or_leads(user, participant.person, on)
    return allow() if allowed else Decision(False, NOT_YOURS)


def is_own(user: Visitor, participant: Participant, on: dt.date) -> bool:
    """Whether it is somebody's own score: theirs, or of a unit they lead."""
    return participant.person_id == user.pk or participant.unit_id in led_units(user, on)


def may_confirm(user: Visitor, found: Round, on: dt.date) -> Decision:
    """Decide who confirms a result: somebody who oversees, not who fixed it."""
    if user.pk is not None and user.pk == found.closed_by_id:
        return deny("锁定结果的人不能自己确认", "who fixed the result does not confirm it")
    if oversees(user, on):
        return allow()
    return deny("由领导或服务中心确认", "confirmed by leaders or the service centre")


def may_object(user: Visitor, participant: Participant, on: dt.date) -> Decision:
    """Decide who objects: whose score it is, within the days the scheme gives."""
    if not is_own(user, participant, on):
        return deny("只能对本人或本单位的结果提出异议", "only against one's own result")
    found = participant.round
    if found.state != RoundState.CONFIRMED or found.objections_until is None:
        return deny("不在异议期内", "objections are not possible now")
    if on > found.objections_until:
        return deny(
            f"异议期已于{found.objections_until}结束",
            f"the days for objections ended on {found.objections_until}",
        )
    return allow()


def may_reply(user: Visitor, objection: Objection, on: dt.date) -> Decision:
    """Decide who answers an objection: a third, neither who objected nor who made the result."""
    participant = objection.score.participant
    found = participant.round
    if user.pk in {objection.made_by_id, participant.person_id}:
        return deny("提出异议的人不能自己答复", "who objected does not answer it")
    if user.pk in {found.closed_by_id, found.confirmed_by_id}:
        return deny(
            "应由锁定、确认结果以外的第三人答复", "a third answers, not who made the result"
        )
    if oversees(user, on):
        return allow()
    return deny("由领导或服务中心答复", "answered by leaders or the service centre")


def _is_or_leads(user: Visitor, person: User | None, on: dt.date) -> bool:
    if person is not None and user.pk == person.pk:
        return True
    return oversees(user, on) or _leads(user, person, on)


def _leads(user: Visitor, person: User | None, on: dt.date) -> bool:
    """Whether somebody leads a unit the person is in."""
    if person is None:
        return False
    units = led_units(user, on)
    return bool(units) and any(post.unit_id in units for post in memberships_of(person, on))


def _manages(post: Membership) -> bool:
    handles = post.role == Role.HANDLER and post.unit.kind == UnitKind.CENTRE
    return post.role in {Role.CENTRE, Role.ADMIN} or handles


def _leads_zone(post: Membership) -> bool:
    return post.role == Role.LEADER and post.unit.kind == UnitKind.COMMITTEE
