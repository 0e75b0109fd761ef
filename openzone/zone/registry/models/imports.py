"""Uploads: what was in the file, what the check found, what went in."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.registry.enums import BatchStatus, LinkBasis, RowState
from openzone.zone.registry.models.facts import Source
from openzone.zone.registry.models.subjects import Enterprise


class ImportBatch(models.Model):
    """One upload, from the dry run to the record.

    ``assigned`` holds the columns a person assigned by hand (letter to fact name, null to leave one
    out), ``mapping`` all columns as they were read, ``problems`` those of the file and its headers;
    the problems of rows stand on the rows.
    """

    file = models.FileField(_("File"), upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(_("Status"), max_length=16, choices=BatchStatus.choices)
    as_of = models.DateField(_("As of"))
    known_on = models.DateField(_("Known on"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    sheet = models.CharField(_("Sheet"), max_length=255, blank=True)  # empty: every sheet
    assigned: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    mapping: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    counts: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    uploaded_by = models.CharField(_("Uploaded by"), max_length=128)
    uploaded_at = models.DateTimeField(_("Uploaded at"), auto_now_add=True)
    applied_by = models.CharField(_("Applied by"), max_length=128, blank=True)
    applied_at = models.DateTimeField(_("Applied at"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of an upload as the check understood it, waiting for or after application.

    ``identity`` holds names and codes by fact name, ``facts`` lists
    ``[name, value, original, approximate, column letter]``.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.CharField(max_length=255)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=16, choices=RowState.choices)
    link = models.CharField(max_length=16, choices=LinkBasis.choices)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    identity: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    facts: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    applied = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "state"], name="importrow_batch_state")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.number}"
