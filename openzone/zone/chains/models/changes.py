"""What was done about where a firm stands, and workbooks that did it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.chains.enums import ChainSheetKind, ChainSheetState, ChangeKind
from openzone.zone.chains.models.proposals import PlacementProposal
from openzone.zone.registry.models import Enterprise


class ChainSheet(models.Model):
    """A workbook of placements, roles or figures: judged row by row, entered once, as a whole.

    ``rows`` are the good ones as they are stored until then, ``problems`` everything else.
    """

    kind = models.CharField(max_length=12, choices=ChainSheetKind.choices)
    file = models.FileField(_("File"), upload_to="chain-sheets/%Y/%m/")
    file_name = models.CharField(_("File"), max_length=255)
    state = models.CharField(
        _("State"), max_length=12, choices=ChainSheetState.choices, default=ChainSheetState.CHECKED
    )
    as_of = models.DateField(_("As of"))
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Workbook of chains")
        verbose_name_plural = _("Workbooks of chains")

    def __str__(self) -> str:
        return self.file_name


class PlacementChange(models.Model):
    """One act about where a firm stands. Append-only: the rows it made and ended point here.

    ``day`` is the first day it holds from. ``undoes`` is the act it took back.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="placement_changes", verbose_name=_("Enterprise")
    )
    kind = models.CharField(_("What was done"), max_length=12, choices=ChangeKind.choices)
    day = models.DateField(_("From"))
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    proposal = models.ForeignKey(
        PlacementProposal, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    sheet = models.ForeignKey(
        ChainSheet, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Change of placements")
        verbose_name_plural = _("Changes of placements")

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.kind} {self.day}"
