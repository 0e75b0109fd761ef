"""Who acts for residents, who reviews, who receives and who decides."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from openzone.zone.catalogue.permissions import may_keep_catalogue
from openzone.zone.community.enums import PaperHolder
from openzone.zone.community.models import Agent, Filing, HandOver, Order
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, roles_of

Visitor = User | AnonymousUser
_DESK = frozenset({Role.ADMIN, Role.CENTRE, Role.HANDLER})


def agents_of(user: Visitor, on: dt.date) -> list[Agent]:
    """Return what somebody is on the roster on a day; an account may serve two communities."""
    if not (isinstance(user, User) and user.is_active):
        return []
    valid = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return list(user.agencies.filter(valid).select_related("community").order_by("pk"))


def may_keep_service(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps the roster, the points and the estates."""
    return may_keep_catalogue(user, on)


def may_see_service(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees the whole of neighbourhood service: people of the zone."""
    return may_see_console(user, on)


def may_act_as_agent(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the agent's pages."""
    if agents_of(user, on):
        return allow()
    return deny("仅限在册代办员", "for agents on the roster")


def may_take_order(user: Visitor, community: Unit, on: dt.date) -> Decision:
    """Decide who takes an order on: agents of the community, and the counter for them."""
    if any(agent.community_id == community.pk for agent in agents_of(user, on)):
        return allow()
    if roles_of(user, on) & _DESK:
        return allow()
    return deny(
        f"由{community}的代办员或窗口办理", f"taken on by agents of {community} or a counter"
    )


def may_see_resident(user: Visitor, community: Unit, on: dt.date) -> Decision:
    """Decide who sees a resident: agents of the community, and the zone's people."""
    if any(agent.community_id == community.pk for agent in agents_of(user, on)):
        return allow()
    return may_see_console(user, on)


def may_see_order(user: Visitor, order: Order, on: dt.date) -> Decision:
    """Decide who sees an order: its agent, and the zone's people."""
    if _is_agent(user, order, on):
        return allow()
    return may_see_console(user, on)


def may_see_filing(user: Visitor, filing: Filing, on: dt.date) -> Decision:
    """Decide who sees a cross-region filing."""
    return may_see_console(user, on)


def may_review(user: Visitor, order: Order, unit: Unit | None, on: dt.date) -> Decision:
    """Decide who reviews: people of the reviewing unit, never who carried the papers."""
    if _is_agent(user, order, on):
        return deny("代办员不能审核自己代办的材料", "an agent does not review own papers")
    if unit is not None and _works_in(user, unit, on):
        return allow()
    name = str(unit) if unit else "—"
    return deny(f"由{name}审核", f"reviewed by {name}")


def may_receive(user: Visitor, on: dt.date) -> Decision:
    """Decide who takes in a cross-region filing at the window."""
    if roles_of(user, on) & _DESK:
        return allow()
    return deny(
        "仅限：管理员、服务中心、经办人",
        "for these roles only: administrator, service centre, handler",
    )


def may_handle(user: Visitor, filing: Filing, on: dt.date) -> Decision:
    """Decide who acts for our side: people of our unit, whichever side that is."""
    own = filing.receiving_unit or filing.deciding_unit
    if own is not None and _works_in(user, own, on):
        return allow()
    return deny(f"由{own}办理", f"handled by {own}")


def may_decide_filing(user: Visitor, filing: Filing, on: dt.date) -> Decision:
    """Decide who enters a decision: the deciding side, never the receiving one.

    Where the deciding authority has no account here, our side writes down what it decided, and the
    decision names that authority.
    """
    if filing.deciding_unit is None:
        return may_handle(user, filing, on)
    if not _works_in(user, filing.deciding_unit, on):
        return deny(
            f"办理事权不变：由{filing.deciding_unit}决定",
            f"competence stays: decided by {filing.deciding_unit}",
        )
    if filing.received_by_id is not None and user.pk == filing.received_by_id:
        return deny("收件人不能作出决定", "who received it does not decide it")
    return allow()


def may_hold(user: Visitor, holder: str, of: Order | Filing, on: dt.date) -> Decision:
    """Decide who signs for papers on behalf of a holder."""
    if isinstance(of, Order):
        return _may_hold_order(user, holder, of, on)
    unit = {
        PaperHolder.RECEIVING: of.receiving_unit,
        PaperHolder.DECIDING: of.deciding_unit,
    }.get(PaperHolder(holder))
    if unit is not None and not _works_in(user, unit, on):
        return deny(f"由{unit}签收", f"signed for by {unit}")
    return may_handle(user, of, on) if unit is None else allow()


def may_prove(user: Visitor, hand_over: HandOver) -> Decision:
    """Decide who adds photographs of a hand-over: who signed for one side of it."""
    if user.pk is not None and user.pk in (hand_over.given_user_id, hand_over.taken_user_id):
        return allow()
    return deny("由该交接的签字人补充", "added by who signed for one side of it")


def _may_hold_order(user: Visitor, holder: str, order: Order, on: dt.date) -> Decision:
    community = order.agent.community
    if holder in (PaperHolder.AGENT, PaperHolder.APPLICANT):
        if _is_agent(user, order, on):
            return allow()
        return deny("由该订单的代办员签收", "signed for by the agent of the order")
    unit = community if holder == PaperHolder.COMMUNITY else community.parent
    if unit is not None and _works_in(user, unit, on) and not _is_agent(user, order, on):
        return allow()
    return deny(f"由{unit}签收", f"signed for by {unit}")


def may_reveal(user: Visitor, on: dt.date) -> Decision:
    """Decide who may ask to see numbers and addresses; each look is logged."""
    if roles_of(user, on) & _DESK or agents_of(user, on):
        return allow()
    return deny("仅限办理人员", "for people who handle it")


def _is_agent(user: Visitor, order: Order, on: dt.date) -> bool:
    return order.agent.user_id is not None and order.agent.user_id == user.pk


def _works_in(user: Visitor, unit: Unit, on: dt.date) -> bool:
    """Whether somebody works in a unit itself: what is above or below it signs for itself."""
    held = memberships_of(user, on).filter(unit=unit)
    return held.exclude(role=Role.AGENT).exists()
