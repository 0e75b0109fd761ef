"""What is reported month by month, approved pauses, and the lights that follow."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.models.projects import Project


class MonthlyReport(models.Model):
    """A project's month as reported; a correction is a new row, and ``current`` is the last one.

    Shares of the whole are 0 to 1, cumulative; investment is what was invested in the month alone.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="months")
    month = models.DateField(_("Month"))
    version = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    planned = models.DecimalField(
        _("Planned progress"), max_digits=7, decimal_places=6, null=True, blank=True
    )
    actual = models.DecimalField(
        _("Progress"), max_digits=7, decimal_places=6, null=True, blank=True
    )
    investment_planned = models.DecimalField(
        _("Planned investment (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    invested = models.DecimalField(
        _("Invested (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    due_on = models.DateField(_("Next step due"), null=True, blank=True)
    done_on = models.DateField(_("Step done"), null=True, blank=True)
    statistics_on = models.DateField(_("Entered into statistics"), null=True, blank=True)
    expected_late = models.BooleanField(_("Expected to be late"), null=True, blank=True)
    serious = models.BooleanField(_("Seriously late"), null=True, blank=True)
    reason = models.CharField(_("Why"), max_length=500, blank=True)
    reason_accepted = models.BooleanField(_("Reason accepted"), null=True, blank=True)
    remark = models.TextField(_("Progress of the work"), max_length=4000, blank=True)
    change_reason = models.CharField(_("Why it was corrected"), max_length=500, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["project_id", "month", "version"]
        verbose_name = _("Monthly report")
        verbose_name_plural = _("Monthly reports")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month", "version"], name="monthly_report_version_once"
            ),
            models.UniqueConstraint(
                fields=["project", "month"],
                condition=Q(current=True),
                name="monthly_report_current",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_report_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(change_reason=""), name="monthly_report_says_why"
            ),
        ]
        indexes = [models.Index(fields=["month", "current"], name="monthly_report_month")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month:%Y-%m}/{self.version}"


class Pause(models.Model):
    """Work rests with approval: asked by one person, decided by another, until a day."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="pauses")
    begins = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=500)
    document_no = models.CharField(_("Document number"), max_length=100, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked at"))
    granted = models.BooleanField(_("Approved"), null=True, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Pause")
        verbose_name_plural = _("Pauses")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="pause_dates"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, ruled_by__isnull=True)
                | (Q(granted__isnull=False, ruled_by__isnull=False) & ~Q(ruled_by=F("asked_by"))),
                name="pause_decided_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.begins}–{self.until}"


class LightState(models.Model):
    """The colour of a project in a month under a rule, computed from its months."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="lights")
    rule = models.CharField(_("Rule"), max_length=64)
    month = models.DateField(_("Month"))
    colour = models.CharField(_("Light"), max_length=8)
    before = models.CharField(_("Light of the month before"), max_length=8, blank=True)
    reason = models.JSONField(_("Why"))

    class Meta:
        ordering = ["project_id", "rule", "month"]
        verbose_name = _("Light")
        verbose_name_plural = _("Lights")
        constraints = [
            models.UniqueConstraint(fields=["project", "rule", "month"], name="light_once"),
        ]
        indexes = [models.Index(fields=["rule", "month", "colour"], name="light_month")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.rule} {self.month:%Y-%m} {self.colour}"


class LightOverride(models.Model):
    """A colour set by hand, with its reason, until a day; taking it back is a mark on it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="overrides")
    rule = models.CharField(_("Rule"), max_length=64, blank=True)
    colour = models.CharField(_("Light"), max_length=8)
    reason = models.CharField(_("Reason"), max_length=500)
    begins = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("Set at"))
    withdrawn_at = models.DateTimeField(_("Taken back"), null=True, blank=True)

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Light set by hand")
        verbose_name_plural = _("Lights set by hand")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & Q(until__gte=F("begins")),
                name="override_has_reason_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.colour} {self.begins}–{self.until}"
