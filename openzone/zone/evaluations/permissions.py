"""Who runs evaluations, enters which column, marks, sees which result, objects and answers."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.evaluations.models import Cycle, Entrant, Protest, Reviewer
from openzone.zone.people.enums import Role
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.performance.permissions import may_manage, oversees
from openzone.zone.projects.permissions import Visitor
from openzone.zone.registry.selectors.enterprises import spoken_for

ENTERS = frozenset({Role.HANDLER, Role.STATISTICS, Role.LEADER, Role.CENTRE})
SHOWN = (CycleState.PUBLISHED, CycleState.FINAL)


def may_run(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens and runs evaluations: the service centre and administrators."""
    return may_manage(user, on)


def sees_all(user: Visitor, on: dt.date) -> bool:
    """Whether somebody sees everybody's data: who runs it, leaders of the zone."""
    return oversees(user, on)


def units_of(user: Visitor, on: dt.date) -> set[int]:
    """Return the units somebody enters figures for."""
    return {post.unit_id for post in memberships_of(user, on) if post.role in ENTERS}


def own_columns(user: Visitor, cycle: Cycle, on: dt.date) -> set[str]:
    """Return the columns somebody may enter: of their units; of nobody's unit, who runs it.

    Marks come from reviewers; only an objection lets a column of them be corrected.
    """
    if cycle.kind == CycleKind.PANEL and cycle.state not in SHOWN:
        return set()
    units, runs = units_of(user, on), may_run(user, on).allowed
    return {
        one.item for one in cycle.columns.all()
        if one.unit_id in units or (runs and one.unit_id is None)
    }  # fmt: skip


def own_entrants(user: Visitor, on: dt.date) -> QuerySet[Entrant]:
    """Return those evaluated that somebody speaks for: of their firms, of units they lead."""
    firms = spoken_for(user, on).order_by().values("pk")
    led = {post.unit_id for post in memberships_of(user, on) if post.role == Role.LEADER}
    return Entrant.objects.filter(Q(enterprise__root__in=firms) | Q(unit__in=led))


def speaks_for(user: Visitor, entrant: Entrant, on: dt.date) -> bool:
    """Whether somebody speaks for one of those evaluated."""
    return own_entrants(user, on).filter(pk=entrant.pk).exists()


def reviewer_of(user: Visitor, cycle: Cycle) -> Reviewer | None:
    """Return somebody's place among the reviewers of a cycle."""
    return cycle.reviewers.filter(user=user.pk).first() if user.pk is not None else None


def visible(user: Visitor, on: dt.date) -> QuerySet[Cycle]:
    """Return the evaluations somebody may open."""
    every = Cycle.objects.all()
    if sees_all(user, on):
        return every
    part = Q(columns__unit__in=units_of(user, on)) | Q(reviewers__user=user.pk)
    part |= Q(entrants__in=own_entrants(user, on).order_by().values("pk"))
    if may_see_console(user, on).allowed:
        part |= Q(state__in=SHOWN)
    return every.filter(pk__in=every.filter(part).order_by().values("pk"))


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the list of evaluations: who works for the zone, marks, or is evaluated."""
    if may_see_console(user, on).allowed or visible(user, on).exists():
        return allow()
    return deny(
        "仅限园区工作人员、评审和参评对象",
        "for people of the zone, reviewers and those evaluated",
    )


def may_see(user: Visitor, cycle: Cycle, on: dt.date) -> Decision:
    """Decide who opens an evaluation."""
    if visible(user, on).filter(pk=cycle.pk).exists():
        return allow()
    return deny(
        "仅限组织单位、填报部门、评审和参评对象",
        "for who runs it, enters data, marks, or is evaluated",
    )


def may_see_data(user: Visitor, cycle: Cycle, on: dt.date) -> Decision:
    """Decide who opens the table of data; bureaus find their own columns there."""
    if sees_all(user, on) or own_columns(user, cycle, on):
        return allow()
    return deny("仅限填报部门和组织单位", "for bureaus that enter data and who runs it")


def may_enter(user: Visitor, cycle: Cycle, item: str, on: dt.date) -> Decision:
    """Decide who enters a figure: the unit of the column only."""
    if item in own_columns(user, cycle, on):
        return allow()
    if cycle.kind == CycleKind.PANEL and cycle.state not in SHOWN:
        return deny("得分由评审给出，不能填报", "reviewers give the marks; nobody enters them")
    return deny("该列由其他部门填报", "another bureau enters this column")


def may_simulate(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees everybody's scores and the simulators."""
    if sees_all(user, on):
        return allow()
    return deny("仅限组织单位和领导", "for who runs it and leaders")


def may_lock(user: Visitor, cycle: Cycle, on: dt.date) -> Decision:
    """Decide who locks the data: somebody who runs evaluations, not who opened this one."""
    if user.pk is not None and user.pk == cycle.opened_by_id:
        return deny("发起评价的人不能自己锁定数据", "who opened it does not lock the data")
    return may_run(user, on)


def may_see_own(user: Visitor, entrant: Entrant, on: dt.date) -> Decision:
    """Decide who reads one's items and result: the evaluated themselves, who oversees."""
    if sees_all(user, on) or speaks_for(user, entrant, on):
        return allow()
    return deny("仅限参评对象本人和组织单位", "for the one evaluated and who runs it")


def may_see_list(user: Visitor, cycle: Cycle, on: dt.date) -> Decision:
    """Decide who reads the published list: whoever may open the evaluation, once it is out."""
    if cycle.state not in SHOWN:
        return deny("名单尚未公布", "the list is not published yet")
    return may_see(user, cycle, on)


def may_see_posted(user: Visitor, cycle: Cycle, on: dt.date) -> Decision:
    """Decide who reads the land areas that were posted."""
    if cycle.posted_at is None:
        return deny("用地面积尚未公示", "the land areas are not posted yet")
    return may_see(user, cycle, on)


def may_object(user: Visitor, entrant: Entrant, on: dt.date) -> Decision:
    """Decide who objects: those evaluated themselves, within the days."""
    if not speaks_for(user, entrant, on):
        return deny("只能对本单位提出异议", "only for one's own")
    cycle = entrant.cycle
    until = {
        CycleState.POSTED: cycle.post_until, CycleState.PUBLISHED: cycle.objections_until,
    }.get(CycleState(cycle.state))  # fmt: skip
    if until is None:
        return deny("不在异议期内", "objections are not possible now")
    if on > until:
        return deny(f"异议期已于{until}结束", f"the days for objections ended on {until}")
    return allow()


def may_answer(user: Visitor, protest: Protest, on: dt.date) -> Decision:
    """Decide who answers an objection: a third, neither who objected nor who made the list."""
    cycle = protest.entrant.cycle
    if user.pk == protest.made_by_id or speaks_for(user, protest.entrant, on):
        return deny("提出异议的一方不能自己答复", "who objected does not answer it")
    if user.pk in {cycle.locked_by_id, cycle.published_by_id, cycle.posted_by_id} - {None}:
        return deny(
            "应由公示、锁定、公布以外的第三人答复", "a third answers, not who made the list"
        )
    return may_simulate(user, on)
