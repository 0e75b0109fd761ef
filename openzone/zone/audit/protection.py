"""Tables the database keeps from being rewritten.

An application calls ``protect(Model)`` in ``AppConfig.ready``. The triggers are put in place after
every ``migrate``, because Django re-creates a SQLite table to alter it and its triggers are lost.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from openzone.zone.audit.triggers import Trigger, append_only

_protected: dict[type[models.Model], Callable[[type[models.Model]], Sequence[Trigger]]] = {}


def protect(
    model: type[models.Model],
    triggers: Callable[[type[models.Model]], Sequence[Trigger]] = append_only,
) -> None:
    """Keep the rows of a model's table as they were written."""
    _protected[model] = triggers


def wanted(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """Yield the triggers this engine needs on the tables that exist by now."""
    tables = set(connection.introspection.table_names())
    for model, triggers in _protected.items():
        if model._meta.db_table in tables:
            yield from (t for t in triggers(model) if getattr(t, connection.vendor))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are absent, switched off or altered."""
    return [trigger.name for trigger in _missing(connection)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every missing trigger in place; a trigger that was altered is made anew."""
    with connection.cursor() as cursor:
        for trigger in _missing(connection):
            for statement in _statements(trigger, connection.vendor):
                cursor.execute(statement)


def restore(using: str, **_: Any) -> None:
    """Put the triggers back after a migration (``post_migrate``)."""
    install(connections[using])


def check(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Report a table that lost its protection, when the databases are checked at start-up."""
    return [
        Error(
            f"the trigger {name} is missing or altered",
            hint="Run migrate to restore it, then verify the log: rows may have been changed.",
            id="audit.E001",
        )
        for alias in databases or ()
        for name in missing(connections[alias])
    ]


def _missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    present = _present(connection)
    return [
        trigger
        for trigger in wanted(connection)
        if present.get(trigger.name) != _fingerprint(trigger, connection.vendor)
    ]


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the fingerprint of each trigger in force, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        return dict(cursor.fetchall())


def _fingerprint(trigger: Trigger, vendor: str) -> str:
    return trigger.body if vendor == "postgresql" else _create_sqlite(trigger)


def _create_sqlite(trigger: Trigger) -> str:
    return f"CREATE TRIGGER {trigger.name} {trigger.sqlite}"


def _statements(trigger: Trigger, vendor: str) -> list[str]:
    name, table = trigger.name, trigger.table
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}", _create_sqlite(trigger)]
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
    return [
        f"{function} AS $body${trigger.body}$body$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {trigger.postgresql} EXECUTE FUNCTION {name}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


_INSTALLED = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
    ),
}
