"""Other hands on a case: units that assist, meetings, tasks, papers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models.cases import Case
from openzone.zone.people.models import Unit, User


class Part(models.Model):
    """What an assisting unit was asked, and its own answer. Follows the events."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="case_parts")
    asks = models.TextField(_("Asked"), blank=True)
    answer = models.TextField(_("Answer"), blank=True)
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], name="case_part_once"),
        ]
        indexes = [
            models.Index(
                fields=["unit"], condition=Q(answered_at__isnull=True), name="case_part_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class Meeting(models.Model):
    """A joint meeting about a case. Follows the events; ``ref`` is its name there."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="meetings")
    ref = models.CharField(max_length=32)
    called_at = models.DateTimeField(_("Called"))
    planned_at = models.DateTimeField(_("Planned"), null=True, blank=True)
    units: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    held_at = models.DateTimeField(_("Held"), null=True, blank=True)
    attended: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    minutes = models.TextField(_("Minutes"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Meeting")
        verbose_name_plural = _("Meetings")
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="case_meeting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ref}"


class Task(models.Model):
    """What a meeting or leader decided that a unit does until a day. Follows the events."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    ref = models.CharField(max_length=32)
    meeting = models.CharField(max_length=32, blank=True)
    title = models.TextField(_("Task"))
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="case_tasks", db_index=False)
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    finished_at = models.DateTimeField(_("Finished"), null=True, blank=True)
    evidence: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Task")
        verbose_name_plural = _("Tasks")
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="case_task_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "finished_at", "due_at"], name="case_task_owner"),
        ]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """A paper that came with an event; ``field`` names the form field, or is ``evidence``."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    seq = models.PositiveIntegerField()
    field = models.CharField(max_length=64, blank=True)
    file = models.FileField(_("File"), upload_to="cases/%Y/%m/")
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")

    def __str__(self) -> str:
        return self.name
