"""Case types: what is published, and what a pack would change."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from openzone.zone.cases.models import TypeVersion
from openzone.zone.cases.packs import mappings, type_of


class Change(NamedTuple):
    """One place where two definitions differ; ``None`` where a side has nothing there."""

    path: str
    before: str | None
    after: str | None


def latest(kind: str) -> TypeVersion | None:
    """Return the version new cases of a type are opened with."""
    return TypeVersion.objects.filter(kind=kind).order_by("-version").first()


def definition(kind: str) -> Mapping[str, Any]:
    """Return the definition new cases of a type get; empty for a type nobody knows."""
    found = latest(kind)
    return found.mapping if found is not None else mappings().get(kind, {})


def published() -> list[TypeVersion]:
    """Return the latest version of every type, by its id."""
    newest: dict[str, TypeVersion] = {}
    for version in TypeVersion.objects.order_by("kind", "version"):
        newest[version.kind] = version
    return list(newest.values())


def waiting() -> dict[str, list[Change]]:
    """Return the types whose pack says something else than what is published, and what."""
    now = {version.kind: version.mapping for version in published()}
    found = {kind: differences(now.get(kind, {}), pack) for kind, pack in mappings().items()}
    return {kind: changes for kind, changes in found.items() if changes}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return every place where two definitions differ, in the order of the new one."""
    return list(_compared("", before, after))


def _compared(path: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    old, new = _entries(before), _entries(after)
    if old is None or new is None:
        yield Change(path, _text(before), _text(after))
        return
    for key in dict.fromkeys([*new, *old]):
        place = f"{path}.{key}" if path else key
        yield from _compared(place, old.get(key), new.get(key))


def _entries(value: Any) -> dict[str, Any] | None:
    """Return the parts of a value by name; entries of a list are called by their id."""
    if isinstance(value, Mapping):
        return {str(key): one for key, one in value.items()}
    named = isinstance(value, list) and all(
        isinstance(one, Mapping) and "id" in one for one in value
    )
    return {str(one["id"]): one for one in value} if named else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def confidential_versions() -> list[int]:
    """Return the types whose cases only who works on them, the centre and leaders see."""
    versions = TypeVersion.objects.defer("definition")
    return [version.pk for version in versions if desk_of(version).get("confidential")]


def desk_of(version: TypeVersion) -> Mapping[str, Any]:
    """Return what a type says about its desk."""
    return type_of(version).mapping.get("desk") or {}
