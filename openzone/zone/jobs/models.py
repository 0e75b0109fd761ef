"""A job: the outbox row, its lease, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus


class Job(models.Model):
    """One call of a task, written in the transaction that asked for it.

    ``attempts`` grows with every claim and so is the fencing token too: a worker that lost its
    lease holds an old number, and nothing it does under that number is kept.
    """

    task = models.CharField(_("Task"), max_length=200)
    arguments = models.TextField(default='{"args":[],"kwargs":{}}')
    queue = models.CharField(max_length=32)
    priority = models.SmallIntegerField(default=0)
    unique_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - no key
    status = models.CharField(
        _("Status"),
        max_length=16,
        choices=TaskResultStatus.choices,
        default=TaskResultStatus.READY,
    )
    run_after = models.DateTimeField(_("Not before"))
    attempts = models.PositiveIntegerField(_("Attempts"), default=0)
    max_attempts = models.PositiveIntegerField()
    lease_until = models.DateTimeField(null=True)
    workers = models.JSONField(default=list)
    enqueued_at = models.DateTimeField(_("Enqueued"))
    started_at = models.DateTimeField(_("Started"), null=True)
    last_attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("Finished"), null=True)
    result = models.TextField(default="null")
    error_class = models.CharField(max_length=200, blank=True)
    error_traceback = models.TextField(blank=True)
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Job")
        verbose_name_plural = _("Jobs")
        indexes = [models.Index(fields=["status", "run_after"], name="job_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempts__lte=F("max_attempts")), name="job_attempts_in_limit"
            ),
            models.CheckConstraint(
                condition=~Q(status=TaskResultStatus.RUNNING) | Q(lease_until__isnull=False),
                name="job_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
