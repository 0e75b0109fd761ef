"""What people do about jobs."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django_tasks import TaskResultStatus

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.jobs.models import Job


@transaction.atomic
def retry_job(*, actor: Actor, job: Job, now: datetime) -> Job:
    """Let a failed job try once more."""
    revived = Job.objects.filter(pk=job.pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY,
        run_after=now,
        max_attempts=F("attempts") + 1,
        finished_at=None,
        reason_zh="",
        reason_en="",
    )
    if not revived:
        raise Refused(Text("只有失败的作业可以重试", "only a failed job can be tried again"))
    record("jobs.job.retried", actor=actor, subject=f"job:{job.pk}", payload={"task": job.task})
    job.refresh_from_db()
    return job


@transaction.atomic
def prune_jobs(*, actor: Actor, before: datetime) -> int:
    """Delete jobs that succeeded before a moment; failed ones stay until somebody looks."""
    old = Job.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=before)
    count, _ = old.delete()
    if count:
        record("jobs.pruned", actor=actor, payload={"count": count, "before": before})
    return count
