import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection

from openzone.zone.audit.models import Event
from openzone.zone.jobs import schedule
from openzone.zone.jobs.worker import run_worker

LEASE = 1.0
DEADLINE = 60.0


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something to come true, and fail when it does not."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def effects_of(what: str) -> int:
    """How often a job's effect is in the database."""
    return Event.objects.filter(action="test.ran", subject=what).count()


@pytest.fixture(autouse=True)
def _nothing_scheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the daily tasks of the real applications out of the tests' queue."""
    monkeypatch.setattr(schedule, "_ticks", [])


@pytest.fixture
def short_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.TASKS["default"]["OPTIONS"], "LEASE", LEASE)


@pytest.fixture
def worker_process(transactional_db: None, short_lease: None) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker process, killed at the end whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.zone.jobs.worker_process"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "openzone.settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "TEST_LEASE": str(LEASE),
        },
    )
    yield process
    process.kill()
    process.wait()


class Workers:
    """Workers in threads beside the test, as beside the demo server."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self, count: int) -> None:
        for _ in range(count):
            thread = threading.Thread(target=run_worker, args=(self.stop,), kwargs={"poll": 0.01})
            self.threads.append(thread)
            thread.start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join(DEADLINE)
            assert not thread.is_alive()


@pytest.fixture
def workers(transactional_db: None) -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.stop.set()
    workers.join()
