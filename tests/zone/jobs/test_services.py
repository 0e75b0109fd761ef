from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.jobs.jobs import prune
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.services import retry_job
from openzone.zone.jobs.worker import run_pending
from tests.zone.jobs import tasks

pytestmark = pytest.mark.django_db


def test_a_failed_job_can_be_tried_once_more(actor):
    tasks.refuse.enqueue("x")
    run_pending()
    job = retry_job(actor=actor, job=Job.objects.get(), now=timezone.now())
    assert (job.status, job.reason_zh) == (TaskResultStatus.READY, "")
    assert Event.objects.filter(action="jobs.job.retried", subject=f"job:{job.pk}").count() == 1
    assert run_pending() == 1
    job.refresh_from_db()
    assert (job.status, job.attempts) == (TaskResultStatus.FAILED, 2)


def test_a_job_that_succeeded_is_not_tried_again(actor):
    tasks.note.enqueue("x")
    run_pending()
    with pytest.raises(Refused, match="只有失败的作业可以重试"):
        retry_job(actor=actor, job=Job.objects.get(), now=timezone.now())


def test_only_jobs_that_succeeded_long_ago_are_forgotten():
    for task in (tasks.note, tasks.note, tasks.refuse):
        task.enqueue("x")
        run_pending()
    old, recent, failed = Job.objects.order_by("pk")
    long_ago = timezone.now() - timedelta(days=32)
    Job.objects.filter(pk__in=[old.pk, failed.pk]).update(finished_at=long_ago)
    assert prune.call(timezone.localdate().isoformat()) == 1
    assert set(Job.objects.all()) == {recent, failed}
    assert Event.objects.get(action="jobs.pruned").details["count"] == 1
