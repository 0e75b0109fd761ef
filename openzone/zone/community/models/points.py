"""Service points (便民服务代办点), where people live, and how far it is on foot."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.community.enums import AreaKind


class Estate(models.Model):
    """A housing estate or former village of a community; an empty number is not known."""

    code = models.SlugField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=128)
    kind = models.CharField(_("Kind"), max_length=16, choices=AreaKind.choices)
    community = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="estates", verbose_name=_("Community")
    )
    residents = models.PositiveIntegerField(_("Residents"), null=True, blank=True)
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("Estate")
        verbose_name_plural = _("Estates")
        constraints = [
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="estate_on_the_map",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServicePoint(models.Model):
    """A point where residents are served, from one day to another (both inclusive)."""

    code = models.SlugField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=128)
    community = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="service_points", verbose_name=_("Community")
    )
    address = models.CharField(_("Address"), max_length=200, blank=True)
    hours = models.CharField(_("Opening hours"), max_length=100, blank=True)
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("Service point")
        verbose_name_plural = _("Service points")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="point_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="point_on_the_map",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PointItem(models.Model):
    """An item that a point offers."""

    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="offers")
    item = models.ForeignKey("catalogue.ServiceItem", models.PROTECT, related_name="points")

    class Meta:
        ordering = ["point_id", "item__code"]
        constraints = [
            models.UniqueConstraint(fields=["point", "item"], name="point_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.item}"


class Walk(models.Model):
    """Minutes on foot that somebody declared, from an estate to a point."""

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="walks")
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="walks")
    minutes = models.DecimalField(_("Minutes on foot"), max_digits=5, decimal_places=1)

    class Meta:
        ordering = ["estate_id", "minutes"]
        constraints = [
            models.UniqueConstraint(fields=["estate", "point"], name="walk_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="walk_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.estate} → {self.point}: {self.minutes}"
