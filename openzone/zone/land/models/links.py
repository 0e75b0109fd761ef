"""Which projects stand on which parcels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.land.models.parcels import Parcel
from openzone.zone.projects.models import Project


class ParcelProject(models.Model):
    """A project's part of a parcel, and what is to be built there.

    A project may stand on several parcels, and several projects on one.
    """

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="links")
    project = models.ForeignKey(Project, models.PROTECT, related_name="parcels")
    area_m2 = models.DecimalField(_("Area (m²)"), max_digits=18, decimal_places=4)
    floor_m2 = models.DecimalField(
        _("Floor area (m²)"), max_digits=18, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["parcel_id", "id"]
        verbose_name = _("Project on a parcel")
        verbose_name_plural = _("Projects on parcels")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "project"], name="parcel_project_once"),
            models.CheckConstraint(
                condition=Q(area_m2__gt=0) & (Q(floor_m2__isnull=True) | Q(floor_m2__gt=0)),
                name="parcel_project_has_an_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.project_id}"
