"""Subjects of figures, and what counts where."""

import datetime as dt
from decimal import Decimal
from math import isfinite
from typing import Final

from django.db import transaction
from django.db.models import Q

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.indicators.enums import AttributionKey, EntityKind
from openzone.zone.indicators.models import Attribution, Entity
from openzone.zone.indicators.reading import CONTROL
from openzone.zone.indicators.writing import note
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise

TWICE: Final = Text("已有同类对象“{name}”", "there is a “{name}” of this kind already")
LOOP: Final = Text("上级不能是它自己或它的下级", "it cannot be part of itself or of its parts")
ABOVE_ONE: Final = Text(
    "同一口径下各处份额合计 {total}，超过 1", "shares by one key come to {total}, above 1"
)
NOT_A_PLACE: Final = Text("只能归属到园区或行政区划", "counts in a park or a division only")
BACKWARDS: Final = Text("结束日期早于开始日期", "it ends before it begins")
WHOSE: Final = Text(
    "“企业”类对象须指明是哪家企业，其他对象不填企业",
    "a reporting enterprise says which enterprise it is, nothing else does",
)
NO_CHAIN: Final = Text("“产业链”类对象须指明产业链", "the output of a chain says of which chain")
ITSELF: Final = Text("不能归属到它自己", "it does not count in itself")
NO_SHARE: Final = Text("份额应大于 0 且不超过 1", "a share is above 0 and at most 1")
ENDED: Final = Text("该归属已于 {day} 结束", "this attribution ended on {day}")


@transaction.atomic
def add_entity(
    *, actor: Actor, kind: str, name: str, code: str = "", parent: Entity | None = None,
    enterprise: Enterprise | None = None, unit: Unit | None = None, chain: str = "",
    valid_from: dt.date | None = None, valid_to: dt.date | None = None, synthetic: bool = False,
) -> Entity:  # fmt: skip
    """Add a subject; of an enterprise, the root of its record."""
    root = enterprise.root if enterprise is not None else None
    if "\x00" in name:
        raise Refused(CONTROL, field="name")
    made = Entity(
        kind=EntityKind(kind), name=name.strip(), code=code.strip() or None, parent=parent,
        enterprise=root, unit=unit, chain=chain, valid_from=valid_from, valid_to=valid_to,
        synthetic=synthetic or bool(root and root.synthetic),
    )  # fmt: skip
    _ensure_told(made)
    ensure_valid(made)
    made.save()
    note("entity.added", actor, f"entity:{made.pk}", {"kind": made.kind, "name": made.name})
    return made


@transaction.atomic
def change_entity(
    *, actor: Actor, entity: Entity, name: str, code: str = "", parent: Entity | None = None,
    unit: Unit | None = None, valid_to: dt.date | None = None,
) -> Entity:  # fmt: skip
    """Describe a subject anew; its kind, enterprise and chain stay."""
    fresh = Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    if "\x00" in name:
        raise Refused(CONTROL, field="name")
    if parent is not None and fresh.pk in _above(parent):
        raise Refused(LOOP, field="parent")
    before = {"name": fresh.name, "code": fresh.code, "parent": fresh.parent_id}
    fresh.name, fresh.code, fresh.parent = name.strip(), code.strip() or None, parent
    fresh.unit, fresh.valid_to = unit, valid_to
    _ensure_in_order(fresh.valid_from, valid_to)
    ensure_valid(fresh)
    fresh.save()
    note("entity.changed", actor, f"entity:{fresh.pk}",
         {"before": before, "name": fresh.name})  # fmt: skip
    return fresh


@transaction.atomic
def attribute(
    *, actor: Actor, entity: Entity, to: Entity, key: str, share: Decimal, valid_from: dt.date,
    document: str, valid_to: dt.date | None = None,
) -> Attribution:  # fmt: skip
    """Say what share of a subject counts in a park or division by one key."""
    if to.kind not in (EntityKind.PARK, EntityKind.DIVISION, EntityKind.ZONE):
        raise Refused(NOT_A_PLACE, field="to")
    if to.pk == entity.pk:
        raise Refused(ITSELF, field="to")
    if not (isfinite(share) and 0 < share <= 1):
        raise Refused(NO_SHARE, field="share")
    _ensure_in_order(valid_from, valid_to)
    Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    made = Attribution(
        entity=entity, to=to, key=AttributionKey(key), share=share, valid_from=valid_from,
        valid_to=valid_to, document=document.strip(),
    )  # fmt: skip
    ensure_valid(made)
    _ensure_at_most_one(made)
    made.save()
    note("attribution.added", actor, f"entity:{entity.pk}",
         {"to": to.pk, "key": made.key, "share": str(share)})  # fmt: skip
    return made


@transaction.atomic
def end_attribution(*, actor: Actor, attribution: Attribution, on: dt.date) -> Attribution:
    """End an attribution with a day."""
    fresh = Attribution.objects.select_for_update(of=("self",)).get(pk=attribution.pk)
    if fresh.valid_to is not None:
        raise Refused(ENDED.format(day=fresh.valid_to))
    if on < fresh.valid_from:
        raise Refused(BACKWARDS, field="on")
    fresh.valid_to = on
    fresh.save(update_fields=["valid_to"])
    note("attribution.ended", actor, f"entity:{fresh.entity_id}", {"attribution": fresh.pk})
    return fresh


def _ensure_told(made: Entity) -> None:
    """Refuse a subject that is there already, or whose kind leaves open what it is."""
    if Entity.objects.filter(
        kind=made.kind, name=made.name, enterprise=made.enterprise_id
    ).exists():  # fmt: skip
        raise Refused(TWICE.format(name=made.name[:60]), field="name")
    if (made.kind == EntityKind.ENTERPRISE) is (made.enterprise_id is None):
        raise Refused(WHOSE, field="enterprise")
    if made.kind == EntityKind.CHAIN and not made.chain:
        raise Refused(NO_CHAIN, field="chain")
    _ensure_in_order(made.valid_from, made.valid_to)


def _ensure_in_order(first: dt.date | None, last: dt.date | None) -> None:
    if first is not None and last is not None and last < first:
        raise Refused(BACKWARDS, field="valid_to")


def _ensure_at_most_one(made: Attribution) -> None:
    """Refuse shares that come to more than one on the first day of any of them."""
    others = list(
        Attribution.objects.filter(entity=made.entity, key=made.key)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=made.valid_from))
    )  # fmt: skip
    together = [*others, made]
    for day in {max(one.valid_from, made.valid_from) for one in together}:
        if made.valid_to is not None and day > made.valid_to:
            continue
        total = sum((one.share for one in together if _holds(one, day)), Decimal(0))
        if total > 1:
            raise Refused(ABOVE_ONE.format(total=f"{total.normalize():f}"), field="share")


def _holds(one: Attribution, day: dt.date) -> bool:
    return one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)


def _above(entity: Entity) -> list[int]:
    parents = dict(Entity.objects.values_list("pk", "parent_id"))
    chain: list[int] = []
    current: int | None = entity.pk
    while current is not None and current not in chain:
        chain.append(current)
        current = parents.get(current)
    return chain
