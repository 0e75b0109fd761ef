"""Lists of the suppliers of a leading firm (链主供应链企业), as sheets bring them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import SheetState
from openzone.zone.promotion.enums import SupplierState
from openzone.zone.promotion.models.investors import Investor
from openzone.zone.promotion.models.leads import Lead
from openzone.zone.registry.models import Enterprise
from openzone.zone.workbooks import Workbook


class SupplierList(models.Model):
    """The suppliers of one leading firm; ``enterprise`` where the leader is on record."""

    leader = models.CharField(_("Leading firm"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="supplier_lists",
        verbose_name=_("Enterprise on record"),
    )  # fmt: skip
    chain = models.CharField(_("Chain"), max_length=64, blank=True)
    source = models.CharField(_("Where the list comes from"), max_length=200)
    as_of = models.DateField(_("As of"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="supplier_lists", verbose_name=_("Unit")
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("List of suppliers")
        verbose_name_plural = _("Lists of suppliers")
        constraints = [
            models.UniqueConstraint(fields=["leader", "unit"], name="supplier_list_once"),
        ]

    def __str__(self) -> str:
        return self.leader


class Supplier(models.Model):
    """A firm that supplies the leader. ``alike`` is its name as names are compared."""

    listing = models.ForeignKey(SupplierList, models.PROTECT, related_name="suppliers")
    name = models.CharField(_("Name"), max_length=200)
    alike = models.CharField(max_length=200, editable=False)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    product = models.CharField(_("What it supplies"), max_length=200, blank=True)
    node = models.CharField(_("Link of the chain"), max_length=64, blank=True)
    region = models.CharField(_("Province, city"), max_length=100, blank=True)
    tier = models.PositiveSmallIntegerField(_("Tier"), null=True, blank=True)
    gap = models.BooleanField(_("Fills a gap of ours"), default=False)
    state = models.CharField(
        _("State"), max_length=16, choices=SupplierState.choices, default=SupplierState.NONE
    )
    since = models.DateField(_("Since"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    investor = models.ForeignKey(
        Investor, models.PROTECT, null=True, blank=True, related_name="supplies",
        verbose_name=_("Investor"),
    )  # fmt: skip
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="suppliers",
        verbose_name=_("Lead"),
    )  # fmt: skip

    class Meta:
        ordering = ["listing_id", "id"]
        verbose_name = _("Supplier")
        verbose_name_plural = _("Suppliers")
        constraints = [
            models.UniqueConstraint(fields=["listing", "alike"], name="supplier_once_a_list"),
            models.CheckConstraint(
                condition=models.Q(state__in=[SupplierState.LEAD, SupplierState.PROJECT])
                & models.Q(lead__isnull=False)
                | ~models.Q(state__in=[SupplierState.LEAD, SupplierState.PROJECT])
                & models.Q(lead__isnull=True),
                name="supplier_lead_is_there",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupplierSheet(Workbook):
    """A workbook of suppliers: judged row by row, then entered as a whole, once."""

    listing = models.ForeignKey(SupplierList, models.PROTECT, related_name="sheets")
    file = models.FileField(_("File"), upload_to="supplier-sheets/%Y/%m/")
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )

    class Meta(Workbook.Meta):
        verbose_name = _("Workbook of suppliers")
        verbose_name_plural = _("Workbooks of suppliers")
