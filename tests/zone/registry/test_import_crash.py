"""A process that is killed in the middle of an import leaves nothing half-written."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.worker import run_next, run_pending
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.jobs import apply_import, check_import
from openzone.zone.registry.models import Enterprise, Fact, ImportBatch, Source, Subject
from tests.factories import make_uscc
from tests.zone.jobs.conftest import wait_until
from tests.zone.registry.importing import apply, check, row, upload
from tests.zone.registry.workbooks import workbook

pytestmark = pytest.mark.django_db(transaction=True)

ACTOR = ["system", "tests", "tests"]
ROWS = 40
DATA = workbook([row(f"合肥示例{n}号有限公司", make_uscc(1000 + n)) for n in range(ROWS)])


@pytest.fixture
def killed_halfway(tmp_path: Path) -> Callable[[str], int]:
    """Let a process write everything, kill it before it commits, and say what it had written."""

    def run(how: str) -> int:
        started = tmp_path / "started"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.zone.registry.apply_process"],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "openzone.settings",
                "TEST_DATABASE": str(connection.settings_dict["NAME"]),
                "TEST_STARTED": str(started),
                "TEST_AS": how,
            },
        )
        try:
            wait_until(lambda: started.exists() and started.read_text())
        finally:
            process.kill()
            process.wait()
        return int(started.read_text())

    return run


def rows_of_the_record() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Subject, Enterprise, Source, Fact, Event))


def test_nothing_is_there_after_a_kill_and_the_upload_can_still_be_applied(
    killed_halfway: Callable[[str], int],
) -> None:
    batch = check(DATA)
    before = rows_of_the_record()
    assert killed_halfway("command") == 3 * ROWS
    assert rows_of_the_record() == before
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CHECKED
    assert apply(batch).counts["facts_new"] == 3 * ROWS
    assert Enterprise.objects.count() == ROWS


def test_a_killed_job_is_taken_up_again_and_happens_once(
    killed_halfway: Callable[[str], int],
) -> None:
    batch = check(DATA)
    apply_import.enqueue(batch.pk, ACTOR, good_rows_only=False)
    killed_halfway("job")
    assert Fact.objects.count() == 0
    wait_until(lambda: run_next("second"))
    assert (Job.objects.get().attempts, Fact.objects.count()) == (2, 3 * ROWS)


def test_a_job_that_finds_its_upload_applied_leaves_it_so() -> None:
    batch = apply(check(DATA))
    apply_import.enqueue(batch.pk, ACTOR, good_rows_only=False)
    run_pending()
    assert (Job.objects.get().status, Fact.objects.count()) == ("SUCCESSFUL", 3 * ROWS)


def test_the_two_jobs_of_the_browser_bring_a_file_in() -> None:
    batch = upload(DATA)
    check_import.enqueue(batch.pk, ACTOR)
    run_pending()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CHECKED
    apply_import.enqueue(batch.pk, ACTOR, good_rows_only=False)
    run_pending()
    batch.refresh_from_db()
    assert (batch.status, batch.counts["rows_applied"]) == (BatchStatus.APPLIED, ROWS)


def test_two_imports_of_the_same_enterprises_at_once_bring_them_once() -> None:
    uploads = [check(DATA).pk, check(DATA).pk]
    barrier = threading.Barrier(2)
    refused = []

    def run(pk: int) -> None:
        try:
            batch = ImportBatch.objects.get(pk=pk)
            barrier.wait()
            apply(batch)
        except Refused as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(pk,)) for pk in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert Enterprise.objects.count() == ROWS
    assert Fact.objects.count() == 3 * ROWS
