"""A worker process is really killed, and really frozen, in the middle of a job."""

import signal

import pytest
from django.db import connection
from django_tasks import TaskResultStatus

from openzone.zone.jobs.models import Job
from openzone.zone.jobs.worker import run_next
from tests.zone.jobs import tasks
from tests.zone.jobs.conftest import effects_of, wait_until


def test_a_job_whose_worker_is_killed_is_resumed_and_happens_once(worker_process, tmp_path):
    tasks.write_then_wait.enqueue("once", str(tmp_path))
    wait_until((tmp_path / "started").exists)
    worker_process.kill()
    worker_process.wait()
    assert effects_of("once") == 0

    (tmp_path / "go").touch()
    wait_until(lambda: run_next("second"))
    job = Job.objects.get()
    assert (job.status, job.attempts) == (TaskResultStatus.SUCCESSFUL, 2)
    assert effects_of("once") == 1


@pytest.mark.parametrize("task", [tasks.wait_then_write, tasks.wait_then_write_apart])
def test_what_a_frozen_worker_does_after_waking_up_is_not_kept(task, worker_process, tmp_path):
    if task.atomic and connection.vendor == "sqlite":
        pytest.skip("a frozen worker in a transaction keeps the whole SQLite database locked")
    task.enqueue("once", str(tmp_path))
    wait_until((tmp_path / "started").exists)
    worker_process.send_signal(signal.SIGSTOP)

    (tmp_path / "go").touch()
    wait_until(lambda: run_next("second"))
    assert effects_of("once") == 1

    worker_process.send_signal(signal.SIGCONT)
    tasks.note.enqueue("the next job of the worker that woke up")
    wait_until(lambda: effects_of("the next job of the worker that woke up"))
    assert effects_of("once") == 1
    job = Job.objects.get(task__contains="wait_then_write")
    assert (job.status, job.attempts) == (TaskResultStatus.SUCCESSFUL, 2)
    assert job.workers[1] == "second"
