"""Photographs and papers of the common log, and workbooks read in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import SheetState
from openzone.zone.waters.models.campaigns import Campaign
from openzone.zone.waters.models.log import Finding, LogEntry


class WaterFile(models.Model):
    """A file that went through the gate; ``finding``: the one it shows."""

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="files")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="files"
    )
    file = models.FileField(_("File"), upload_to="waters/%Y/%m/")
    name = models.CharField(_("File name"), max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    proof = models.BooleanField(default=False)
    added_by = models.CharField(_("Who"), max_length=150)
    added_at = models.DateTimeField(_("Added at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("File of the common log")
        verbose_name_plural = _("Files of the common log")

    def __str__(self) -> str:
        return self.name


class WaterSheet(models.Model):
    """A workbook of one side: judged row by row, then entered as a whole, once.

    ``what``: samples (of a campaign), sections, exchange or patrol.
    """

    what = models.CharField(_("What it holds"), max_length=16)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    side = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Side"))
    file = models.FileField(_("File"), upload_to="water-sheets/%Y/%m/")
    file_name = models.CharField(_("File"), max_length=255)
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Workbook of water monitoring")
        verbose_name_plural = _("Workbooks of water monitoring")

    def __str__(self) -> str:
        return self.file_name
