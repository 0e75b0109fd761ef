"""Zones of their own for commands that run as processes, on the database of the test session."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

_numbers = count(1)


@dataclass(frozen=True)
class Zone:
    """A database and a data folder: as environment variables for a command, and to look into."""

    data: Path
    url: str  # empty: SQLite in the data folder

    @property
    def environment(self) -> dict[str, str]:
        return {"OPENZONE_DATA": str(self.data), "DATABASE_URL": self.url}

    def one(self, sql: str) -> Any:
        """Return the only value that a query finds."""
        with self._connection() as connection:
            return connection.execute(sql).fetchone()[0]

    def all(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows that a query finds."""
        with self._connection() as connection:
            return list(connection.execute(sql).fetchall())

    def counts(self) -> dict[str, int]:
        """How much the record holds."""
        tables = ("registry_enterprise", "registry_fact", "registry_source")
        return {table: self.one(f"SELECT count(*) FROM {table}") for table in tables}

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        if self.url:
            with psycopg.connect(self.url.replace("postgres://", "postgresql://")) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(self.data / "zone.sqlite3", timeout=60)) as connection:
                yield connection


def new_zone(folder: Path, like: Zone | None = None) -> Zone:
    """A zone without a database yet, or a copy of another."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        if like:
            shutil.copytree(like.data, folder / "data")
        return Zone(folder / "data", "")
    name = f"cli_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}_{next(_numbers)}"
    template = f" TEMPLATE {like.url.rpartition('/')[2]}" if like else ""
    with psycopg.connect(server.replace("postgres://", "postgresql://"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}{template}")
    return Zone(folder / "data", f"{server.rpartition('/')[0]}/{name}")
