"""The item × region matrix: with which region an item is handled, and in which mode."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.catalogue.models.items import ServiceItem


class RegionOffer(models.Model):
    """That an item is handled with another region, from one day to another (both inclusive).

    ``authority`` is who decides: an office there (``deciding_here`` false, we receive for it) or
    our own deciding unit (they receive for us). Competence never moves.
    """

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="regions")
    division = models.CharField(_("Division code"), max_length=6)
    region = models.CharField(_("Region"), max_length=64)
    mode = models.SlugField(_("Mode"), max_length=16)
    deciding_here = models.BooleanField(_("Decided here"), default=False)
    authority = models.CharField(_("Deciding authority"), max_length=128)
    contact = models.CharField(_("Contact of the other side"), max_length=128, blank=True)
    document = models.CharField(_("Document"), max_length=200, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["item_id", "division", "mode", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="region_offer_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.region} · {self.mode}"
