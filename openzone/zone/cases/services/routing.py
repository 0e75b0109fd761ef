"""Where a new case goes, and who opens it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from openzone.engines.cases.events import SYSTEM, Party
from openzone.engines.cases.model import CaseType, Verb
from openzone.engines.cases.opening import routed
from openzone.engines.text import Text
from openzone.zone.cases.packs import pack
from openzone.zone.errors import Refused
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.statements import Prepared, Slot, made


def opening(type_: CaseType) -> str:
    """Return the name of the action cases of a type are opened by."""
    return type_.by_verb[Verb.OPEN][0].id


_UNIT = tuple(field.attname for field in Unit._meta.concrete_fields)
_CENTRES = Prepared(
    lambda: (
        Unit.objects.filter(Q(code=Slot("code")) | Q(kind=UnitKind.CENTRE) | Q(parent=None))
        .order_by("pk")
        .values_list(*_UNIT)
    )
)


def centre_unit() -> Unit:
    """Return the unit that leads where nobody else does: the centre, else the committee."""
    code = pack().centre
    rows = _CENTRES.rows(code=code)
    units: list[Unit] = [made(Unit, dict(zip(_UNIT, row, strict=True))) for row in rows]
    for is_it in (
        lambda unit: unit.code == code,
        lambda unit: unit.kind == UnitKind.CENTRE,
        lambda unit: unit.parent_id is None,
    ):
        if found := next(filter(is_it, units), None):
            return found
    raise Refused(Text("园区还没有部门", "the zone has no unit yet"))


def first_unit(
    type_: CaseType,
    answers: Mapping[str, Any],
    topic: str,
    chosen: Unit | None,
    about: Unit | None,
    centre: Unit,
) -> Unit:
    """Return who gets a case first; never the unit it is about.

    A code in a pack that no unit of the zone has leads to the centre.
    """
    if chosen is not None:
        if chosen == about:
            raise Refused(
                Text("不能交给被反映的部门", "what is about a unit cannot go to it"), field="unit"
            )
        return chosen
    code = routed(type_, answers, str(answers.get("topic") or topic))
    named = Unit.objects.filter(code=code).first() if code != "centre" else None
    for unit in (named, centre):
        if unit is not None and unit != about:
            return unit
    committee = Unit.objects.filter(parent=None).order_by("pk").first()
    if committee is not None and committee != about:
        return committee
    raise Refused(Text("没有可以受理的部门", "there is no unit that could take it"))


def opener(type_: CaseType, asks: Party, recorded_by: User | None, on: dt.date) -> Party:
    """Return who opens: who takes it down where the type lets staff open, else who asks."""
    who = set(type_.actions[opening(type_)].who)
    if recorded_by is not None and who - {"requester", "system"}:
        post = memberships_of(recorded_by, on).order_by("pk").first()
        unit = post.unit.code if post else None
        return Party("user", str(recorded_by.pk), str(recorded_by), unit)
    return asks if "requester" in who else SYSTEM
