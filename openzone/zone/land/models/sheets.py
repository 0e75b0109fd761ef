"""Parcels that came as a workbook."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.land.enums import SheetState


class ParcelSheet(models.Model):
    """A workbook of parcels: read and judged row by row, then entered as a whole, once.

    ``rows`` are the good ones as they are stored until then, ``problems`` everything else.
    """

    file = models.FileField(_("File"), upload_to="land-sheets/%Y/%m/")
    file_name = models.CharField(_("File"), max_length=255)
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    as_of = models.DateField(_("As of"))
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    created = models.PositiveIntegerField(_("New"), default=0)
    changed = models.PositiveIntegerField(_("On record before"), default=0)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Workbook of parcels")
        verbose_name_plural = _("Workbooks of parcels")

    def __str__(self) -> str:
        return self.file_name
