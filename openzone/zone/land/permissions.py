"""Who sees a parcel, who works on it, who checks what was promised, each with its reason."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.engines.text import Text
from openzone.zone.land.enums import StandardState
from openzone.zone.land.models import Delivery, Parcel, ParcelProject, StandardLand
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import HANDS, Visitor, may_list, may_open, sees_all
from openzone.zone.projects.permissions import may_tidy as may_tidy_projects
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.registry.permissions import speaks_for
from openzone.zone.registry.selectors.enterprises import spoken_for

SAME_PERSON = Text(
    "登记签订的人不能核验自己登记的承诺", "nobody checks the promises they recorded as signed"
)
NOT_SIGNED = Text("监管协议未签订或已终止", "the agreement is not signed, or ended")

__all__ = ["may_list", "may_open"]


def visible(user: Visitor, on: dt.date) -> QuerySet[Parcel]:
    """Return the parcels somebody may see: of their unit, or of a project they may see."""
    held = list(memberships_of(user, on))
    if sees_all(held):
        return Parcel.objects.all()
    units = [post.unit_id for post in held if post.role in HANDS]
    seen = ParcelProject.objects.filter(project__in=visible_projects(user, on).values("pk"))
    return Parcel.objects.filter(Q(unit__in=units) | Q(pk__in=seen.values("parcel")))


def visible_deliveries(user: Visitor, on: dt.date) -> QuerySet[Delivery]:
    """Return the deliveries somebody may see: of their unit, or of a project they may see."""
    held = list(memberships_of(user, on))
    if sees_all(held):
        return Delivery.objects.all()
    units = [post.unit_id for post in held if post.role in HANDS]
    seen = visible_projects(user, on).values("pk")
    return Delivery.objects.filter(Q(unit__in=units) | Q(project__in=seen))


def may_see(user: Visitor, parcel: Parcel, on: dt.date) -> Decision:
    """Decide who opens a parcel."""
    if visible(user, on).filter(pk=parcel.pk).exists():
        return allow()
    return deny(
        "仅限责任单位、相关项目组、服务中心和领导",
        "for the responsible unit, teams of its projects, the service centre and leaders",
    )


def may_see_delivery(user: Visitor, delivery: Delivery, on: dt.date) -> Decision:
    """Decide who opens a delivery."""
    if visible_deliveries(user, on).filter(pk=delivery.pk).exists():
        return allow()
    return deny(
        "仅限责任单位、相关项目组、服务中心和领导",
        "for the responsible unit, teams of its projects, the service centre and leaders",
    )


def may_keep(user: Visitor, parcel: Parcel, on: dt.date) -> Decision:
    """Decide who writes into a parcel: people of its unit, the service centre."""
    return _of_unit(user, parcel.unit_id, on)


def may_keep_delivery(user: Visitor, delivery: Delivery, on: dt.date) -> Decision:
    """Decide who hands over land: people of the unit, the service centre."""
    return _of_unit(user, delivery.unit_id, on)


def may_set_delivery(user: Visitor, unit: int | None, on: dt.date) -> Decision:
    """Decide who sets a delivery of a unit: its people, the service centre."""
    return _of_unit(user, unit, on)


def may_tidy(user: Visitor, on: dt.date) -> Decision:
    """Decide who imports workbooks of parcels: the centre, administrators."""
    return may_tidy_projects(user, on)


def may_check(user: Visitor, standard: StandardLand, on: dt.date) -> Decision:
    """Decide who checks: for the zone, neither the promiser's nor who recorded the signing."""
    if standard.state != StandardState.SIGNED:
        return Decision(False, NOT_SIGNED)
    firm = standard.enterprise
    if firm is not None and speaks_for(user, firm, on):
        return deny("承诺方不能核验自己的承诺", "who promises does not check")
    if user.pk == standard.signed_by_id:
        return Decision(False, SAME_PERSON)
    held = list(memberships_of(user, on))
    if any(post.role == Role.LEADER for post in held):
        return allow()
    return _of_unit(user, standard.parcel.unit_id, on)


def _of_unit(user: Visitor, unit: int | None, on: dt.date) -> Decision:
    for post in memberships_of(user, on):
        if _is_centre(post) or (unit is not None and post.unit_id == unit and post.role in HANDS):
            return allow()
    return deny("由责任单位或服务中心办理", "done by the responsible unit or the service centre")


def _is_centre(post: Membership) -> bool:
    handles = post.role == Role.HANDLER and post.unit.kind == UnitKind.CENTRE
    return post.role == Role.CENTRE or handles


def own_standards(user: User, on: dt.date) -> QuerySet[StandardLand]:
    """Return what enterprises somebody speaks for promised with their land, once it is signed."""
    roots = spoken_for(user, on).values("pk")
    own = Q(enterprise__root__in=roots) | Q(investor__root__in=roots)
    projects = Project.objects.filter(own).values("pk")
    links = ParcelProject.objects.filter(project__in=projects).values("parcel")
    signed = StandardLand.objects.exclude(state=StandardState.DRAFT)
    return signed.filter(Q(project__in=projects) | Q(project__isnull=True, parcel__in=links))
