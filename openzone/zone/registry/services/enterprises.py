"""Entering enterprises into the record and keeping who they are up to date."""

import datetime as dt
from typing import TypedDict

from django.db import transaction

from openzone.engines.identity.uscc import InvalidCreditCode, parse
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.registry.enums import NameKind, PlaceKind, SubjectKind
from openzone.zone.registry.models import Enterprise, EnterpriseName, Place, Source, Subject
from openzone.zone.registry.services.listing import refresh
from openzone.zone.registry.services.subjects import ensure_not_absorbed, label


class Changes(TypedDict, total=False):
    """What can be changed about an enterprise besides its full name (see ``rename``)."""

    external_id: str | None
    uscc: str | None
    short_name: str
    place: Place | None


@transaction.atomic
def create_enterprise(
    *,
    actor: Actor,
    name: str,
    uscc: str | None = None,
    external_id: str | None = None,
    short_name: str = "",
    place: Place | None = None,
    synthetic: bool = False,
) -> Enterprise:
    """Enter an enterprise; a code or own number that another one has is refused, naming it."""
    enterprise = Enterprise(
        subject=Subject.objects.create(kind=SubjectKind.ENTERPRISE),
        name=name.strip(),
        short_name=short_name.strip(),
        place=place,
        synthetic=synthetic,
    )
    _set_codes(enterprise, uscc, external_id)
    _ensure_acceptable(enterprise)
    enterprise.root_id = enterprise.pk
    enterprise.save(force_insert=True)
    refresh([enterprise.pk])
    payload = {"name": enterprise.name, "uscc": enterprise.uscc}
    record("registry.enterprise.created", actor=actor, subject=label(enterprise), payload=payload)
    return enterprise


@transaction.atomic
def update_enterprise(
    *, actor: Actor, enterprise: Enterprise, changes: Changes, reason: str = ""
) -> Enterprise:
    """Change codes, short name or park; what is not among ``changes`` stays."""
    ensure_not_absorbed(enterprise)
    current = _locked(enterprise)
    before = {field: _plain(getattr(current, field)) for field in changes}
    _set_codes(
        current,
        changes.get("uscc", current.uscc),
        changes.get("external_id", current.external_id),
    )
    current.short_name = changes.get("short_name", current.short_name).strip()
    current.place = changes.get("place", current.place)
    _ensure_acceptable(current)
    current.save()
    refresh([current.pk])
    after = {field: _plain(getattr(current, field)) for field in changes}
    record(
        "registry.enterprise.updated",
        actor=actor,
        subject=label(current),
        payload={"before": before, "after": after, "reason": reason},
    )
    return current


@transaction.atomic
def rename_enterprise(
    *, actor: Actor, enterprise: Enterprise, name: str, first_day: dt.date, reason: str = ""
) -> Enterprise:
    """Give an enterprise a new full name from a day on; the old one stays as its former name."""
    ensure_not_absorbed(enterprise)
    current = _locked(enterprise)
    former = current.name
    if name.strip() == former:
        raise Refused(Text("新名称与现名称相同", "the name is the same"), field="name")
    current.name = name.strip()
    _ensure_acceptable(current)
    current.save()
    last_day = first_day - dt.timedelta(days=1)
    _add_name(
        EnterpriseName(enterprise=current, name=former, kind=NameKind.FORMER, valid_to=last_day)
    )
    refresh([current.pk])
    record(
        "registry.enterprise.renamed",
        actor=actor,
        subject=label(current),
        payload={"from": former, "to": current.name, "first_day": first_day, "reason": reason},
    )
    return current


@transaction.atomic
def add_name(
    *,
    actor: Actor,
    enterprise: Enterprise,
    name: str,
    kind: NameKind,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    source: Source | None = None,
) -> EnterpriseName:
    """Record another name under which the enterprise is found and linked."""
    ensure_not_absorbed(enterprise)
    added = _add_name(
        EnterpriseName(
            enterprise=enterprise,
            name=name.strip(),
            kind=kind,
            valid_from=valid_from,
            valid_to=valid_to,
            source=source,
        )
    )
    refresh([enterprise.pk])
    record(
        "registry.enterprise.name_added",
        actor=actor,
        subject=label(enterprise),
        payload={"name": added.name, "kind": str(kind)},
    )
    return added


@transaction.atomic
def create_place(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: PlaceKind,
    division: str = "",
    parent: Place | None = None,
) -> Place:
    """Create a zone, park, street, community, grid or parcel."""
    place = Place(code=code, name=name.strip(), kind=kind, division=division, parent=parent)
    ensure_valid(place)
    place.save()
    record(
        "registry.place.created", actor=actor, subject=f"place:{place.pk}", payload={"code": code}
    )
    return place


def _locked(enterprise: Enterprise) -> Enterprise:
    return Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)


def _set_codes(enterprise: Enterprise, uscc: str | None, external_id: str | None) -> None:
    enterprise.uscc = _credit_code(uscc)
    enterprise.external_id = (external_id or "").strip() or None


def _credit_code(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    try:
        return parse(text).code
    except InvalidCreditCode as error:
        raise Refused(error.reason, field="uscc") from None


def _ensure_acceptable(enterprise: Enterprise) -> None:
    """Refuse what no enterprise can be; a code that is taken is refused with its holder's name."""
    others = Enterprise.objects.exclude(pk=enterprise.pk)
    if enterprise.uscc:
        _ensure_free(others.filter(uscc=enterprise.uscc, merged_into__isnull=True).first(), "uscc")
    if enterprise.external_id:
        _ensure_free(others.filter(external_id=enterprise.external_id).first(), "external_id")
    ensure_valid(enterprise)


def _ensure_free(holder: Enterprise | None, field: str) -> None:
    if holder is not None:
        raise Refused(
            Text("已由“{name}”使用", "is already that of “{name}”").format(name=holder.name),
            field=field,
        )


def _add_name(name: EnterpriseName) -> EnterpriseName:
    """Save a name, unless it is on record already as what it is."""
    ensure_valid(name)
    name.save()
    return name


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
