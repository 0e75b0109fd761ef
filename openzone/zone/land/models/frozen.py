"""What the database refuses about promises that were signed."""

from django.db import models

from openzone.zone.audit.triggers import Trigger

_KEPT = (
    "parcel_id", "number", "promiser", "control", "signed_on", "completion_due",
    "full_output_due", "file", "name", "sha256",
)  # fmt: skip
_REASON = "已签订，承诺不能更改 / signed: its promises do not change"


def signed_standards(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep a signed agreement: it ends, and nothing else happens to it."""
    changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)
    rewritten = f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed})"
    again = "OLD.state = 'ended' AND NEW.state <> 'ended'"
    return [
        _trigger(model, "UPDATE", f"({rewritten}) OR ({again})"),
        _trigger(model, "DELETE", "OLD.state <> 'draft'"),
    ]


def sealed_promises(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep a promise once it was signed."""
    return [_trigger(model, event, "OLD.sealed") for event in ("UPDATE", "DELETE")]


def _trigger(model: type[models.Model], event: str, wrong: str) -> Trigger:
    table, row = model._meta.db_table, "OLD" if event == "DELETE" else "NEW"
    reason = f"{table}: {_REASON}"
    return Trigger(
        f"{table}_signed_{event.lower()}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{reason}'; END IF; RETURN {row}; END",
    )
