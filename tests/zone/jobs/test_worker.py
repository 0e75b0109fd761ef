from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus

from openzone.zone.audit.models import Event
from openzone.zone.jobs import queue
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.worker import run_next, run_pending
from tests.zone.jobs import tasks
from tests.zone.jobs.conftest import effects_of, wait_until

READY, FAILED = TaskResultStatus.READY, TaskResultStatus.FAILED


def _make_due() -> None:
    Job.objects.update(run_after=timezone.now())


@pytest.mark.django_db
def test_a_job_that_breaks_leaves_nothing_behind_and_waits_for_another_try():
    tasks.break_after_writing.enqueue("half")
    before = timezone.now()
    assert run_pending() == 1
    job = Job.objects.get()
    assert effects_of("half") == 0
    assert (job.status, job.attempts) == (READY, 1)
    assert job.run_after >= before + queue.back_off(1)


@pytest.mark.django_db
def test_a_job_is_given_up_after_its_last_attempt_and_says_why():
    result = tasks.break_after_writing.enqueue("half")
    for _ in range(3):
        _make_due()
        assert run_pending() == 1
    _make_due()
    assert run_pending() == 0
    job = Job.objects.get()
    assert (job.status, job.attempts) == (FAILED, 3)
    assert job.reason_zh == queue.FAULT.zh
    result.refresh()
    assert result.errors[0].exception_class is ZeroDivisionError
    assert "break_after_writing" in result.errors[0].traceback
    assert Event.objects.get(action="jobs.job.failed").subject == f"job:{job.pk}"


@pytest.mark.django_db
def test_a_refused_job_is_not_tried_again_and_keeps_the_reason_in_both_languages():
    tasks.refuse.enqueue("no")
    assert run_pending() == 1
    job = Job.objects.get()
    assert (job.status, job.attempts) == (FAILED, 1)
    assert (job.reason_zh, job.reason_en) == ("不可以", "that cannot be")
    assert effects_of("no") == 0


@pytest.mark.django_db
def test_a_result_that_cannot_be_kept_fails_the_job():
    tasks.return_an_object.enqueue()
    run_pending()
    assert "TypeError" in Job.objects.get().error_class


@pytest.mark.django_db
def test_a_job_of_a_task_that_is_gone_fails_instead_of_stopping_the_worker():
    tasks.note.enqueue("x")
    Job.objects.update(task="os.system", max_attempts=1)
    tasks.note.enqueue("y")
    assert run_pending() == 2
    assert Job.objects.get(task="os.system").status == FAILED
    assert effects_of("y") == 1


@pytest.mark.django_db
def test_a_job_that_was_interrupted_too_often_is_given_up():
    tasks.note.enqueue("x")
    for _ in range(3):
        assert queue.claim("dies")
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert queue.claim("next") is None
    job = Job.objects.get()
    assert (job.status, job.reason_en) == (FAILED, queue.LOST.en)
    assert len(job.workers) == 3


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (7, 600), (99, 600)])
def test_the_pause_doubles_up_to_ten_minutes(attempts, seconds):
    assert queue.back_off(attempts) == timedelta(seconds=seconds)


@pytest.mark.django_db
def test_a_worker_that_lost_its_job_can_neither_finish_nor_fail_nor_renew_it():
    tasks.note.enqueue("x")
    old = queue.claim("old")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    new = queue.claim("new")
    with pytest.raises(queue.LostLease):
        queue.complete(old, "late")
    with pytest.raises(queue.LostLease):
        queue.fail(old, ValueError("late"))
    assert not queue.renew(old)
    assert queue.renew(new)
    queue.complete(new, "done")
    assert Job.objects.get().result == '"done"'


@pytest.mark.django_db(transaction=True)
def test_no_job_is_claimed_by_two_workers(at_the_same_time):
    for number in range(20):
        tasks.note.enqueue(f"job:{number}")
    claims = at_the_same_time(4, lambda: [queue.claim("worker") for _ in range(10)])
    claimed = [job.pk for claim in claims for job in claim if job is not None]
    assert sorted(claimed) == sorted(Job.objects.values_list("pk", flat=True))


def test_four_workers_run_a_hundred_jobs_each_exactly_once(workers):
    names = [f"job:{number}" for number in range(100)]
    for name in names:
        tasks.note.enqueue(name)
    workers.start(4)
    wait_until(lambda: not Job.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists())
    assert [effects_of(name) for name in names] == [1] * 100
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_a_worker_told_to_stop_finishes_the_job_in_hand(workers, tmp_path):
    tasks.wait_then_write.enqueue("last", str(tmp_path))
    tasks.note.enqueue("not any more")
    workers.start(1)
    wait_until((tmp_path / "started").exists)
    workers.stop.set()
    (tmp_path / "go").touch()
    workers.join()
    assert (effects_of("last"), effects_of("not any more")) == (1, 0)


def test_the_lease_of_a_long_job_is_renewed_while_it_runs(workers, short_lease, tmp_path):
    tasks.wait_then_write_apart.enqueue("long", str(tmp_path))
    workers.start(1)
    wait_until((tmp_path / "started").exists)
    first = Job.objects.get().lease_until
    wait_until(lambda: timezone.now() > first)
    assert queue.claim("impatient") is None
    (tmp_path / "go").touch()
    wait_until(lambda: Job.objects.get().status == TaskResultStatus.SUCCESSFUL)
    assert (Job.objects.get().attempts, effects_of("long")) == (1, 1)


@pytest.mark.postgres
def test_a_worker_survives_the_loss_of_its_database_connection(workers):
    tasks.note.enqueue("before")
    workers.start(1)
    wait_until(lambda: effects_of("before"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        assert cursor.fetchall()
    tasks.note.enqueue("after")
    wait_until(lambda: effects_of("after"))


@pytest.mark.django_db
def test_running_without_anything_to_do_says_so():
    assert run_next("idle") is False
