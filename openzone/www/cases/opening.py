"""Opening a case from a form: which types there are for whom, and the form's own fields."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from openzone.engines.cases.definition import case_type
from openzone.engines.cases.fields import FieldKind
from openzone.engines.cases.model import CaseType
from openzone.engines.text import Text
from openzone.www.cases.words import label_of
from openzone.zone.cases.packs import mappings, type_of
from openzone.zone.cases.permissions import may_open
from openzone.zone.cases.selectors.types import latest
from openzone.zone.catalogue.selectors.items import in_force
from openzone.zone.people.models import User

Visitor = User | AnonymousUser
MOST_ITEMS = 500
LAST = 100


class Kind(NamedTuple):
    """A case type somebody can open."""

    id: str
    label: Text
    help: Text | None


def kinds_for(visitor: Visitor, on: dt.date) -> list[Kind]:
    """Return the types a visitor can open; without a login those a type opens to the public.

    What most people come for is first: ``desk: {order: 1}``; types that say none are last.
    """
    known = mappings()
    return [
        Kind(kind, label_of(known[kind]), _help(known[kind]))
        for kind in in_order(known)
        if _opens(visitor, kind, known[kind], on)
    ]


def in_order(kinds: Iterable[str]) -> list[str]:
    """Return types as they are offered."""
    known = mappings()
    return sorted(kinds, key=lambda kind: _desk(known.get(kind, {})).get("order", LAST))


def kind_for(visitor: Visitor, kind: str, on: dt.date) -> Kind:
    """Return one of them; any other is not found."""
    found = next((one for one in kinds_for(visitor, on) if one.id == kind), None)
    if found is None:
        raise Http404
    return found


def _opens(visitor: Visitor, kind: str, mapping: Mapping[str, Any], on: dt.date) -> bool:
    desk = _desk(mapping)
    if desk.get("page"):
        return False  # it has a form of its own elsewhere
    if isinstance(visitor, AnonymousUser):
        return bool(desk.get("public"))
    return may_open(visitor, kind, on).allowed


def _help(mapping: Mapping[str, Any]) -> Text | None:
    found = _desk(mapping).get("help")
    return Text(str(found["zh"]), str(found["en"])) if isinstance(found, Mapping) else None


def _desk(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping.get("desk") or {}


def type_for(kind: str) -> CaseType:
    """Return the type a new case would be opened with: the published one, else the pack's."""
    published = latest(kind)
    return type_of(published) if published is not None else case_type(mappings()[kind])


def sources(type_: CaseType, on: dt.date) -> dict[str, Sequence[tuple[str, str]]]:
    """Return the answers of fields that name an item of the zone's catalogue."""
    asked = [field for field in type_.form if field.kind is FieldKind.ITEM]
    if not asked:
        return {}
    items = list(in_force(on).order_by("name").values_list("code", "name")[:MOST_ITEMS])
    return {field.id: items for field in asked} if items else {}
