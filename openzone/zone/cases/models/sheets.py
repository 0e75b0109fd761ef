"""Requests that came as a spreadsheet."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.enums import SheetState
from openzone.zone.people.models import User


class CaseSheet(models.Model):
    """A spreadsheet of requests: read and judged row by row, then opened as cases.

    ``rows`` are the good ones as they are stored until they are opened, ``opened`` says how many
    were; row n of sheet m is opened once, whatever happens to the worker.
    """

    kind = models.CharField(_("Case type"), max_length=64)
    channel = models.CharField(_("Channel"), max_length=16)
    file = models.FileField(_("File"), upload_to="case-sheets/%Y/%m/")
    file_name = models.CharField(_("File"), max_length=255)
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    opened = models.PositiveIntegerField(_("Opened"), default=0)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Spreadsheet of requests")
        verbose_name_plural = _("Spreadsheets of requests")

    def __str__(self) -> str:
        return self.file_name
