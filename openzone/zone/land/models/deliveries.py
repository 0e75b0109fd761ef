"""Net land to be handed over by a day: parcels, what was handed over, what is in the way."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.land.models.parcels import Parcel
from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project


class Delivery(models.Model):
    """The task to hand over net land (净地) by a day: often many parcels for one project."""

    title = models.CharField(_("Title"), max_length=200)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="deliveries",
        verbose_name=_("Project"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="deliveries", verbose_name=_("Responsible unit")
    )
    set_on = models.DateField(_("Set on"))
    due = models.DateField(_("Due on"))
    ended_on = models.DateField(_("Given up on"), null=True, blank=True)
    ended_because = models.CharField(_("Why it was given up"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    created_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("Delivery of net land")
        verbose_name_plural = _("Deliveries of net land")
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gte=F("set_on")), name="delivery_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""),
                name="delivery_given_up_says_why",
            ),
        ]
        indexes = [models.Index(fields=["due"], name="delivery_due")]

    def __str__(self) -> str:
        return self.title


class DeliveryPart(models.Model):
    """A parcel of a delivery, with the area that is to be handed over of it.

    ``done_on`` is the day its area was whole, derived from what was handed over.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="parts")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="delivery_parts")
    area_m2 = models.DecimalField(_("Area (m²)"), max_digits=18, decimal_places=4)
    done_m2 = models.DecimalField(
        _("Handed over (m²)"), max_digits=18, decimal_places=4, default=0, editable=False
    )
    done_on = models.DateField(_("Whole on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["delivery_id", "id"]
        verbose_name = _("Parcel of a delivery")
        verbose_name_plural = _("Parcels of deliveries")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "parcel"], name="delivery_part_once"),
            models.CheckConstraint(
                condition=Q(area_m2__gt=0) & Q(done_m2__gte=0) & Q(done_m2__lte=F("area_m2")),
                name="delivery_part_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.parcel_id}"


class HandOver(models.Model):
    """Some land of a part was handed over on a day, with its record; nobody rewrites it."""

    part = models.ForeignKey(DeliveryPart, models.PROTECT, related_name="handovers")
    on = models.DateField(_("Day"))
    area_m2 = models.DecimalField(_("Area (m²)"), max_digits=18, decimal_places=4)
    text = models.CharField(_("Remark"), max_length=500, blank=True)
    file = models.FileField(_("Record of the handing over"), upload_to="land/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["part_id", "on", "id"]
        verbose_name = _("Handing over of land")
        verbose_name_plural = _("Handings over of land")
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="handover_is_something"),
            models.CheckConstraint(condition=~Q(file=""), name="handover_has_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.on}"


class Blocker(models.Model):
    """What is in the way of a part: an obstacle, which is a case."""

    part = models.ForeignKey(DeliveryPart, models.PROTECT, related_name="blockers")
    case = models.OneToOneField(Case, models.PROTECT, related_name="land_blocker")

    class Meta:
        ordering = ["part_id", "id"]
        verbose_name = _("Obstacle of a delivery")
        verbose_name_plural = _("Obstacles of deliveries")

    def __str__(self) -> str:
        return f"{self.part_id} {self.case_id}"
