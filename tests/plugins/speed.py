"""What only costs time is done once, or only where there is something to do."""

import gc
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from tests.plugins.guards import unprotected

# What ``migrate`` writes and no test touches: left alone, it need not be written again.
KEPT = {"django_content_type", "auth_permission"}


def pytest_configure(config: pytest.Config) -> None:
    WhiteNoiseMiddleware.add_files_from_finders = _find_files_once
    TransactionTestCase._fixture_teardown = _empty_databases


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector of garbage pass over the modules and tests, which all stay to the end.

    Beside them little stays, and the collector would look through all of it every few tests: a
    tenth of the time of tests that draw pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 100)


_find_files = WhiteNoiseMiddleware.add_files_from_finders
_files: dict[str, Any] = {}


def _find_files_once(middleware: WhiteNoiseMiddleware) -> None:
    """Read the folders of static files once: every test client has middleware of its own."""
    if not _files:
        _find_files(middleware)
        _files.update(middleware.files)
    middleware.files.update(_files)


def _empty_databases(case: TransactionTestCase) -> None:
    """Take from the tables what a transactional test wrote, from append-only ones too."""
    for alias in case._databases_names(include_mirrors=False):
        _empty(connections[alias])


def _empty(database: BaseDatabaseWrapper) -> None:
    tables = _filled(database)
    with (
        unprotected(database, tables),
        transaction.atomic(using=database.alias),
        database.cursor() as cursor,
    ):
        for table in tables:  # in any order: foreign keys are checked at the end
            cursor.execute(f"DELETE FROM {database.ops.quote_name(table)}")
    apps.get_app_config("audit").start_chain(using=database.alias)


def _filled(database: BaseDatabaseWrapper) -> set[str]:
    """Return the few tables with rows, of almost two hundred."""
    tables = set(database.introspection.django_table_names(only_existing=True)) - KEPT
    quote = database.ops.quote_name
    each = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in tables)
    with database.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {name for (name,) in cursor.fetchall()}
