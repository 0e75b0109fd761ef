"""Who asks for a track, hands in, answers an item, coordinates; each answer with its reason."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from openzone.zone.agreements.permissions import is_investor
from openzone.zone.approvals.models import Track, TrackItem
from openzone.zone.cases.permissions import is_centre
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import has_role, memberships_of, on_day
from openzone.zone.projects import permissions as of_projects
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import Visitor
from openzone.zone.projects.selectors import listing


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the board: people of the zone, who find there what they may see."""
    if of_projects.may_list(user, on).allowed or _answers_any(user, on):
        return allow()
    return deny("仅限园区工作人员", "for people who work for the zone only")


def may_ask(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who asks for a track: the enterprise itself; the centre writes down what it signed."""
    if project.merged_into_id is not None:
        return deny("该项目已并入另一项目", "this project was merged into another one")
    if is_investor(user, project, on) or _coordinates(user, on):
        return allow()
    return deny(
        "由项目的投资企业自愿申请，或由服务中心代录",
        "asked for by the project's enterprise itself, or written down by the service centre",
    )


def may_see(user: Visitor, track: Track, on: dt.date) -> Decision:
    """Decide who opens a track: the enterprise, who sees the project, who answers an item."""
    project = track.project
    if is_investor(user, project, on) or of_projects.may_see(user, project, on).allowed:
        return allow()
    if track.items.filter(unit__in=handled_units(user, on)).exists():
        return allow()
    return deny(
        "仅限申请企业、项目牵头单位和承办单位",
        "for the enterprise, the lead unit and the units that answer",
    )


def may_hand_in(user: Visitor, track: Track, on: dt.date) -> Decision:
    """Decide who hands in and promises: the enterprise; the centre at its counter."""
    if is_investor(user, track.project, on) or _coordinates(user, on):
        return allow()
    return deny(
        "由申请企业或服务中心窗口提交", "handed in by the enterprise or at the centre's counter"
    )


def may_withdraw(user: Visitor, track: Track, on: dt.date) -> Decision:
    """Decide who takes the request back: who may ask for it."""
    return may_ask(user, track.project, on)


def may_coordinate(user: Visitor, track: Track, on: dt.date) -> Decision:
    """Decide who takes tracks on, records the land, gives items to units: the service centre."""
    if is_investor(user, track.project, on):
        return deny("由园区一方办理", "done by the zone's side")
    if _coordinates(user, on):
        return allow()
    return deny("由服务中心统筹", "coordinated by the service centre")


def may_answer(user: Visitor, item: TrackItem, on: dt.date) -> Decision:
    """Decide who reviews, sends back and issues: handlers of the item's unit only."""
    if is_investor(user, item.track.project, on):
        return deny("申请方不能审批自己的事项", "nobody decides what they asked for")
    if has_role(user, Role.HANDLER, on, item.unit) or (
        item.unit.kind == "centre" and _coordinates(user, on)
    ):
        return allow()
    return deny(f"由{item.unit}的经办人办理", f"done by handlers of {item.unit}")


def visible(user: Visitor, on: dt.date) -> QuerySet[Track]:
    """Return the tracks somebody of the zone may see: the same rule as ``may_see``, for many."""
    seen = Q(project__in=listing.visible(user, on).values("pk"))
    units = handled_units(user, on)
    return Track.objects.filter(
        seen | Q(pk__in=TrackItem.objects.filter(unit__in=units).values("track"))
    )


def own_tracks(user: User, on: dt.date) -> QuerySet[Track]:
    """Return the tracks of the enterprises somebody speaks for."""
    return Track.objects.filter(_of_own_firms(user, on, "project__"))


def own_projects(user: User, on: dt.date) -> QuerySet[Project]:
    """Return the projects of the enterprises somebody speaks for."""
    live = Project.objects.filter(merged_into=None)
    return live.filter(_of_own_firms(user, on, ""))


def handled_units(user: Visitor, on: dt.date) -> set[int]:
    """Return the units whose items somebody answers: those of their posts, and all below them."""
    own = {
        post.unit_id
        for post in memberships_of(user, on)
        if post.role == Role.HANDLER or is_centre(post)
    }
    if not own:
        return set()
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    return {unit for unit in parents if own & _and_above(unit, parents)}


def _and_above(unit: int, parents: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    current: int | None = unit
    while current is not None:
        found.add(current)
        current = parents[current]
    return found


def _of_own_firms(user: User, on: dt.date, path: str) -> Q:
    roots = list(
        user.enterprise_posts.filter(on_day(on)).values_list("enterprise__root_id", flat=True)
    )
    return Q(**{f"{path}enterprise__root__in": roots}) | Q(**{f"{path}investor__root__in": roots})


def _coordinates(user: Visitor, on: dt.date) -> bool:
    return _any_centre(memberships_of(user, on))


def _any_centre(held: Iterable[Membership]) -> bool:
    return any(is_centre(post) for post in held)


def _answers_any(user: Visitor, on: dt.date) -> bool:
    return TrackItem.objects.filter(unit__in=handled_units(user, on)).exists()
