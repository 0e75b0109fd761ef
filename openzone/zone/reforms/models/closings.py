"""The finishing of a programme, what was carried on, and its reopening: rows nobody rewrites."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.reforms.models.tasks import Programme, Task


class Closing(models.Model):
    """Somebody says that a programme is finished; it counts when somebody else confirms it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="closings")
    summary = models.TextField(_("What was achieved"), max_length=4000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked at"))

    class Meta:
        ordering = ["programme_id", "id"]
        verbose_name = _("Finishing of a programme")
        verbose_name_plural = _("Finishings of programmes")
        constraints = [
            models.CheckConstraint(condition=~Q(summary=""), name="closing_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.asked_at:%Y-%m-%d}"


class CarriedTask(models.Model):
    """A task that is not done: why, and with which day it goes on in the next programme."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="carried")
    task = models.ForeignKey(Task, models.PROTECT, related_name="carried")
    into = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", verbose_name=_("Next programme")
    )
    due_on = models.DateField(_("New day"))
    reason = models.CharField(_("Reason"), max_length=500)

    class Meta:
        ordering = ["closing_id", "id"]
        verbose_name = _("Task carried on")
        verbose_name_plural = _("Tasks carried on")
        constraints = [
            models.UniqueConstraint(fields=["closing", "task"], name="carried_once_a_closing"),
            models.CheckConstraint(condition=~Q(reason=""), name="carried_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} → {self.into_id}"


class ClosingRuling(models.Model):
    """What somebody else found about a closing."""

    closing = models.OneToOneField(Closing, models.PROTECT, related_name="ruling")
    confirmed = models.BooleanField(_("Confirmed"))
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(_("Decided at"))

    class Meta:
        ordering = ["closing_id"]
        verbose_name = _("Decision on a closing")
        verbose_name_plural = _("Decisions on closings")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(remark=""), name="closing_returned_with_remark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.confirmed}"


class Reopening(models.Model):
    """A finished programme goes on, and why."""

    ruling = models.OneToOneField(ClosingRuling, models.PROTECT, related_name="reopening")
    reason = models.CharField(_("Reason"), max_length=500)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(_("Reopened at"))

    class Meta:
        ordering = ["ruling_id"]
        verbose_name = _("Reopening of a programme")
        verbose_name_plural = _("Reopenings of programmes")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopened_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.ruling_id}"
