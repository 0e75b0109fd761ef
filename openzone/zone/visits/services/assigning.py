"""Who looks after which enterprise: by person (in the registry) and by grid."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.enums import ChargeRole, PlaceKind
from openzone.zone.registry.models import Enterprise, PersonInCharge, Place
from openzone.zone.registry.selectors.identity import live
from openzone.zone.registry.services.people import assign_person_in_charge, end_person_in_charge
from openzone.zone.registry.services.subjects import ensure_not_absorbed
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import GridMembership, Post
from openzone.zone.visits.services.roster import locked_grid
from openzone.zone.visits.services.terms import ONE_DAY, ensure_order, still

_BATCH = 2_000
_CHANGED = Text(
    "提出建议后情况已变化（{n}家），请重新生成",
    "things changed since this was proposed ({n} enterprises): propose again",
)


@transaction.atomic
def assign(
    *,
    actor: Actor,
    enterprise: Enterprise,
    post: Post,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
) -> PersonInCharge:
    """Let a leader or officer of the roster look after an enterprise from a day on.

    Who did so until then ends the day before; the record keeps both.
    """
    role = _personal(post, valid_from)
    running = PersonInCharge.objects.filter(
        on_day(valid_from), subject__enterprise__root=enterprise.root_id, role=role
    )
    for holder in running:
        if holder.user_id == post.user_id:
            raise Refused(Text("已由此人负责", "this person is in charge already"), field="post")
        ensure_order(holder.valid_from, valid_from - ONE_DAY, "valid_from")
        end_person_in_charge(actor=actor, holder=holder, last_day=valid_from - ONE_DAY)
    return assign_person_in_charge(
        actor=actor,
        subject=enterprise,
        role=role,
        user=post.user,
        unit=post.unit,
        phone=post.phone,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def assign_many(*, actor: Actor, pairs: Mapping[int, Post], valid_from: dt.date) -> int:
    """Give enterprises that have nobody of a duty to people of the roster, all or none."""
    firms = Enterprise.objects.in_bulk(list(pairs))
    for number, post in pairs.items():
        role = _personal(post, valid_from)
        held = PersonInCharge.objects.filter(
            still(valid_from), subject__enterprise__root=number, role=role
        )
        if number not in firms or held.exists():
            raise Refused(_CHANGED.format(n=1))
        assign(actor=actor, enterprise=firms[number], post=post, valid_from=valid_from)
    record("visits.assigned", actor=actor, payload={"enterprises": len(pairs), "from": valid_from})
    return len(pairs)


@transaction.atomic
def put_in_grid(
    *, actor: Actor, enterprise: Enterprise, grid: Place, valid_from: dt.date
) -> GridMembership:
    """Put an enterprise into a grid from a day on; it leaves another one the day before."""
    ensure_not_absorbed(enterprise)
    grid = locked_grid(grid)
    Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
    running = GridMembership.objects.filter(
        still(valid_from), enterprise__root=enterprise.root_id
    ).select_related("grid")
    for membership in running:
        _make_room(membership, grid, valid_from)
    made = GridMembership.objects.create(
        enterprise=enterprise, grid=grid, valid_from=valid_from, assigned_by=actor.label[:150]
    )
    payload: dict[str, JSON] = {"grid": grid.code, "from": valid_from}
    record(
        "visits.grid.entered", actor=actor, subject=f"enterprise:{enterprise.pk}", payload=payload
    )
    return made


@transaction.atomic
def put_many_in_grids(
    *, actor: Actor, pairs: Iterable[tuple[int, int]], valid_from: dt.date
) -> int:
    """Put enterprises that are in no grid into one each, at once; returns how many.

    ``pairs`` are numbers of enterprises and grids. One that is in a grid meanwhile refuses all.
    """
    wanted = dict(pairs)
    _ensure_grids(wanted.values())
    _ensure_in_none(wanted, valid_from)
    rows = [
        GridMembership(
            enterprise_id=enterprise,
            grid_id=grid,
            valid_from=valid_from,
            assigned_by=actor.label[:150],
        )
        for enterprise, grid in wanted.items()
    ]
    GridMembership.objects.bulk_create(rows, batch_size=_BATCH)
    counts: dict[str, JSON] = {"enterprises": len(rows), "grids": len(set(wanted.values()))}
    record("visits.grid.filled", actor=actor, payload={**counts, "from": valid_from})
    return len(rows)


def _personal(post: Post, day: dt.date) -> ChargeRole:
    if post.duty == Duty.GRID:
        raise Refused(
            Text("网格员通过网格对应企业", "a grid officer looks after a grid"), field="post"
        )
    if not Post.objects.filter(on_day(day), pk=post.pk).exists():
        raise Refused(
            Text("该人员{day}不在名册上", "not on the roster on {day}").format(day=day),
            field="post",
        )
    return ChargeRole(post.duty)


def _make_room(membership: GridMembership, grid: Place, valid_from: dt.date) -> None:
    if membership.grid_id == grid.pk:
        raise Refused(Text("已在该网格", "it is in this grid already"), field="grid")
    if membership.valid_from >= valid_from:
        raise Refused(
            Text(
                "{day}起在{grid}，请填写之后的日期", "in {grid} since {day}: give a later day"
            ).format(day=membership.valid_from, grid=membership.grid),
            field="valid_from",
        )
    membership.valid_to = valid_from - ONE_DAY
    membership.save(update_fields=["valid_to"])


def _ensure_grids(numbers: Iterable[int]) -> None:
    grids = set(Place.objects.filter(kind=PlaceKind.GRID).values_list("pk", flat=True))
    if set(numbers) - grids:
        raise Refused(Text("不是网格", "this is not a grid"), field="grid")


def _ensure_in_none(wanted: Mapping[int, int], valid_from: dt.date) -> None:
    taken = set(
        GridMembership.objects.filter(still(valid_from))
        .order_by()
        .values_list("enterprise__root", flat=True)
    )
    alive = set(live().order_by().values_list("pk", flat=True))
    if bad := [one for one in wanted if one in taken or one not in alive]:
        raise Refused(_CHANGED.format(n=len(bad)))
