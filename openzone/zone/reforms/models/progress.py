"""Reports, checks, and more time: rows nobody rewrites, a correction is a new one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.reforms.models.tasks import Task


class Report(models.Model):
    """What the owner reports: how far it is, in percent, and what proves it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField(_("Progress (%)"))
    text = models.TextField(_("What was achieved"), max_length=4000)
    evidence = models.CharField(_("What proves it"), max_length=500)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["task_id", "id"]
        verbose_name = _("Progress report")
        verbose_name_plural = _("Progress reports")
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="report_at_most_all"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(evidence=""), name="report_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.percent}%"


class ReportCheck(models.Model):
    """What somebody else found when checking a report."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="check_result")
    passed = models.BooleanField(_("Confirmed"))
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(_("Checked at"))

    class Meta:
        ordering = ["report_id"]
        verbose_name = _("Check of a report")
        verbose_name_plural = _("Checks of reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(remark=""), name="report_returned_with_remark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.passed}"


class Extension(models.Model):
    """More time asked for before the day came."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    from_on = models.DateField(_("Due"))
    to_on = models.DateField(_("New day"))
    reason = models.CharField(_("Reason"), max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked at"))

    class Meta:
        ordering = ["task_id", "id"]
        verbose_name = _("Extension of a task")
        verbose_name_plural = _("Extensions of tasks")
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gt=F("from_on")), name="extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} → {self.to_on}"


class ExtensionRuling(models.Model):
    """What somebody else decided about more time."""

    extension = models.OneToOneField(Extension, models.PROTECT, related_name="ruling")
    granted = models.BooleanField(_("Granted"))
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(_("Decided at"))

    class Meta:
        ordering = ["extension_id"]
        verbose_name = _("Decision on an extension")
        verbose_name_plural = _("Decisions on extensions")
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=True) | ~Q(remark=""), name="extension_refused_with_remark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extension_id} {self.granted}"
