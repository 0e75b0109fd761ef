"""How a parcel is offered and sold, what its contract says, and what is seen of the work on it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.land.enums import SaleKind, SaleOutcome, SiteEvent
from openzone.zone.land.models.parcels import Parcel
from openzone.zone.registry.models import Enterprise


def _yuan(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=20, decimal_places=2, null=True, blank=True)


class Sale(models.Model):
    """A parcel is offered (招拍挂): announced, then sold, or not."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="sales")
    kind = models.CharField(_("Kind of offer"), max_length=16, choices=SaleKind.choices)
    announcement = models.CharField(_("Announcement number"), max_length=100)
    announced_on = models.DateField(_("Announced on"))
    closes_on = models.DateField(_("Closes on"), null=True, blank=True)
    start_price = _yuan(_("Starting price (yuan)"))
    outcome = models.CharField(_("Outcome"), max_length=16, choices=SaleOutcome.choices, blank=True)
    outcome_on = models.DateField(_("Ended on"), null=True, blank=True)
    price = _yuan(_("Price (yuan)"))
    buyer = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Buyer on record"),
    )  # fmt: skip
    buyer_name = models.CharField(_("Buyer"), max_length=200, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["parcel_id", "announced_on", "id"]
        verbose_name = _("Offer of a parcel")
        verbose_name_plural = _("Offers of parcels")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"], condition=Q(outcome=""), name="sale_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=SaleOutcome.SOLD) | Q(price__isnull=False) & ~Q(buyer_name=""),
                name="sale_sold_says_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__gte=F("announced_on")),
                name="sale_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement} {self.parcel_id}"


class Contract(models.Model):
    """The contract of a sale: what was paid, when the land comes and when work begins."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="contracts")
    sale = models.OneToOneField(
        Sale, models.PROTECT, null=True, blank=True, related_name="contract"
    )
    number = models.CharField(_("Contract number"), max_length=100, unique=True)
    signed_on = models.DateField(_("Signed on"))
    price = _yuan(_("Price (yuan)"))
    buyer = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Buyer on record"),
    )  # fmt: skip
    buyer_name = models.CharField(_("Buyer"), max_length=200)
    investment = _yuan(_("Agreed investment (yuan)"))
    delivery_due = models.DateField(_("Land to be delivered by"), null=True, blank=True)
    begin_due = models.DateField(_("Work to begin by"), null=True, blank=True)
    finish_due = models.DateField(_("Work to be completed by"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    ended_because = models.CharField(_("Why it ended"), max_length=500, blank=True)

    class Meta:
        ordering = ["parcel_id", "signed_on", "id"]
        verbose_name = _("Land contract")
        verbose_name_plural = _("Land contracts")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"], condition=Q(ended_on__isnull=True), name="contract_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""),
                name="contract_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(begin_due__isnull=True)
                | Q(finish_due__isnull=True)
                | Q(finish_due__gt=F("begin_due")),
                name="contract_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SiteReport(models.Model):
    """What was seen of the work on a parcel on a day; a row nobody rewrites."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="reports")
    event = models.CharField(_("What was seen"), max_length=16, choices=SiteEvent.choices)
    on = models.DateField(_("Day"))
    built_m2 = models.DecimalField(
        _("Land built on (m²)"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    invested = _yuan(_("Invested so far (yuan)"))
    text = models.CharField(_("Remark"), max_length=500, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["contract_id", "on", "id"]
        verbose_name = _("Report from a site")
        verbose_name_plural = _("Reports from sites")
        constraints = [
            models.CheckConstraint(
                condition=(Q(built_m2__isnull=True) | Q(built_m2__gte=0))
                & (Q(invested__isnull=True) | Q(invested__gte=0)),
                name="site_report_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.event} {self.on}"
