"""Long work in many short transactions, with room for everybody else between them.

SQLite has one writer, and who waits for it looks only now and then whether it is free. A job that
begins its next transaction the moment the last one ended would keep a login waiting for minutes.
"""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
LEAST = 0.01  # seconds


def paced(things: Iterable[T]) -> Iterator[T]:
    """Yield things; on SQLite, rest after each for as long as the work on it took."""
    crowded = connection.vendor == "sqlite"
    for thing in things:
        started = time.monotonic()
        yield thing
        if crowded:
            time.sleep(max(LEAST, time.monotonic() - started))
