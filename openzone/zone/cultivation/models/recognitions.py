"""What enterprises were recognised as, by title and year (资质)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cultivation.enums import ImportState


class Recognition(models.Model):
    """One recognition; ``title`` is an id of the pack. One entered by mistake is withdrawn."""

    enterprise = models.ForeignKey(
        "registry.Enterprise", models.PROTECT, related_name="recognitions"
    )
    title = models.CharField(_("Title"), max_length=64)
    level = models.CharField(_("Level"), max_length=32, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"))
    document = models.CharField(_("Document or list"), max_length=200, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=255)
    entered_by = models.CharField(_("Entered by"), max_length=150)
    entered_at = models.DateTimeField(_("Entered at"), auto_now_add=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    withdrawn_because = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "title", "enterprise_id", "id"]
        verbose_name = _("Recognition")
        verbose_name_plural = _("Recognitions")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "title", "level", "year"],
                condition=Q(withdrawn_on__isnull=True),
                name="recognition_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="recognition_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["title", "year"], name="recognition_title_year")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.title} {self.year}"


class RecognitionImport(models.Model):
    """A spreadsheet of recognitions: its good rows, and what is wrong with the others."""

    file_name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("Status"), max_length=16, choices=ImportState.choices, default=ImportState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    uploaded_by = models.CharField(_("Uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("Uploaded at"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Import of recognitions")
        verbose_name_plural = _("Imports of recognitions")

    def __str__(self) -> str:
        return self.file_name
