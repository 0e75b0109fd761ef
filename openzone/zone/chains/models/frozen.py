"""What the database refuses about rows that are taken back, never changed."""

from collections.abc import Callable, Sequence

from django.db import models

from openzone.zone.audit.triggers import Trigger

_REASON = "只能撤回，不能更改 / is taken back, never changed"


def written_once(*kept: str) -> Callable[[type[models.Model]], Sequence[Trigger]]:
    """Return the triggers of a table whose rows are only withdrawn, once; ``kept`` never change.

    The columns named hold a value in every row.
    """

    def triggers(model: type[models.Model]) -> Sequence[Trigger]:
        changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in kept)
        wrong = f"OLD.withdrawn_at IS NOT NULL OR {changed}"
        return [_refuse(model, "UPDATE", wrong), _refuse(model, "DELETE", "TRUE")]

    return triggers


def _refuse(model: type[models.Model], event: str, wrong: str) -> Trigger:
    table, row = model._meta.db_table, "OLD" if event == "DELETE" else "NEW"
    reason = f"{table}: {_REASON}"
    return Trigger(
        f"{table}_kept_{event.lower()}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{reason}'; END IF; RETURN {row}; END",
    )
