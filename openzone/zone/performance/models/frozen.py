"""What the database refuses about an evaluation that is final."""

from django.db import models

from openzone.zone.audit.triggers import Trigger

_REASON = "考核结果已确定，不能更改 / the evaluation is final and does not change"


def final_rounds(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep an evaluation once it is final."""
    table = model._meta.db_table
    return [_trigger(table, event) for event in ("UPDATE", "DELETE")]


def _trigger(table: str, event: str) -> Trigger:
    row, wrong = ("OLD" if event == "DELETE" else "NEW"), "OLD.state = 'final'"
    reason = f"{table}: {_REASON}"
    return Trigger(
        f"{table}_final_{event.lower()}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{reason}'; END IF; RETURN {row}; END",
    )
