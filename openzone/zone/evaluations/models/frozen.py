"""What the database refuses about a final list, and about marks a reviewer locked."""

from django.db import models

from openzone.zone.audit.triggers import Trigger

_FINAL = "评价名单已确定，不能更改 / the evaluation is final and does not change"
_LOCKED = "评审打分已锁定，不能更改 / the marks are locked and do not change"


def final_cycles(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep an evaluation once it is final."""
    return _both(model, "final", "OLD.state = 'final'", _FINAL)


def locked_marks(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep the marks of a reviewer once they are locked."""
    return _both(model, "locked", "OLD.locked_at IS NOT NULL", _LOCKED)


def _both(model: type[models.Model], name: str, wrong: str, reason: str) -> list[Trigger]:
    table = model._meta.db_table
    return [_trigger(table, name, event, wrong, reason) for event in ("UPDATE", "DELETE")]


def _trigger(table: str, name: str, event: str, wrong: str, reason: str) -> Trigger:
    row, said = "OLD" if event == "DELETE" else "NEW", f"{table}: {reason}"
    return Trigger(
        f"{table}_{name}_{event.lower()}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{said}'); END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF; RETURN {row}; END",
    )
