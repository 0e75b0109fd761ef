"""Guards: each turns a whole kind of bug into a failing test."""

import random
import socket
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, QuerySet
from django.utils import translation

from openzone.zone.audit import protection
from openzone.zone.database import note_migrations

LOOPBACK = ("127.", "::1", "localhost")

# Random, but the same examples on every machine: a red test is red for everybody.
hypothesis.settings.register_profile("openzone", deadline=None, derandomize=True)
hypothesis.settings.load_profile("openzone")


def pytest_configure(config: pytest.Config) -> None:
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    QuerySet._fetch_all = _fetch_all_shuffled
    socket.socket.connect = _connect_nearby


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs --database postgres")


class UndefinedVariableError(Exception):
    """A template asks for a variable that its view did not give."""


class _Undefined(str):
    """What Django formats with the name of a template variable it cannot find."""

    def __mod__(self, name: object) -> str:
        raise UndefinedVariableError(f"the template variable {name} is not defined")


_fetch_all = QuerySet._fetch_all


def _fetch_all_shuffled(queryset: QuerySet[Any]) -> None:
    """Shuffle what comes in no promised order, so that nothing can rely on luck."""
    fresh = queryset._result_cache is None
    _fetch_all(queryset)
    if fresh and not queryset.ordered:
        random.shuffle(queryset._result_cache)


@contextmanager
def unprotected(
    database: BaseDatabaseWrapper, tables: Container[str] | None = None
) -> Iterator[None]:
    """Take the triggers of append-only tables away, as only a test or an intruder does."""
    wanted = [t for t in protection.wanted(database) if tables is None or t.table in tables]
    with database.cursor() as cursor:
        for trigger in wanted:
            on_table = f" ON {trigger.table}" if database.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")
    try:
        yield
    finally:
        protection.install(database)


APART = 10_000
_SEQUENCES = {
    "sqlite": "INSERT INTO sqlite_sequence (name, seq) VALUES (%(table)s, %(last)s)",
    "postgresql": "SELECT setval(pg_get_serial_sequence(%(table)s, %(column)s), %(last)s)",
}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let the records of each table have numbers that no other table's records have.

    Else a test that asks for one by the number of another passes while both happen to be 1.
    """
    with django_db_blocker.unblock():
        note_migrations()  # a test that migrates finds nothing left to do
        _number_apart()


def _number_apart() -> None:
    models = sorted(apps.get_models(), key=lambda model: model._meta.db_table)
    counted = [model._meta for model in models if isinstance(model._meta.pk, AutoField)]
    with connection.cursor() as cursor:
        for place, meta in enumerate(counted, start=1):
            given = {"table": meta.db_table, "column": meta.pk.column, "last": place * APART}
            cursor.execute(_SEQUENCES[connection.vendor], given)


_connect = socket.socket.connect


def _connect_nearby(sock: socket.socket, address: Any) -> None:
    """Refuse every connection that would leave this machine."""
    if sock.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
        raise RuntimeError(f"a test must not use the network: {address}")
    _connect(sock, address)


@pytest.fixture(autouse=True)
def _same_shuffle_every_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Seed by the test's name: a failure can be run again."""
    state = random.getstate()
    random.seed(request.node.nodeid)
    yield
    random.setstate(state)


@pytest.fixture(autouse=True)
def _nothing_left() -> None:
    """Nobody is refused or spoken to in English because the test before asked so."""
    cache.clear()
    translation.deactivate()
