"""Reports that firms and parks owe for a period: rounds, what each reported, its steps."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.enums import ReportState
from openzone.zone.indicators.models.entities import Entity


class ReportRound(models.Model):
    """A form that is to be reported for a period; ``version`` is that of the form then in force.

    ``period`` is the canonical text of ``engines.series.periods``: January to a month, or a year.
    Sums are shown to everybody once it is closed.
    """

    form = models.SlugField(_("Report form"), max_length=64)
    version = models.CharField(_("Version"), max_length=32)
    period = models.CharField(_("Period"), max_length=16)
    due_on = models.DateField(_("To be reported by"))
    opened_at = models.DateTimeField(_("Round opened at"))
    opened_by = models.CharField(_("Round opened by"), max_length=150)
    closed_at = models.DateTimeField(_("Round closed at"), null=True, blank=True)
    closed_by = models.CharField(_("Round closed by"), max_length=150, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-due_on", "form", "id"]
        verbose_name = _("Round of reports")
        verbose_name_plural = _("Rounds of reports")
        constraints = [models.UniqueConstraint(fields=["form", "period"], name="report_round_once")]

    def __str__(self) -> str:
        return f"{self.form} {self.period}"


class Report(models.Model):
    """What one firm or park owes in a round.

    ``cells`` and ``notes`` are what was typed and the explanations, by field; ``returned`` why a
    cell was sent back. ``version`` grows with every change: two people never overwrite each other.
    """

    round = models.ForeignKey(ReportRound, models.PROTECT, related_name="reports")
    entity = models.ForeignKey(
        Entity, models.PROTECT, related_name="reports", verbose_name=_("Subject")
    )
    state = models.CharField(
        _("State"), max_length=16, choices=ReportState.choices, default=ReportState.DUE
    )
    version = models.PositiveIntegerField(default=0)
    cells: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    notes: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    returned: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    late = models.BooleanField(_("Handed in late"), default=False)
    first_at = models.DateTimeField(_("First handed in"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("Handed in"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["round_id", "entity__name", "id"]
        verbose_name = _("Report of a firm or park")
        verbose_name_plural = _("Reports of firms and parks")
        constraints = [
            models.UniqueConstraint(fields=["round", "entity"], name="report_once"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.APPROVED) | Q(approved_by__isnull=True)
                | ~Q(approved_by=F("submitted_by")),
                name="report_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReportState.EXCUSED, ReportState.CORRECTING])
                | ~Q(reason=""),
                name="report_says_why",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["entity", "state"], name="report_entity_state")]

    def __str__(self) -> str:
        return f"{self.round} {self.entity}"


class ReportStep(models.Model):
    """What happened to a report, with what stood in it. Append-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    state = models.CharField(_("State"), max_length=16, choices=ReportState.choices)
    cells: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    returned: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    said = models.CharField(_("Remark"), max_length=500, blank=True)
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Step of a report")
        verbose_name_plural = _("Steps of reports")

    def __str__(self) -> str:
        return f"{self.report_id} {self.state}"


class ReportReminder(models.Model):
    """Somebody was reminded of a report. Append-only.

    ``kind`` is the occasion, which comes once: ``before-3``, ``escalated``, ``hand-20261105``.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=16)
    on = models.DateField(_("Day"))
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Reminder of a report")
        verbose_name_plural = _("Reminders of reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "kind"], name="report_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"
