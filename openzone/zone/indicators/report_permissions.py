"""Who fills in a report, who decides about it, who reads it, who reads what all come to."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.zone.indicators.enums import EntityKind, ReportState
from openzone.zone.indicators.models import Entity, Report
from openzone.zone.indicators.permissions import (
    Visitor,
    may_enter,
    may_see_entity,
    may_see_firms,
)
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.registry.selectors.enterprises import spoken_for


def may_open_reports(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens reporting: people who work for the zone, and whoever reports."""
    if may_see_console(user, on).allowed or spoken_for(user, on).exists():
        return allow()
    return deny("仅限园区工作人员和填报单位", "for people of the zone and those who report")


def may_run(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens rounds, reminds, decides and closes: statisticians."""
    if may_see_firms(user, on).allowed:
        return allow()
    return deny("由统计人员办理", "done by statisticians")


def may_fill(user: Visitor, report: Report, on: dt.date) -> Decision:
    """Decide who types: the firm's own people, or those of the unit that reports for a park."""
    if isinstance(user, User) and user.is_active and own_entities(user, on).filter(
        pk=report.entity_id
    ).exists():  # fmt: skip
        return allow()
    return deny("由填报单位人员填报", "filled in by the people of whoever reports")


def may_decide_report(user: Visitor, report: Report, on: dt.date) -> Decision:
    """Decide who approves and sends back: a statistician who neither handed it in nor may fill."""
    allowed = may_run(user, on)
    if not allowed.allowed:
        return allowed
    if user.pk == report.submitted_by_id or may_fill(user, report, on).allowed:
        return deny("不能审定本单位的报表", "nobody approves a report of their own")
    return allow()


def may_see_report(user: Visitor, report: Report, on: dt.date) -> Decision:
    """Decide who reads a report: whoever fills it in, and who reads figures of its subject."""
    if may_fill(user, report, on).allowed:
        return allow()
    if report.entity.kind != EntityKind.ENTERPRISE:
        return may_see_console(user, on)
    return may_see_entity(user, report.entity, on)


def may_see_round(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads who owes what, and sums that show no single firm."""
    return may_see_console(user, on)


def may_list_members(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads who has not reported: people who work on figures."""
    if may_run(user, on).allowed or may_enter(user, on).allowed:
        return allow()
    return deny("由统计人员、服务中心或经办人查看", "for statisticians, the centre and handlers")


def own_entities(user: Visitor, on: dt.date) -> QuerySet[Entity]:
    """Return whom somebody reports for: firms they speak for, parks of their unit or below it."""
    if not (isinstance(user, User) and user.is_active):
        return Entity.objects.none()
    firms = spoken_for(user, on).order_by().values("pk")
    units = [post.unit_id for post in memberships_of(user, on)]
    return Entity.objects.filter(
        Q(kind=EntityKind.ENTERPRISE, enterprise__in=firms)
        | Q(kind=EntityKind.PARK, unit__in=units)
    )


def own_reports(user: Visitor, on: dt.date) -> QuerySet[Report]:
    """Return the reports somebody owes or handed in, the latest round first."""
    return (
        Report.objects.filter(entity__in=own_entities(user, on).values("pk"))
        .exclude(state=ReportState.EXCUSED)
        .select_related("round", "entity")
        .order_by("-round__due_on", "-pk")
    )
