"""What the database refuses about a batch that was approved."""

from django.db import models

from openzone.zone.audit.triggers import Trigger
from openzone.zone.indicators.enums import BatchState

_REASON = "已审定，不能更改 / approved batches do not change"


def approved_batches(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that keep a batch once it is approved."""
    table = model._meta.db_table
    return [_trigger(table, event) for event in ("UPDATE", "DELETE")]


def _trigger(table: str, event: str) -> Trigger:
    row = "OLD" if event == "DELETE" else "NEW"
    wrong = f"OLD.state = '{BatchState.APPROVED.value}'"
    reason = f"{table}: {_REASON}"
    return Trigger(
        f"{table}_approved_{event.lower()}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{reason}'; END IF; RETURN {row}; END",
    )
