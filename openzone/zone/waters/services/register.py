"""Waters and sections, their targets and river chiefs: dated, and never written over."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.enums import BodyKind
from openzone.zone.waters.models import Planned, RiverChief, Section, SectionTarget, Water
from openzone.zone.waters.packs import ensure_class
from openzone.zone.waters.writing import ensure_said, note

SAME = Text("双方不能是同一单位", "both sides are one unit")
OTHER_BODY = Text("“{name}”已登记为另一类水体", "“{name}” is on record as another kind of water")
ENDED = Text("该断面已停用", "this section is closed already")
IN_USE = Text(
    "该断面在 {day} 有监测安排，停用日期应在其后",
    "the section is to be sampled on {day}: close it after that day",
)
NOT_OF = Text("该单位不是本断面的一方", "that unit is no side of this section")
OUTSIDE = Text("生效日期早于断面启用日 {day}", "before the section began, on {day}")
HALF = Text("经度和纬度应同时填写", "longitude and latitude go together")


@transaction.atomic
def add_section(
    *, actor: Actor, water: str, body: str, code: str, name: str, one: Unit, other: Unit,
    level: str, document: str, document_on: dt.date, valid_from: dt.date, now: dt.datetime,
    longitude: float | None = None, latitude: float | None = None, synthetic: bool = False,
) -> Section:  # fmt: skip
    """Enter a section with the target it has from its first day, by a document."""
    if one.pk == other.pk:
        raise Refused(SAME, field="other")
    if (longitude is None) != (latitude is None):
        raise Refused(HALF, field="latitude" if latitude is None else "longitude")
    made = Section(
        water=_water(water.strip(), body, synthetic), code=code.strip(), name=name.strip(),
        one=one, other=other, longitude=longitude, latitude=latitude, valid_from=valid_from,
        synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("section.added", actor, f"water_section:{made.pk}", {"code": made.code})
    set_target(actor=actor, section=made, level=level, document=document, now=now,
               document_on=document_on, valid_from=valid_from)  # fmt: skip
    return made


def _water(name: str, body: str, synthetic: bool) -> Water:
    found = Water.objects.filter(name=name).first()
    if found is None:
        found = Water(name=name, body=body, synthetic=synthetic)
        ensure_valid(found)
        found.save()
    elif found.body != BodyKind(body):
        raise Refused(OTHER_BODY.format(name=name), field="body")
    return found


@transaction.atomic
def set_target(
    *, actor: Actor, section: Section, level: str, document: str, document_on: dt.date,
    valid_from: dt.date, now: dt.datetime,
) -> SectionTarget:  # fmt: skip
    """Say which class a section has to have from a day on; what held before is kept."""
    _ensure_within(section, valid_from)
    made = SectionTarget(
        section=section, level=ensure_class(level), valid_from=valid_from,
        document=ensure_said(document, "document"), document_on=document_on,
        by=actor.label[:150], at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("section.target_set", actor, f"water_section:{section.pk}",
         {"level": level, "from": valid_from.isoformat(), "document": made.document})  # fmt: skip
    return made


@transaction.atomic
def name_chief(
    *, actor: Actor, section: Section, side: Unit, name: str, valid_from: dt.date,
    now: dt.datetime, post: str = "", document: str = "", user: User | None = None,
) -> RiverChief:  # fmt: skip
    """Say who answers for a section on one side from a day on."""
    if side.pk not in (section.one_id, section.other_id):
        raise Refused(NOT_OF, field="side")
    _ensure_within(section, valid_from)
    made = RiverChief(
        section=section, side=side, name=name.strip(), post=post.strip(), user=user,
        valid_from=valid_from, document=document.strip(), by=actor.label[:150], at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("section.chief_named", actor, f"water_section:{section.pk}",
         {"side": side.code, "from": valid_from.isoformat()})  # fmt: skip
    return made


@transaction.atomic
def close_section(*, actor: Actor, section: Section, valid_to: dt.date, reason: str) -> Section:
    """End a section on a day; nothing may be planned for it after that day."""
    fresh = Section.objects.select_for_update().get(pk=section.pk)
    if fresh.valid_to is not None:
        raise Refused(ENDED)
    _ensure_within(fresh, valid_to, "valid_to")
    later = Planned.objects.filter(section=fresh, sample_on__gt=valid_to)
    last = later.exclude(campaign__state="cancelled").order_by("-sample_on").first()
    if last is not None:
        raise Refused(IN_USE.format(day=last.sample_on), field="valid_to")
    fresh.valid_to = valid_to
    fresh.save(update_fields=["valid_to"])
    note("section.closed", actor, f"water_section:{fresh.pk}",
         {"to": valid_to.isoformat(), "reason": ensure_said(reason)})  # fmt: skip
    return fresh


def _ensure_within(section: Section, day: dt.date, field: str = "valid_from") -> None:
    if day < section.valid_from:
        raise Refused(OUTSIDE.format(day=section.valid_from), field=field)
