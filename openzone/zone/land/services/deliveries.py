"""Net land is to be handed over by a day (净地交付), is handed over, or something is in the way."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from openzone.engines.projects.landarea import mu
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Blocker, Delivery, DeliveryPart, HandOver, Parcel
from openzone.zone.land.services.states import sale_step
from openzone.zone.land.writing import ensure_past, keep_file, locked, note
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.models import Project

OBSTACLE = "obstacle"
NO_PARCEL = Text("请至少选择一个地块", "choose a parcel at least")
NOTHING = Text("面积应大于 0", "an area is more than nothing")
MORE_THAN_IT_HAS = Text(
    "“{number}”共 {whole} 亩，不能交付 {part} 亩", "“{number}” has {whole} mu, not {part}"
)
DUE_FIRST = Text("时限不能早于下达日 {day}", "not due before it was set, on {day}")
ALL_THERE = Text("该任务已全部交付", "all of it is handed over")
GIVEN_UP = Text("该任务已终止", "this task was given up")
WHOLE = Text("“{number}”已于 {day} 全部交付", "“{number}” was handed over whole on {day}")
TOO_MUCH = Text("还剩 {left} 亩未交付", "{left} mu are still to be handed over")
BEFORE_SET = Text("不能早于任务下达日 {day}", "not before the task was set, on {day}")
WHY = Text("请写明原因", "say why")
NO_UNIT = Text("{who} 当前不在任何部门任职", "{who} holds no post in a unit today")


class Blocking(NamedTuple):
    """What stands in the way of a part, as somebody says it."""

    part: DeliveryPart
    topic: str
    severity: str
    title: str
    text: str
    user: User
    now: dt.datetime
    today: dt.date
    wanted_by: dt.date | None
    request_id: str


Opener = Callable[..., Case]
"""``opener(actor=, asked=)``: rooms above this one let a project's reviews see the obstacle."""


@transaction.atomic
def set_delivery(
    *, actor: Actor, title: str, unit: Unit, set_on: dt.date, due: dt.date,
    parts: Mapping[Parcel, Decimal | None], now: dt.datetime, project: Project | None = None,
    synthetic: bool = False,
) -> Delivery:  # fmt: skip
    """Set the task to hand over net land by a day: parcels with their areas, ``None`` for whole."""
    if not parts:
        raise Refused(NO_PARCEL, field="parts")
    if due < set_on:
        raise Refused(DUE_FIRST.format(day=set_on), field="due")
    made = Delivery(
        title=title.strip(), project=project, unit=unit, set_on=set_on, due=due,
        synthetic=synthetic, created_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    rows = [DeliveryPart(delivery=made, parcel=parcel, area_m2=_area(parcel, area))
            for parcel, area in parts.items()]  # fmt: skip
    DeliveryPart.objects.bulk_create(rows)
    note(
        "delivery.set", actor, f"delivery:{made.pk}", title=made.title, due=due.isoformat(),
        parcels=[one.parcel.number for one in rows],
        area_m2=str(sum((one.area_m2 for one in rows), Decimal(0))),
    )  # fmt: skip
    return made


def _area(parcel: Parcel, area: Decimal | None) -> Decimal:
    if area is None:
        return parcel.area_m2
    if area <= 0:
        raise Refused(NOTHING, field="parts")
    if area > parcel.area_m2:
        told = {"number": parcel.number, "whole": mu(parcel.area_m2), "part": mu(area)}
        raise Refused(MORE_THAN_IT_HAS.format(**told), field="parts")
    return area


@transaction.atomic
def hand_over(
    *, actor: Actor, part: DeliveryPart, on: dt.date, file_name: str, data: bytes, user: User,
    now: dt.datetime, today: dt.date, area_m2: Decimal | None = None, text: str = "",
) -> HandOver:  # fmt: skip
    """Hand over some land, or all that is left of a part, with its record.

    A parcel that is whole in its hands goes on: sold land is delivered, other land is net land.
    """
    parcel = locked(part.parcel)
    fresh = DeliveryPart.objects.select_related("delivery").get(pk=part.pk)
    _ensure_running(fresh.delivery)
    ensure_past(on, today)
    left = fresh.area_m2 - fresh.done_m2
    if left <= 0:
        raise Refused(WHOLE.format(number=parcel.number, day=fresh.done_on))
    area = left if area_m2 is None else area_m2
    if area <= 0:
        raise Refused(NOTHING, field="area")
    if area > left:
        raise Refused(TOO_MUCH.format(left=mu(left)), field="area")
    if on < fresh.delivery.set_on:
        raise Refused(BEFORE_SET.format(day=fresh.delivery.set_on), field="on")
    made = HandOver(
        part=fresh, on=on, area_m2=area, text=text.strip(), recorded_by=user, recorded_at=now
    )
    keep_file(made, file_name, data)
    ensure_valid(made)
    made.save(force_insert=True)
    _count(fresh)
    if fresh.done_on is not None and fresh.area_m2 == parcel.area_m2:
        _goes_on(actor, parcel, fresh.done_on, user, now, today)
    note(
        "delivery.handed_over", actor, f"delivery:{fresh.delivery_id}", parcel=parcel.number,
        area_m2=str(area), on=on.isoformat(), sha256=made.sha256,
    )  # fmt: skip
    return made


def _count(part: DeliveryPart) -> None:
    rows = list(part.handovers.all())
    part.done_m2 = sum((one.area_m2 for one in rows), Decimal(0))
    whole = part.done_m2 >= part.area_m2
    part.done_on = max(one.on for one in rows) if whole else None
    part.save(update_fields=["done_m2", "done_on"])


def _goes_on(
    actor: Actor, parcel: Parcel, on: dt.date, user: User, now: dt.datetime, today: dt.date
) -> None:
    follows = {
        ParcelState.PLANNED: ParcelState.CLEARED,
        ParcelState.SOLD: ParcelState.DELIVERED,
    }.get(ParcelState(parcel.state))
    if follows is not None and (parcel.since is None or on >= parcel.since):
        sale_step(actor=actor, parcel=parcel, state=follows, on=on, user=user, now=now,
                  today=today)  # fmt: skip


@transaction.atomic
def move_due(*, actor: Actor, delivery: Delivery, due: dt.date, reason: str) -> Delivery:
    """Let a task be due on another day; the log keeps both with the reason."""
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    _ensure_running(fresh)
    if not fresh.parts.filter(done_on=None).exists():
        raise Refused(ALL_THERE)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    if due < fresh.set_on:
        raise Refused(DUE_FIRST.format(day=fresh.set_on), field="due")
    before, fresh.due = fresh.due, due
    fresh.save(update_fields=["due"])
    note(
        "delivery.moved", actor, f"delivery:{fresh.pk}", was=before.isoformat(),
        due=due.isoformat(), reason=reason.strip(),
    )  # fmt: skip
    return fresh


@transaction.atomic
def give_up(*, actor: Actor, delivery: Delivery, on: dt.date, reason: str) -> Delivery:
    """Give a task up; what was handed over stays."""
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    _ensure_running(fresh)
    if not fresh.parts.filter(done_on=None).exists():
        raise Refused(ALL_THERE)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    fresh.ended_on, fresh.ended_because = on, reason.strip()
    fresh.save(update_fields=["ended_on", "ended_because"])
    note("delivery.given_up", actor, f"delivery:{fresh.pk}", reason=reason.strip())
    return fresh


@transaction.atomic
def as_a_case(*, actor: Actor, asked: Blocking) -> Case:
    """Open an obstacle on a parcel; whose unit raised it confirms that it is gone."""
    post = memberships_of(asked.user, asked.today).order_by("pk").first()
    if post is None:
        raise Refused(NO_UNIT.format(who=asked.user))
    fields = {"topic": asked.topic, "severity": asked.severity}
    if asked.wanted_by is not None:
        fields["wanted_by"] = asked.wanted_by.isoformat()
    parcel = asked.part.parcel
    return open_case(
        actor=actor, kind=OBSTACLE, title=asked.title, text=asked.text, now=asked.now,
        channel=Channel.SYSTEM, fields=fields, place=parcel.place,
        requester=Requester(RequesterKind.UNIT, user=asked.user, unit=post.unit),
        origin=f"parcel:{parcel.pk}", recorded_by=asked.user, request_id=asked.request_id,
    ).case  # fmt: skip


@transaction.atomic
def block(
    *, actor: Actor, part: DeliveryPart, title: str, text: str, severity: str, user: User,
    now: dt.datetime, today: dt.date, topic: str = "land", wanted_by: dt.date | None = None,
    request_id: str = "", opener: Opener = as_a_case,
) -> Blocker:  # fmt: skip
    """Say what is in the way of a part: an obstacle, solved and closed out as every obstacle is."""
    locked(part.parcel)
    _ensure_running(part.delivery)
    asked = Blocking(part, topic, severity, title, text, user, now, today, wanted_by, request_id)
    case = opener(actor=actor, asked=asked)
    made, _new = Blocker.objects.get_or_create(case=case, defaults={"part": part})
    note(
        "delivery.blocked", actor, f"delivery:{part.delivery_id}", parcel=part.parcel.number,
        case=case.number,
    )  # fmt: skip
    return made


def _ensure_running(delivery: Delivery) -> None:
    if delivery.ended_on is not None:
        raise Refused(GIVEN_UP)
