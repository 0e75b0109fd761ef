"""The enterprises a file brings, and what it adds to who the known ones are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openzone.zone.registry.enums import NameKind, SubjectKind
from openzone.zone.registry.imports.places import Places
from openzone.zone.registry.models import Enterprise, EnterpriseName, Subject

Identity = Mapping[str, str]
_CHUNK = 500
_BETWEEN_NAMES = re.compile(r"[、;；,，\n]+")


def create(
    identities: Mapping[int, Identity], places: Places, *, synthetic: bool
) -> dict[int, int]:
    """Enter enterprises and return their ids by the number the linker gave them."""
    subjects = Subject.objects.bulk_create(Subject(kind=SubjectKind.ENTERPRISE) for _ in identities)
    ids = dict(zip(identities, (subject.pk for subject in subjects), strict=True))
    Enterprise.objects.bulk_create(
        Enterprise(
            subject_id=ids[target],
            root_id=ids[target],
            name=identity["name"],
            uscc=identity.get("uscc"),
            external_id=identity.get("id"),
            short_name=identity.get("short_name", ""),
            place_id=places.of(identity.get("park", "")),
            synthetic=synthetic,
        )
        for target, identity in identities.items()
    )
    _add_names((ids[target], *name) for target, i in identities.items() for name in _former(i))
    return ids


def complete(identities: Mapping[int, Identity], places: Places) -> list[int]:
    """Fill what is blank on known enterprises, add names they are not known by; return which.

    Nothing that stands there is replaced: a file is no authority on what an enterprise is called.
    """
    changed: list[int] = []
    ids = list(identities)
    for start in range(0, len(ids), _CHUNK):
        changed += _complete(ids[start : start + _CHUNK], identities, places)
    return changed


def _complete(ids: Sequence[int], identities: Mapping[int, Identity], places: Places) -> list[int]:
    enterprises = list(Enterprise.objects.filter(pk__in=ids).order_by("pk"))
    filled = [one for one in enterprises if _fill(one, identities[one.pk], places)]
    Enterprise.objects.bulk_update(filled, list(_FILLED), batch_size=100)
    known = _names(ids)
    named = [
        (one.pk, *name)
        for one in enterprises
        for name in _other_names(one, identities[one.pk])
        if (one.pk, name[1]) not in known
    ]
    _add_names(named)
    return [one.pk for one in filled] + [pk for pk, _, _ in named]


_FILLED = ("uscc", "external_id", "short_name", "place")


def _fill(enterprise: Enterprise, identity: Identity, places: Places) -> bool:
    before = _blanks(enterprise)
    enterprise.uscc = enterprise.uscc or identity.get("uscc")
    enterprise.external_id = enterprise.external_id or identity.get("id")
    enterprise.short_name = enterprise.short_name or identity.get("short_name", "")
    enterprise.place_id = enterprise.place_id or places.of(identity.get("park", ""))
    return before != _blanks(enterprise)


def _blanks(enterprise: Enterprise) -> tuple[bool, ...]:
    values = (enterprise.uscc, enterprise.external_id, enterprise.short_name, enterprise.place_id)
    return tuple(not value for value in values)


def _names(ids: Sequence[int]) -> set[tuple[int, str]]:
    """Return the other names on record, each with its enterprise."""
    names = EnterpriseName.objects.filter(enterprise__in=ids).order_by("id")
    return set(names.values_list("enterprise_id", "name"))


def _other_names(enterprise: Enterprise, identity: Identity) -> Iterator[tuple[NameKind, str]]:
    short = identity.get("short_name")
    if short and enterprise.short_name and short != enterprise.short_name:
        yield NameKind.SHORT, short
    for kind, name in _former(identity):
        if name != enterprise.name:
            yield kind, name


def _former(identity: Identity) -> Iterator[tuple[NameKind, str]]:
    names = _BETWEEN_NAMES.split(identity.get("former_name", ""))
    for name in dict.fromkeys(name.strip() for name in names):
        if name and name != identity.get("name"):
            yield NameKind.FORMER, name


def _add_names(names: Iterable[tuple[int, NameKind, str]]) -> None:
    EnterpriseName.objects.bulk_create(
        EnterpriseName(enterprise_id=enterprise, kind=kind, name=name)
        for enterprise, kind, name in names
    )
