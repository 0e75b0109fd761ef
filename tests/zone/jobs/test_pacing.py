"""Long work leaves room for others between its transactions."""

import pytest
from django.db import connection

from openzone.zone.jobs import pacing


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []
    monkeypatch.setattr(pacing.time, "sleep", taken.append)
    return taken


def test_everything_is_worked_on_in_its_order(rests: list[float]) -> None:
    assert list(pacing.paced("abc")) == ["a", "b", "c"]


def test_one_writer_rests_between_its_transactions(rests: list[float]) -> None:
    list(pacing.paced(range(3)))
    expected = 3 if connection.vendor == "sqlite" else 0
    assert len(rests) == expected
    assert all(rest >= pacing.LEAST for rest in rests)
