"""Electricity from the grid company, and workbooks of all kinds."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import SheetState
from openzone.zone.resumption.enums import BookKind
from openzone.zone.resumption.models.seasons import Member, Season


class PowerReading(models.Model):
    """The use of an account on a day in kWh; of several for one day the latest counts."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="readings")
    account = models.CharField(_("Account with the grid company"), max_length=32, blank=True)
    on = models.DateField(_("Day"))
    kwh = models.DecimalField(_("Use (kWh)"), max_digits=16, decimal_places=2)
    source = models.CharField(_("Source"), max_length=255)
    at = models.DateTimeField(_("Recorded"))

    class Meta:
        ordering = ["-on", "account", "-id"]
        verbose_name = _("Electricity of a day")
        verbose_name_plural = _("Electricity of days")
        constraints = [
            models.CheckConstraint(condition=Q(kwh__gte=0), name="power_not_negative"),
        ]
        indexes = [models.Index(fields=["member", "on", "id"], name="power_member_day")]

    def __str__(self) -> str:
        return f"{self.member} {self.on} {self.kwh}"


class ResumptionBook(models.Model):
    """A workbook of a roster, of reports or of electricity: judged first, entered once."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="books")
    kind = models.CharField(_("Kind"), max_length=8, choices=BookKind.choices)
    file = models.FileField(_("File"), upload_to="resumption-books/%Y/%m/")
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
        verbose_name = _("Workbook of resumption")
        verbose_name_plural = _("Workbooks of resumption")

    def __str__(self) -> str:
        return self.file_name
