"""A parcel comes into the record, is described anew, and gets its projects."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from openzone.engines.projects.landarea import mu
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel, ParcelProject
from openzone.zone.land.packs import pack
from openzone.zone.land.writing import locked, note, subject
from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project
from openzone.zone.registry.models import Place


class Described(TypedDict, total=False):
    """What may be said about a parcel beside its number, name, area and use."""

    place: Place | None
    unit: Unit | None
    tenure: str
    tenure_years: int | None
    conditions: Mapping[str, Decimal | str]
    conditions_text: str
    boundary: list[list[float]]


class Changed(Described, total=False):
    """What may be said anew."""

    name: str
    area_m2: Decimal
    use: str


DESCRIBED: Final = frozenset(Changed.__optional_keys__)
ORDER: Final = tuple(ParcelState)
NO_USE = Text("没有名为“{name}”的土地用途", "there is no land use called “{name}”")
NO_TENURE = Text("没有名为“{name}”的供地方式", "there is no tenure called “{name}”")
NO_CONDITION = Text("没有名为“{name}”的规划条件", "there is no condition called “{name}”")
NOT_A_NUMBER = Text("“{name}”应为数字", "“{name}” should be a number")
TERM_MISSING = Text("“{tenure}”须写明年期", "say the term in years of “{tenure}”")
NO_TERM = Text("“{tenure}”没有年期", "“{tenure}” has no term")
TERM_BOUNDS = Text(
    "年期应在 {least} 至 {most} 年之间", "the term lies from {least} to {most} years"
)
RING = Text(
    "边界应为至少三个点的经纬度", "a boundary has three points or more, longitude and latitude"
)
SOLD_ALREADY = Text(
    "地块已出让，面积、用途和条件不能直接更改；确需更正请先撤回摘牌登记",
    "the parcel is sold: its area, use and conditions stand; take the sale back as a mistake first",
)
TOO_MUCH = Text(
    "各项目用地合计 {sum} 亩，超过地块面积 {whole} 亩",
    "the projects' parts come to {sum} mu, the parcel has {whole} mu",
)


@transaction.atomic
def create_parcel(
    *, actor: Actor, number: str, name: str, area_m2: Decimal, use: str, now: dt.datetime,
    synthetic: bool = False, **described: Unpack[Described],
) -> Parcel:  # fmt: skip
    """Bring a parcel into the record, as planned."""
    parcel = Parcel(number=number.strip(), synthetic=synthetic, created_at=now)
    _describe(parcel, {"name": name, "area_m2": area_m2, "use": use, **described})
    ensure_valid(parcel)
    parcel.save()
    note("parcel.created", actor, subject(parcel), number=parcel.number, name=parcel.name)
    return parcel


@transaction.atomic
def change_parcel(*, actor: Actor, parcel: Parcel, **described: Unpack[Changed]) -> Parcel:
    """Describe a parcel anew; once it is sold, what was sold stands."""
    fresh = locked(parcel)
    before = {name: _plain(getattr(fresh, name)) for name in described if name in DESCRIBED}
    _describe(fresh, described)
    changed = {
        name: [before[name], _plain(getattr(fresh, name))]
        for name in described
        if before[name] != _plain(getattr(fresh, name))
    }
    _ensure_open(fresh, set(changed))
    ensure_valid(fresh)
    fresh.save()
    note("parcel.changed", actor, subject(fresh), changed=changed)
    return fresh


@transaction.atomic
def link_project(
    *, actor: Actor, parcel: Parcel, project: Project, area_m2: Decimal,
    floor_m2: Decimal | None = None,
) -> ParcelProject:  # fmt: skip
    """Let a project stand on a part of a parcel, or state its part anew."""
    fresh = locked(parcel)
    link = fresh.links.filter(project=project).first() or ParcelProject(
        parcel=fresh, project=project
    )
    link.area_m2, link.floor_m2 = area_m2, floor_m2
    ensure_valid(link)
    others = fresh.links.exclude(project=project).values_list("area_m2", flat=True)
    whole = sum(others, area_m2)
    if whole > fresh.area_m2:
        raise Refused(TOO_MUCH.format(sum=mu(whole), whole=mu(fresh.area_m2)), field="area")
    link.save()
    note(
        "parcel.linked", actor, subject(fresh), project=project.pk, area_m2=str(area_m2),
        floor_m2=None if floor_m2 is None else str(floor_m2),
    )  # fmt: skip
    return link


@transaction.atomic
def unlink_project(*, actor: Actor, link: ParcelProject) -> None:
    """Say that a project does not stand on a parcel after all."""
    fresh = locked(link.parcel)
    note("parcel.unlinked", actor, subject(fresh), project=link.project_id)
    ParcelProject.objects.filter(pk=link.pk).delete()


_SOLD_AS: Final = frozenset(
    {"area_m2", "use", "tenure", "tenure_years", "conditions", "conditions_text", "boundary"}
)


def _ensure_open(parcel: Parcel, changed: set[str]) -> None:
    sold = ORDER.index(ParcelState.SOLD) <= ORDER.index(ParcelState(parcel.state))
    if sold and parcel.state != ParcelState.TAKEN_BACK and changed & _SOLD_AS:
        raise Refused(SOLD_ALREADY, field=min(changed & _SOLD_AS))


def _describe(parcel: Parcel, described: Mapping[str, Any]) -> None:
    for name, value in described.items():
        if name not in DESCRIBED:
            raise Refused(Text("没有“{name}”这一项", "no field “{name}”").format(name=name))
        setattr(parcel, name, value.strip() if isinstance(value, str) else value)
    if pack().use(parcel.use) is None:
        raise Refused(NO_USE.format(name=parcel.use), field="use")
    _ensure_term(parcel)
    parcel.conditions = _conditions(parcel.conditions)
    parcel.boundary = _ring(parcel.boundary)


def _ensure_term(parcel: Parcel) -> None:
    if not parcel.tenure:
        if parcel.tenure_years is not None:
            raise Refused(NO_TENURE.format(name=""), field="tenure")
        return
    tenure, use = pack().tenure(parcel.tenure), pack().use(parcel.use)
    if tenure is None or use is None:
        raise Refused(NO_TENURE.format(name=parcel.tenure), field="tenure")
    if tenure.least_years is None:
        if parcel.tenure_years is not None:
            raise Refused(_told(NO_TERM, tenure.label.text), field="tenure_years")
        return
    if parcel.tenure_years is None:
        raise Refused(_told(TERM_MISSING, tenure.label.text), field="tenure_years")
    most = min(tenure.most_years or use.most_years, use.most_years)
    if not tenure.least_years <= parcel.tenure_years <= most:
        told = TERM_BOUNDS.format(least=tenure.least_years, most=most)
        raise Refused(told, field="tenure_years")


def _told(words: Text, label: Text) -> Text:
    return Text(words.zh.format(tenure=label.zh), words.en.format(tenure=label.en))


def _conditions(given: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: _condition(name, value) for name, value in given.items() if value not in (None, "")
    }


def _condition(name: str, value: Any) -> str:
    known = pack().condition(name)
    if known is None:
        raise Refused(NO_CONDITION.format(name=name), field="conditions")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        told = NOT_A_NUMBER
        label = known.label.text
        raise Refused(
            Text(told.zh.format(name=label.zh), told.en.format(name=label.en)), field="conditions"
        )
    return f"{number.normalize():f}"


def _ring(given: Any) -> list[list[float]]:
    if not given:
        return []
    try:
        ring = [[float(x), float(y)] for x, y in given]
    except (TypeError, ValueError):
        raise Refused(RING, field="boundary") from None
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring = ring[:-1]
    inside = all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
    if len(ring) < 3 or len(ring) > 500 or not inside:
        raise Refused(RING, field="boundary")
    return ring


def _plain(value: Any) -> Any:
    if isinstance(value, Place | Unit):
        return value.code
    return str(value) if isinstance(value, Decimal) else value
