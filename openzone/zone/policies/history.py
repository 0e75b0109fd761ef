"""What every service of the library leaves behind: the fields that changed, and one event."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.policies.models import Change, Document, Item

# The day of a line in the history says these already.
_IMPLIED = frozenset({"published_on", "withdrawn_on"})

Fields = Mapping[str, tuple[str, str]]
"""Field name → what it said before and what it says now."""

# What a document or item says. Where it is kept, how it is spelt in English or who runs it changes
# nothing for somebody who was given an answer under it.
SAYS = frozenset(
    {
        "title",
        "number",
        "effective_from",
        "effective_to",
        "supersedes",
        "text",
        "clause",
        "kind",
        "mode",
        "rule_id",
        "region",
        "window_from",
        "window_to",
        "materials",
    }
)


def differences(instance: models.Model, given: Mapping[str, Any]) -> Fields:
    """Set the given values on an instance (unsaved) and return the fields that changed."""
    changed: dict[str, tuple[str, str]] = {}
    for name, value in given.items():
        old = getattr(instance, name)
        if old != value:
            setattr(instance, name, value)
            changed[name] = (as_text(old), as_text(value))
    return changed


def save_changes(instance: Document | Item, changed: Fields) -> None:
    """Check and save an instance whose fields were changed; its version grows if what it says does.

    A refusal names the field at fault.
    """
    if SAYS & changed.keys() and instance.pk is not None:
        instance.version += 1
    ensure_valid(instance)
    instance.save()


def note(
    action: str,
    *,
    actor: Actor,
    document: Document,
    item: Item | None = None,
    changed: Fields | None = None,
    about: str = "",
    payload: Mapping[str, JSON] | None = None,
) -> None:
    """Add a line to the history for every changed field (one for none), and record the event."""
    told = {name: pair for name, pair in (changed or {}).items() if name not in _IMPLIED}
    fields = told or {"": ("", about)}
    Change.objects.bulk_create(
        Change(
            document=document,
            item=item,
            who=actor.label[:150],
            action=action,
            field=name,
            old=old,
            new=new,
        )
        for name, (old, new) in fields.items()
    )
    details: dict[str, JSON] = {"fields": sorted(changed or {})} | dict(payload or {})
    record(action, actor=actor, subject=label(item or document), payload=details)


def label(of: Document | Item) -> str:
    """Return the name of a document or item in the log, such as ``item:12``."""
    return f"{'item' if isinstance(of, Item) else 'document'}:{of.pk}"


def locked_document(document: Document) -> Document:
    """Lock a document until the transaction ends, so that its writers take turns."""
    return Document.objects.select_for_update().get(pk=document.pk)


def locked_item(item: Item) -> Item:
    """Lock an item and read it anew, with its document."""
    current = Item.objects.select_for_update(of=("self",)).select_related("document", "owner")
    return current.get(pk=item.pk)


def ensure_known(given: Iterable[str], fields: frozenset[str]) -> None:
    """Refuse a field that nobody may set: a fault of the caller, not of a person."""
    unknown = set(given) - fields
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")


def ensure_reason(reason: str) -> str:
    """Return a reason, or refuse to go on without one."""
    if not reason.strip():
        raise Refused(Text("请说明原因", "say why"), field="reason")
    return reason.strip()[:200]


def as_text(value: Any) -> str:
    """Write a value for the history: dates as ISO, records by name, nothing as nothing."""
    return "" if value is None else str(value)
