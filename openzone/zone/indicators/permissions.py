"""Who reads, enters and approves figures, and who reads those of one enterprise.

What one enterprise reported is read by itself, by whoever looks after it and by the people of
statistics, and by nobody else (统计法: nothing that identifies one respondent is given away).
"""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Batch, Entity
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import on_day, roles_of
from openzone.zone.registry.models import Enterprise, PersonInCharge
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.selectors.enterprises import spoken_for

Visitor = User | AnonymousUser

_ENTER = frozenset({Role.STATISTICS, Role.CENTRE, Role.HANDLER})
_APPROVE = frozenset({Role.STATISTICS, Role.CENTRE, Role.LEADER})


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the room: people who work for the zone, and of resident firms."""
    if may_see_console(user, on).allowed or spoken_for(user, on).exists():
        return allow()
    return deny(
        "仅限园区工作人员和园区企业人员",
        "for people who work for the zone and of resident firms",
    )


def may_enter(user: Visitor, on: dt.date) -> Decision:
    """Decide who enters figures and submits them."""
    if roles_of(user, on) & _ENTER:
        return allow()
    return deny("由统计人员、服务中心或经办人录入", "entered by statisticians, centre, handlers")


def may_approve(user: Visitor, on: dt.date) -> Decision:
    """Decide who approves figures somebody else submitted, and withdraws them."""
    if roles_of(user, on) & _APPROVE:
        return allow()
    return deny("由统计人员、服务中心或领导审定", "approved by statisticians, the centre, leaders")


def may_work(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees batches: who enters figures, and who approves them."""
    allowed = may_enter(user, on)
    return allowed if allowed.allowed else may_approve(user, on)


def may_take(user: Visitor, on: dt.date) -> Decision:
    """Decide who carries figures away as files; every export is logged."""
    return may_work(user, on)


def may_take_board(user: Visitor, on: dt.date) -> Decision:
    """Decide who carries boards and papers of meetings away; they show no single firm."""
    taken = may_take(user, on)
    return taken if taken.allowed else may_export(user, on)


def may_decide(user: Visitor, batch: Batch, on: dt.date) -> Decision:
    """Decide who approves or sends back this batch: never who entered or submitted it."""
    allowed = may_approve(user, on)
    if not allowed.allowed:
        return allowed
    if user.pk in (batch.entered_by_id, batch.submitted_by_id):
        return deny("不能审定自己录入或提交的数据", "nobody approves their own figures")
    return may_see_batch(user, batch, on)


def may_see_batch(user: Visitor, batch: Batch, on: dt.date) -> Decision:
    """Decide who reads a batch: who works on figures and may see every subject in it."""
    if isinstance(user, User) and user.pk == batch.entered_by_id and user.is_active:
        return allow()
    if not (works := may_work(user, on)).allowed:
        return works
    firms = Enterprise.objects.filter(entity__in=batch.rows.values("entity"))
    if may_see_firms(user, on).allowed or not firms.exclude(pk__in=_own_firms(user, on)).exists():
        return allow()
    return _firms_only()


def may_see_firms(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads what every enterprise reported."""
    if Role.STATISTICS in roles_of(user, on):
        return allow()
    return _firms_only()


def may_see_entity(user: Visitor, entity: Entity, on: dt.date) -> Decision:
    """Decide who reads the figures of a subject."""
    if entity.kind != EntityKind.ENTERPRISE:
        return may_list(user, on)
    if entity.enterprise_id is not None and _own_firms(user, on).filter(
        pk=entity.enterprise_id
    ).exists():  # fmt: skip
        return allow()
    return may_see_firms(user, on)


def may_keep_entities(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps the list of subjects and what counts where."""
    if roles_of(user, on) & {Role.STATISTICS, Role.CENTRE}:
        return allow()
    return deny("由统计人员或服务中心维护", "kept by statisticians and the centre")


def visible(user: Visitor, on: dt.date) -> QuerySet[Entity]:
    """Return the subjects whose figures somebody may read."""
    found = Entity.objects.select_related("enterprise", "parent")
    if not may_list(user, on).allowed:
        return found.none()
    if may_see_firms(user, on).allowed:
        return found
    return found.filter(
        ~Q(kind=EntityKind.ENTERPRISE) | Q(enterprise__in=_own_firms(user, on).values("pk"))
    )


def _own_firms(user: Visitor, on: dt.date) -> QuerySet[Enterprise]:
    """Return the enterprises somebody speaks for or looks after; merged ones with their root."""
    if not (isinstance(user, User) and user.is_active):
        return Enterprise.objects.none()
    looked_after = PersonInCharge.objects.filter(on_day(on), user=user).values("subject")
    roots = Enterprise.objects.filter(
        Q(pk__in=spoken_for(user, on).order_by().values("pk")) | Q(cluster__in=looked_after)
    )
    return Enterprise.objects.filter(root__in=roots.values("root"))


def _firms_only() -> Decision:
    return deny(
        "单个企业的数据仅限该企业、包联人员和统计人员查看",
        "figures of one enterprise are for itself, whoever looks after it, and statisticians",
    )
