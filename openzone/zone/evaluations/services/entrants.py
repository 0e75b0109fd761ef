"""Who is evaluated, on which parcel, following whom."""

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Cycle, Entrant
from openzone.zone.evaluations.selectors.data import counted_on
from openzone.zone.evaluations.selectors.items import pack_of
from openzone.zone.evaluations.selectors.panel import theirs
from openzone.zone.evaluations.writing import locked, note
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.facts import facts_of

NAMELESS = Text("请选择企业、单位，或填写名称", "name an enterprise, a unit, or a platform")
TWICE = Text("“{name}”已在评价中", "“{name}” is in it already")
NO_GROUP = Text("办法中没有分组“{name}”", "the scheme has no group “{name}”")
HAS_DATA = Text("已有数据或决定，不能移出；请用“不参评”", "there is data: leave them out instead")
ITSELF = Text("不能随自己评价", "nobody follows themselves")
CHAIN = Text("“{name}”自己也随别家评价", "“{name}” follows somebody else")
INTEREST = Text(
    "评审“{name}”是“{firm}”的人员，应当回避",
    "the reviewer “{name}” belongs to “{firm}” and has to stand back",
)
OTHER = Text("不在同一评价中", "not in the same evaluation")


class Placing(TypedDict, total=False):
    """What is stated of somebody beside their figures; what is left out stays."""

    group: str
    parcel: str
    landlord: Entrant | None
    industry: str
    registered_on: dt.date | None
    land_since: dt.date | None


@transaction.atomic
def add_entrant(
    *, actor: Actor, cycle: Cycle, group: str, enterprise: Enterprise | None = None,
    unit: Unit | None = None, name: str = "", parcel: str = "", synthetic: bool = False,
) -> Entrant:  # fmt: skip
    """Evaluate an enterprise, a unit, or a platform by its name."""
    fresh = locked(cycle, CycleState.GATHERING, CycleState.POSTED)
    if group not in {one.id for one in pack_of(fresh).groups}:
        raise Refused(NO_GROUP.format(name=group), field="group")
    firm = enterprise.root if enterprise is not None else None
    called = name.strip() or str(firm.name if firm else unit.name if unit else "")
    if not called:
        raise Refused(NAMELESS, field="name")
    taken = fresh.entrants.filter(name=called)
    if firm is not None:
        taken = taken | fresh.entrants.filter(enterprise__root=firm.pk)
    if taken.exists():
        raise Refused(TWICE.format(name=called), field="name")
    made = Entrant(
        cycle=fresh, name=called, enterprise=firm, unit=unit, group=group, parcel=parcel.strip(),
        industry=firm.industry if firm else "", synthetic=synthetic,
        registered_on=_registered(firm, counted_on(fresh)),
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    _ensure_no_reviewer_of(made)
    note("entrant.added", actor, fresh, entrant=made.pk, group=group)
    return made


def _ensure_no_reviewer_of(entrant: Entrant) -> None:
    for one in entrant.cycle.reviewers.select_related("user"):
        if Entrant.objects.filter(theirs(one.user), pk=entrant.pk).exists():
            raise Refused(INTEREST.format(name=one.user, firm=entrant.name), field="name")


def _registered(firm: Enterprise | None, on: dt.date) -> dt.date | None:
    known = facts_of(firm, on).get("registered_on") if firm is not None else None
    return known.value if known is not None and isinstance(known.value, dt.date) else None


@transaction.atomic
def place_entrant(*, actor: Actor, entrant: Entrant, **given: Unpack[Placing]) -> Entrant:
    """State the group, parcel, landlord and days of somebody before the data is locked."""
    fresh = locked(entrant.cycle, CycleState.GATHERING, CycleState.POSTED)
    current = Entrant.objects.get(pk=entrant.pk)
    if "group" in given and given["group"] not in {one.id for one in pack_of(fresh).groups}:
        raise Refused(NO_GROUP.format(name=given["group"]), field="group")
    _ensure_landlord(current, given.get("landlord"))
    for name, value in given.items():
        setattr(current, name, value)
    ensure_valid(current)
    current.save(update_fields=list(given))
    said = {name: str(getattr(value, "pk", value) or "") for name, value in given.items()}
    note("entrant.placed", actor, fresh, entrant=current.pk, **said)
    return current


def _ensure_landlord(entrant: Entrant, landlord: Entrant | None) -> None:
    if landlord is None:
        return
    landlord = Entrant.objects.get(pk=landlord.pk)
    if landlord.pk == entrant.pk:
        raise Refused(ITSELF, field="landlord")
    if landlord.cycle_id != entrant.cycle_id:
        raise Refused(OTHER, field="landlord")
    if landlord.landlord_id is not None or entrant.tenants.exists():
        raise Refused(CHAIN.format(name=landlord.name), field="landlord")


@transaction.atomic
def drop_entrant(*, actor: Actor, entrant: Entrant) -> None:
    """Take somebody out who was added by mistake and of whom nothing is on file."""
    fresh = locked(entrant.cycle, CycleState.GATHERING)
    if entrant.cells.exists() or entrant.rulings.exists() or entrant.tenants.exists():
        raise Refused(HAS_DATA)
    name = entrant.name
    entrant.delete()
    note("entrant.dropped", actor, fresh, name=name)
