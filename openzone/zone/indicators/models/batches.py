"""Figures on their way to the record: rows, checks, who submitted and who approved."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.enums import BatchKind, BatchState
from openzone.zone.indicators.models.entities import Entity
from openzone.zone.projects.enums import SheetState
from openzone.zone.registry.models import Source
from openzone.zone.workbooks import Workbook


class Batch(models.Model):
    """A table, a hand entry, an accepted submission or page; locked once approved.

    ``entity`` is whose figures all of them are, empty where there are several.
    """

    title = models.CharField(_("Title"), max_length=200)
    kind = models.CharField(_("How it came"), max_length=16, choices=BatchKind.choices)
    state = models.CharField(
        _("State"), max_length=16, choices=BatchState.choices, default=BatchState.DRAFT
    )
    entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="batches",
        verbose_name=_("Subject"),
    )  # fmt: skip
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Source")
    )
    document = models.CharField(_("Document"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("Entered"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    reason = models.CharField(_("Why it was sent back"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Batch of figures")
        verbose_name_plural = _("Batches of figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("entered_by")),
                name="figure_batch_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.APPROVED) | Q(approved_at__isnull=False),
                name="figure_batch_approved_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.RETURNED) | ~Q(reason=""),
                name="figure_batch_returned_why",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="figure_batch_state")]

    def __str__(self) -> str:
        return self.title


class BatchRow(models.Model):
    """A figure as it was given, in the words of the file or form.

    ``given`` maps columns of ``engines.series.table`` to text; ``flags`` are what the checks asked
    at submission, ``explanation`` what was answered.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(_("Row"))
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name=_("Subject"))
    given: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    flags: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    explanation = models.CharField(_("Explanation"), max_length=500, blank=True)

    class Meta:
        ordering = ["batch_id", "number"]
        verbose_name = _("Row of a batch")
        verbose_name_plural = _("Rows of a batch")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="figure_batch_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class BatchStep(models.Model):
    """What happened to a batch. Append-only."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="steps")
    state = models.CharField(_("State"), max_length=16, choices=BatchState.choices)
    said = models.CharField(_("Remark"), max_length=500, blank=True)
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Step of a batch")
        verbose_name_plural = _("Steps of batches")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.state}"


class FigureSheet(Workbook):
    """A workbook of figures; its good rows become one batch."""

    file = models.FileField(upload_to="figures/%Y/%m/")
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    batch = models.OneToOneField(Batch, models.PROTECT, null=True, blank=True, related_name="sheet")

    class Meta(Workbook.Meta):
        verbose_name = _("Workbook of figures")
        verbose_name_plural = _("Workbooks of figures")
