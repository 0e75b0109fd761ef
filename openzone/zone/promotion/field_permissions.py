"""Who sees and who keeps trips, events, supplier lists, term sheets and negotiations.

One rule for all of them: the handlers and chiefs of the unit it belongs to and the people who take
part keep it, and so does the service centre; leaders and administrators read everything. People of
enterprises see nothing of it.
"""

import datetime as dt
from collections.abc import Iterable

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, Unit
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import HANDS, Visitor, sees_all
from openzone.zone.promotion.models import (
    Negotiation,
    PromotionEvent,
    ReturnVisit,
    SupplierList,
    TermSheet,
    Trip,
)

FieldRow = Trip | PromotionEvent | ReturnVisit | Negotiation | SupplierList | TermSheet


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the lists: people of the zone, who find there what they may see."""
    held = list(memberships_of(user, on))
    if sees_all(held) or any(post.role in HANDS for post in held):
        return allow()
    return deny("仅限园区工作人员", "for people who work for the zone only")


def may_begin(user: Visitor, on: dt.date) -> Decision:
    """Decide who plans trips and events, opens lists and term sheets, records negotiations."""
    held = memberships_of(user, on)
    if any(post.role in HANDS or _is_centre(post) for post in held):
        return allow()
    return deny("由经办人、项目负责人或服务中心办理", "done by handlers, chiefs or the centre")


def may_work_for(user: Visitor, unit: Unit | None, on: dt.date) -> Decision:
    """Decide who begins field work of a unit: its handlers and chiefs, and the centre."""
    kept = units_kept(user, on)
    if kept is None or (unit is not None and unit.pk in kept):
        return allow()
    return deny("由该单位或服务中心办理", "done by that unit or the service centre")


def may_see(user: Visitor, row: FieldRow, on: dt.date) -> Decision:
    """Decide who reads it."""
    held = list(memberships_of(user, on))
    if sees_all(held) or _keeps(user, held, row):
        return allow()
    return deny("仅限本单位、参加人员、服务中心和领导",
                "for its unit, those who take part, the centre and leaders")  # fmt: skip


def may_keep(user: Visitor, row: FieldRow, on: dt.date) -> Decision:
    """Decide who writes into it; leaders read it."""
    held = list(memberships_of(user, on))
    if any(_is_centre(post) for post in held) or _keeps(user, held, row):
        return allow()
    return deny(
        "由本单位、参加人员或服务中心办理", "done by its unit, those who take part or the centre"
    )


def units_read(user: Visitor, on: dt.date) -> list[int] | None:
    """Return the units whose field work somebody reads; None: all of them."""
    held = list(memberships_of(user, on))
    return None if sees_all(held) else [post.unit_id for post in held if post.role in HANDS]


def units_kept(user: Visitor, on: dt.date) -> list[int] | None:
    """Return the units whose field work somebody keeps; None for the centre: all of them."""
    held = list(memberships_of(user, on))
    if any(_is_centre(post) for post in held):
        return None
    return [post.unit_id for post in held if post.role in HANDS]


def _keeps(user: Visitor, held: Iterable[Membership], row: FieldRow) -> bool:
    unit = row.team.unit_id if isinstance(row, Trip) else row.unit_id
    return user.pk in _people(row) or any(
        post.role in HANDS and post.unit_id == unit for post in held
    )


def _people(row: FieldRow) -> set[int]:
    """Return who takes part in it."""
    match row:
        case Trip():
            return {row.leader_id, *row.members.values_list("user_id", flat=True)}
        case Negotiation():
            return set(row.ours.values_list("pk", flat=True))
        case ReturnVisit():
            return {row.host_id}
        case SupplierList():
            return set()
    return {row.owner_id}


def _is_centre(post: Membership) -> bool:
    handles = post.role == Role.HANDLER and post.unit.kind == UnitKind.CENTRE
    return post.role == Role.CENTRE or handles
