from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.worker import run_pending
from tests.zone.jobs import tasks
from tests.zone.jobs.conftest import effects_of


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_never_runs():
    with transaction.atomic():
        tasks.note.enqueue("never")
        transaction.set_rollback(True)
    assert run_pending() == 0
    assert effects_of("never") == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_is_not_seen_before_its_transaction_commits(in_another_connection):
    with transaction.atomic():
        tasks.note.enqueue("soon")
        assert in_another_connection(run_pending) == 0
    assert in_another_connection(run_pending) == 1
    assert effects_of("soon") == 1


@pytest.mark.django_db
def test_the_result_comes_back_through_the_standard_interface():
    queued = tasks.note.enqueue("x")
    assert queued.status == TaskResultStatus.READY
    run_pending()
    queued.refresh()
    assert queued.is_finished
    assert queued.return_value == "x noted"
    assert queued.attempts == 1
    assert tasks.note.get_result(queued.id).args == ["x"]


@pytest.mark.django_db
@pytest.mark.parametrize("unknown", ["123456", "no number"])
def test_a_result_nobody_queued_does_not_exist(unknown):
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result(unknown)


@pytest.mark.django_db
def test_arguments_that_cannot_be_kept_are_refused_when_queued():
    with pytest.raises(TypeError, match="Unsupported type"):
        tasks.note.enqueue(timezone.now())
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_the_same_key_is_queued_once():
    first = enqueue_once(tasks.note, "2026-11-20", "x")
    second = enqueue_once(tasks.note, "2026-11-20", "x")
    other = enqueue_once(tasks.note, "2026-11-21", "x")
    assert first.id == second.id != other.id
    assert run_pending() == 2
    assert enqueue_once(tasks.note, "2026-11-20", "x").status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db
def test_a_deferred_job_waits_for_its_time():
    later = timezone.now() + timedelta(hours=1)
    job = tasks.note.using(run_after=later).enqueue("later")
    assert run_pending() == 0
    Job.objects.filter(pk=job.id).update(run_after=timezone.now())
    assert run_pending() == 1


@pytest.mark.django_db
def test_urgent_jobs_run_first_and_equals_in_their_order():
    for name, priority in (("third", -5), ("first", 5), ("second", 5)):
        tasks.note.using(priority=priority).enqueue(name)
    run_pending()
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject FROM audit_event ORDER BY seq")
        assert [row[0] for row in cursor.fetchall()] == ["first", "second", "third"]
