"""Figures: entered by the unit of the column, offered by the record, corrected with a reason."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from openzone.engines.tables.values import FIRST_INEXACT
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Cell, Cycle, DataSheet, Entrant
from openzone.zone.evaluations.packs import pack
from openzone.zone.evaluations.permissions import may_enter
from openzone.zone.evaluations.selectors.data import entrants_of, standing
from openzone.zone.evaluations.selectors.items import Item, items_of
from openzone.zone.evaluations.writing import ensure_allowed, ensure_said, locked, note
from openzone.zone.land.models import Parcel, StandardLand
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.facts import KnownFact, facts_of

NO_ITEM = Text("没有“{name}”这一列", "there is no column “{name}”")
NEGATIVE = Text("{label}不能为负", "{label} cannot be negative")
SAME = Text("与现有数据相同", "it is the same as on file")
OTHERS = Text(
    "该数据已被{who}改为 {value}，请刷新后再操作",
    "{who} changed it to {value} by now; reload and look again",
)
NOT_NOW = Text(
    "名单公布后，只有在该对象的异议待答复时才能更正数据",
    "after publication data is corrected only while an objection of theirs waits",
)
TOO_LARGE = Text("数值过大，请核对单位", "the figure is too large: look at its unit")


class Written(NamedTuple):
    """What entering a figure did."""

    cell: Cell
    changed: bool


@transaction.atomic
def enter_cell(
    *, actor: Actor, user: User, entrant: Entrant, item: str, value: Decimal | None, source: str,
    now: dt.datetime, reason: str = "", sheet: DataSheet | None = None, seen: int | None = None,
) -> Cell:  # fmt: skip
    """Enter a figure in its base unit, or take one back (``value`` none) with a reason.

    A figure that is changed needs a reason. ``seen`` is the number of the figure the person looked
    at: where somebody changed it since, nothing is written.
    """
    cycle = locked(
        entrant.cycle, CycleState.GATHERING, CycleState.POSTED, CycleState.PUBLISHED
    )  # fmt: skip
    ensure_allowed(may_enter(user, cycle, item, timezone.localdate(now)), field=item)
    known = {one.name: one for one in items_of(cycle)}
    if item not in known:
        raise Refused(NO_ITEM.format(name=item), field="item")
    if cycle.state == CycleState.PUBLISHED and not entrant.protests.filter(answer=None).exists():
        raise Refused(NOT_NOW)
    before = _newest(entrant, item)
    _ensure_sound(known[item], value, before, seen)
    if before is not None or value is None:
        reason = ensure_said(reason)
    made = Cell(
        entrant=entrant, item=item, seq=before.seq + 1 if before else 1, value=value,
        source=ensure_said(source, "source"), reason=reason, by=user, at=now, sheet=sheet,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("cell.entered", actor, cycle, entrant=entrant.pk, item=item,
         value=None if value is None else str(value))  # fmt: skip
    return made


def _newest(entrant: Entrant, item: str) -> Cell | None:
    return entrant.cells.filter(item=item).select_related("by").order_by("-seq").first()


def _ensure_sound(item: Item, value: Decimal | None, before: Cell | None, seen: int | None) -> None:
    if value is not None and value < 0 and not item.below_zero:
        label = item.label
        raise Refused(
            Text(NEGATIVE.zh.format(label=label.zh), NEGATIVE.en.format(label=label.en)),
            field=item.name,
        )
    if value is not None and not _is_kept(value):
        raise Refused(TOO_LARGE, field=item.name)
    if before is None:
        return
    if seen is not None and seen != before.pk:
        shown = "—" if before.value is None else item.shown(before.value)
        raise Refused(OTHERS.format(who=before.by or "—", value=shown), field=item.name)
    if before.value == value:
        raise Refused(SAME, field=item.name)


def _is_kept(value: Decimal) -> bool:
    """Whether a figure is read as it was written: SQLite keeps fifteen digits."""
    return abs(value) < FIRST_INEXACT


@transaction.atomic
def gather(*, actor: Actor, user: User, cycle: Cycle, now: dt.datetime) -> int:
    """Fill empty cells from the record, each with where it came from; return how many.

    What a bureau entered is never touched; the bureau may correct what the record offered.
    """
    fresh = locked(cycle, CycleState.GATHERING)
    items = {one.name for one in items_of(fresh)}
    every = [one for one in entrants_of(fresh) if one.enterprise is not None]
    there, made = standing(every), 0
    for one in every:
        assert one.enterprise is not None  # noqa: S101 - filtered above
        for item, value, source in _offered(one.enterprise, fresh, now):
            if item in items and (one.pk, item) not in there and _newest(one, item) is None:
                Cell.objects.create(
                    entrant=one, item=item, seq=1, value=value, source=source[:300], by=user,
                    at=now,
                )  # fmt: skip
                made += 1
    note("record.gathered", actor, fresh, cells=made)
    return made


def _offered(
    firm: Enterprise, cycle: Cycle, now: dt.datetime
) -> Iterator[tuple[str, Decimal, str]]:
    """Yield what the record knows: land of parcels before a stated area, facts of the year."""
    parcels = parcels_of(firm)
    if parcels:
        numbers = "、".join(one.number for one in parcels)
        area = sum((one.area_m2 for one in parcels), Decimal(0))
        yield "land", area, f"用地台账 land register: {numbers}"
    known = facts_of(firm, dt.date(cycle.year + 1, 12, 31), timezone.localdate(now))
    for wanted in pack().record:
        fact = known.get(wanted.fact)
        value = _number(fact)
        if fact is not None and value is not None and not (wanted.item == "land" and parcels):
            yield wanted.item, value, _where(fact)


def parcels_of(firm: Enterprise) -> list[Parcel]:
    """Return the parcels an enterprise promised for, or its projects stand on."""
    promised = StandardLand.objects.filter(enterprise__root=firm.root_id).values("parcel")
    built = Parcel.objects.filter(links__project__enterprise__root=firm.root_id).values("pk")
    found = Parcel.objects.filter(pk__in=promised) | Parcel.objects.filter(pk__in=built)
    return list(found.distinct().order_by("number"))


def _number(fact: KnownFact | None) -> Decimal | None:
    value = fact.value if fact is not None else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value) if _is_kept(Decimal(value)) else None


def _where(fact: KnownFact) -> str:
    title = fact.source.title if fact.source is not None else ""
    return f"企业档案 record: {fact.fact.label.zh} {title}".strip()
