"""A block in which the database itself refuses to write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only() -> Iterator[None]:
    """Make every write inside the block fail at the database, on either engine."""
    refuse_writes = _query_only if connection.vendor == "sqlite" else _read_only_transaction
    with refuse_writes():
        yield


@contextmanager
def _query_only() -> Iterator[None]:
    # A transaction would take SQLite's only write lock (transaction_mode=IMMEDIATE), so that
    # readers would queue behind a running import. The pragma refuses writes without a lock.
    connection.ensure_connection()
    driver = connection.connection
    # Straight to the driver: after a failed write Django refuses every statement until rollback.
    driver.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        if connection.connection is driver:
            driver.execute("PRAGMA query_only = OFF")


@contextmanager
def _read_only_transaction() -> Iterator[None]:
    # Inside an outer transaction the mode lasts until its savepoint is rolled back, so the block
    # always ends with a rollback; there is nothing to commit.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        try:
            yield
        finally:
            transaction.set_rollback(True)
