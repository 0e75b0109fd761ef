from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from tests.plugins.guards import unprotected

Tamper = Callable[..., None]


@pytest.fixture
def tamper(db: None) -> Tamper:
    """``tamper(sql, values)``: what somebody with the database's own password can do."""

    def execute(sql: str, values: tuple[Any, ...] = ()) -> None:
        with unprotected(connection), connection.cursor() as cursor:
            cursor.execute(sql, values)

    return execute


@pytest.fixture
def ten_events(db: None, actor: Actor) -> None:
    with transaction.atomic():
        for number in range(1, 11):
            record("test.happened", actor=actor, subject=f"thing:{number}", payload={"n": number})
