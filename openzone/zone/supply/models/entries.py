"""What a resident firm needs or offers, and workbooks of such entries."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import SheetState
from openzone.zone.registry.models import Enterprise
from openzone.zone.supply.enums import EntryState, Side


class SupplyEntry(models.Model):
    """A need or an offer. Quantities of one ``unit`` compare, others do not.

    ``certificates`` are those a need asks for, or an offer has. ``contact`` and ``phone`` are for
    the partner of an accepted invitation only.
    """

    side = models.CharField(_("Need or offer"), max_length=8, choices=Side.choices)
    kind = models.SlugField(_("Kind"), max_length=16)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="supply_entries", verbose_name=_("Enterprise")
    )
    title = models.CharField(_("Product, service or post"), max_length=200)
    text = models.TextField(_("Description"), max_length=2000, blank=True)
    quantity = models.DecimalField(
        _("Quantity"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("Unit of quantity"), max_length=32, blank=True)
    by_on = models.DateField(_("Wanted by"), null=True, blank=True)
    certificates: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("Certificates"), default=list, blank=True
    )
    place = models.CharField(_("Where"), max_length=200, blank=True)
    chain = models.SlugField(_("Chain"), max_length=64, blank=True)
    node = models.CharField(_("Link of the chain"), max_length=64, blank=True)
    contact = models.CharField(_("Contact person"), max_length=64, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    expires_on = models.DateField(_("Open until"))
    state = models.CharField(
        _("State"), max_length=16, choices=EntryState.choices, default=EntryState.OPEN
    )
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("Published"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Need or offer")
        verbose_name_plural = _("Needs and offers")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0) & ~Q(unit=""),
                name="supply_quantity_has_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.CLOSED) | ~Q(reason=""), name="supply_closed_says_why"
            ),
        ]
        indexes = [models.Index(fields=["side", "state", "kind"], name="supply_side")]

    def __str__(self) -> str:
        return self.title

    @property
    def link(self) -> str:
        """The link of a chain it is of, as ``chain/node``; empty where none is stated."""
        return f"{self.chain}/{self.node}" if self.chain and self.node else ""


class SupplySheet(models.Model):
    """A workbook of needs and offers: judged row by row, then entered as a whole, once."""

    file = models.FileField(_("File"), upload_to="supply-sheets/%Y/%m/")
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
        verbose_name = _("Workbook of needs and offers")
        verbose_name_plural = _("Workbooks of needs and offers")

    def __str__(self) -> str:
        return self.file_name
