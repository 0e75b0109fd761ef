"""What a document asks the units of the zone to do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.enums import TaskState
from openzone.zone.policies.models.documents import Document


class DocumentTask(models.Model):
    """One task of a document (任务分解): what, whose, until when."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="tasks")
    title = models.CharField(_("Task"), max_length=300)
    clause = models.CharField(_("Clause"), max_length=64, blank=True)
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        related_name="document_tasks",
        verbose_name=_("Responsible unit"),
    )
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    state = models.CharField(
        _("State"), max_length=16, choices=TaskState.choices, default=TaskState.OPEN
    )
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        ordering = ["document_id", "id"]
        verbose_name = _("Task")
        verbose_name_plural = _("Tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_on__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(done_on__isnull=True)),
                name="document_task_done_on",
            ),
        ]

    def __str__(self) -> str:
        return self.title
