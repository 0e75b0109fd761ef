"""Who sees needs and offers, who publishes for a firm, who answers, who reads how to reach."""

import datetime as dt

from django.db.models import Q

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import HANDS, Visitor
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.supply.enums import OPEN_TO_EACH_OTHER
from openzone.zone.supply.models import Invitation, SupplyEntry


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who looks at needs and offers: resident firms and people who work for the zone."""
    if may_see_console(user, on).allowed or spoken_for(user, on).exists():
        return allow()
    return deny(
        "仅限园区企业人员和园区工作人员",
        "for people of resident firms and people who work for the zone",
    )


def may_handle(user: Visitor, on: dt.date) -> Decision:
    """Decide who publishes for any firm, sends invitations for both, and holds events."""
    for post in memberships_of(user, on):
        centre = post.role == Role.CENTRE or post.unit.kind == UnitKind.CENTRE
        if post.role in HANDS or centre:
            return allow()
    return deny("由经办人、项目负责人或服务中心办理", "done by handlers, chiefs or the centre")


def may_publish(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who publishes for a firm and changes its entries: its own people, and handlers."""
    if speaks_for(user, enterprise, on) or may_handle(user, on).allowed:
        return allow()
    return deny("仅限本企业人员和经办人", "for the firm's own people and handlers")


def may_answer(user: Visitor, invitation: Invitation, on: dt.date) -> Decision:
    """Decide who accepts or declines: the people of the firm that is asked."""
    if speaks_for(user, invitation.asked_entry.enterprise, on):
        return allow()
    return deny("由受邀企业答复", "answered by the firm that is asked")


def may_follow(user: Visitor, invitation: Invitation, on: dt.date) -> Decision:
    """Decide who records what came of it: both firms, and handlers."""
    if is_party(user, invitation, on) or may_handle(user, on).allowed:
        return allow()
    return deny("由双方企业或经办人登记", "recorded by both firms or handlers")


def may_see(user: Visitor, invitation: Invitation, on: dt.date) -> Decision:
    """Decide who reads an invitation: both firms, and people who work for the zone."""
    if is_party(user, invitation, on) or may_see_console(user, on).allowed:
        return allow()
    return deny("仅限双方企业和园区工作人员", "for both firms and people who work for the zone")


def may_reach(user: Visitor, entry: SupplyEntry, on: dt.date) -> Decision:
    """Decide who reads how a firm is reached: itself, and partners whose invitation was accepted.

    People who work for the zone read it no sooner than partners do.
    """
    if speaks_for(user, entry.enterprise, on):
        return allow()
    opened = _opened(entry)
    if any(is_party(user, one, on) for one in opened):
        return allow()
    if opened and may_handle(user, on).allowed:
        return allow()
    return deny("对方接受邀请后显示", "shown once an invitation is accepted")


def speaks_for(user: Visitor, enterprise: Enterprise, on: dt.date) -> bool:
    """Whether somebody speaks for a firm on a day."""
    return spoken_for(user, on).filter(pk=enterprise.root_id).exists()


def is_party(user: Visitor, invitation: Invitation, on: dt.date) -> bool:
    """Whether somebody speaks for one of both firms."""
    roots = [invitation.need.enterprise.root_id, invitation.offer.enterprise.root_id]
    return spoken_for(user, on).filter(pk__in=roots).exists()


def _opened(entry: SupplyEntry) -> list[Invitation]:
    found = Invitation.objects.filter(Q(need=entry) | Q(offer=entry), state__in=OPEN_TO_EACH_OTHER)
    return list(found.select_related("need__enterprise", "offer__enterprise"))
