"""What the library does in the background, and what came of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.enums import ImportStatus, LinkState, WorkStatus


class LinkCheck(models.Model):
    """What one address answered when it was last asked."""

    url = models.URLField(_("Address"), max_length=500, unique=True)
    state = models.CharField(_("State"), max_length=16, choices=LinkState.choices)
    status = models.PositiveSmallIntegerField(_("Status"), null=True)
    reason_zh = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(_("Checked at"))

    class Meta:
        ordering = ["url"]
        verbose_name = _("Checked address")
        verbose_name_plural = _("Checked addresses")

    def __str__(self) -> str:
        return self.url


class LibraryImport(models.Model):
    """A spreadsheet of documents and items: what it would change, and what it changed."""

    file = models.FileField(_("File"), upload_to="policies/imports/%Y/%m/")
    file_name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        _("Status"), max_length=16, choices=ImportStatus.choices, default=ImportStatus.CHECKED
    )
    as_of = models.DateField(_("As of"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    result: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    uploaded_by = models.CharField(_("Uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("Uploaded at"), auto_now_add=True)
    applied_at = models.DateTimeField(_("Applied at"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Import of policies")
        verbose_name_plural = _("Imports of policies")

    def __str__(self) -> str:
        return self.file_name


class Compendium(models.Model):
    """A compendium somebody asked for, with its two files once they are made."""

    as_of = models.DateField(_("As of"))
    level = models.CharField(_("Level"), max_length=16, blank=True)
    category = models.CharField(_("Category"), max_length=64, blank=True)
    language = models.CharField(max_length=16)
    status = models.CharField(
        _("Status"), max_length=16, choices=WorkStatus.choices, default=WorkStatus.WAITING
    )
    items = models.PositiveIntegerField(_("Items"), default=0)
    word = models.FileField(_("Word file"), upload_to="policies/compendia/%Y/%m/", blank=True)
    pdf = models.FileField(_("PDF file"), upload_to="policies/compendia/%Y/%m/", blank=True)
    notes: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    asked_by = models.CharField(_("Asked by"), max_length=150)
    asked_at = models.DateTimeField(_("Asked at"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Compendium")
        verbose_name_plural = _("Compendia")

    def __str__(self) -> str:
        return f"{self.as_of} {self.level} {self.category}".strip()
