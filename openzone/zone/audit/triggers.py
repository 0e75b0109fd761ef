"""What the database itself refuses, written once for each engine.

On PostgreSQL every trigger is ``ENABLE ALWAYS``: the replication role does not switch it off. No
trigger may name a second table, because SQLite refuses to re-create a table that another table's
trigger names, and that is how Django alters one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import UniqueConstraint

from openzone.zone.audit.chain import GENESIS


@dataclass(frozen=True, slots=True)
class Trigger:
    """One thing refused on one table; an engine whose text is empty needs no trigger for it.

    ``sqlite`` is ``<event> ... BEGIN ... END``; ``postgresql`` is ``<event> FOR EACH ...`` with
    ``body`` as the PL/pgSQL function.
    """

    name: str
    table: str
    sqlite: str = ""
    postgresql: str = ""
    body: str = ""


def append_only(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers that let rows in and never change or lose one."""
    table = model._meta.db_table
    return [
        _refuse(table, "update", postgresql="BEFORE UPDATE OR DELETE OR TRUNCATE"),
        _refuse(table, "delete"),
        _no_replace(model),
    ]


def chain_links(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers of the log: append only, each row one step on and linked to the last."""
    table = model._meta.db_table
    last = f"SELECT COALESCE(MAX(seq), 0) FROM {table}"  # noqa: S608 - a table's own name
    link = f"SELECT hash FROM {table} WHERE seq = NEW.seq - 1"  # noqa: S608
    forged = f"NEW.seq <> ({last}) + 1 OR NEW.previous <> COALESCE(({link}), '{GENESIS}')"
    return [*append_only(model), _refuse_row(table, "link", "INSERT", forged)]


def forward_only(model: type[models.Model]) -> list[Trigger]:
    """Return the triggers of the head row: never lost, and one step forward at a time."""
    table = model._meta.db_table
    return [
        _refuse_row(table, "step", "UPDATE", "NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1"),
        _refuse(table, "delete", postgresql="BEFORE DELETE OR TRUNCATE"),
        _no_replace(model),
    ]


def _refuse(table: str, event: str, *, postgresql: str = "") -> Trigger:
    name = f"{table}_no_{event}"
    return Trigger(
        name,
        table,
        sqlite=f"BEFORE {event.upper()} ON {table} BEGIN {_abort(table)} END",
        postgresql=postgresql and f"{postgresql} ON {table} FOR EACH STATEMENT",
        body=f"BEGIN {_raise(table)} END",
    )


def _refuse_row(table: str, what: str, event: str, wrong: str) -> Trigger:
    return Trigger(
        f"{table}_no_false_{what}",
        table,
        sqlite=f"BEFORE {event} ON {table} WHEN {wrong} BEGIN {_abort(table)} END",
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {wrong} THEN {_raise(table)} END IF; RETURN NEW; END",
    )


def _no_replace(model: type[models.Model]) -> Trigger:
    """Return the guard against INSERT OR REPLACE, which fires no delete trigger on SQLite."""
    table = model._meta.db_table
    same = " OR ".join(f"({_same(columns)})" for columns in _unique(model))
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - its own names
    return Trigger(
        f"{table}_no_replace",
        table,
        sqlite=f"BEFORE INSERT ON {table} WHEN {taken} BEGIN {_abort(table)} END",
    )


def _unique(model: type[models.Model]) -> Iterator[Sequence[str]]:
    """Yield the columns of every key of a table; a conditional key cannot be guarded."""
    columns = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    yield from ([columns[f.name]] for f in model._meta.local_concrete_fields if f.unique)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            if constraint.condition is not None or not constraint.fields:
                raise ImproperlyConfigured(f"{constraint.name}: no trigger can see this key")
            yield [columns[name] for name in constraint.fields]


def _same(columns: Sequence[str]) -> str:
    return " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)


def _abort(table: str) -> str:
    return f"SELECT RAISE(ABORT, '{table}: {_MESSAGE}');"


def _raise(table: str) -> str:
    return f"RAISE EXCEPTION '{table}: {_MESSAGE}';"


_MESSAGE = "只可追加 / append-only"
