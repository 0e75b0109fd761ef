"""What the database refuses about an agreement that is signed."""

from django.db import models

from openzone.zone.audit.triggers import Trigger

_KEPT = ("project_id", "kind", "number", "title", "signed_on", "file", "name", "sha256")
_REASON = "已签订，条款不能更改 / signed: its terms do not change"


def signed_agreements(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep a signed agreement: it ends, and nothing else happens to it."""
    table = model._meta.db_table
    changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)
    other = "COALESCE(NEW.amends_id, 0) <> COALESCE(OLD.amends_id, 0)"
    rewritten = f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR {other} OR {changed})"
    again = "OLD.state = 'ended' AND NEW.state <> 'ended'"
    return [
        _trigger(table, "UPDATE", f"({rewritten}) OR ({again})"),
        _trigger(table, "DELETE", "OLD.state <> 'draft'"),
    ]


def sealed_clauses(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep a promise once it was signed."""
    table = model._meta.db_table
    return [_trigger(table, event, "OLD.sealed") for event in ("UPDATE", "DELETE")]


def _trigger(table: str, event: str, wrong: str) -> Trigger:
    row = "OLD" if event == "DELETE" else "NEW"
    reason = f"{table}: {_REASON}"
    return Trigger(
        f"{table}_signed_{event.lower()}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{reason}'; END IF; RETURN {row}; END",
    )
