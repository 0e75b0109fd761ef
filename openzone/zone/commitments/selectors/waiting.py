"""What commitments ask of one person: papers, checks, revocations."""

import datetime as dt
from collections.abc import Mapping

from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.selectors.desk import Watch, watch
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import memberships_of


def waiting(user: User, now: dt.datetime, on: dt.date) -> Watch:
    """Return of what comes due what is somebody's to do.

    Papers are asked for by who handles the commitment; checks are for the service centre and
    handlers of the deciding unit, never for who handled or decided; decisions are revoked by
    handlers of the deciding unit or one above it.
    """
    posts = list(memberships_of(user, on))
    handled = {post.unit_id for post in posts if post.role == Role.HANDLER}
    checks_all = any(post.role == Role.CENTRE for post in posts)
    if not (handled or checks_all or posts):
        return Watch([], [], [])
    found, units = watch(now, on), _with_below(handled)

    def is_checked_by(one: Commitment) -> bool:
        involved = user.pk in (one.handler_id, one.decided_by_id)
        return not involved and (checks_all or one.item.deciding_unit_id in units)

    return Watch(
        [one for one in found.papers if one.handler_id == user.pk],
        [one for one in found.checks if is_checked_by(one)],
        [one for one in found.revocations if one.item.deciding_unit_id in units],
    )


def _with_below(units: set[int]) -> set[int]:
    """Return units with everything that is part of them."""
    if not units:
        return set()
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    return {unit for unit in parents if any(above in units for above in _above(unit, parents))}


def _above(unit: int, parents: Mapping[int, int | None]) -> list[int]:
    chain: list[int] = []
    current: int | None = unit
    while current is not None:
        chain.append(current)
        current = parents[current]
    return chain
