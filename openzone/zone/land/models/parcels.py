"""A parcel of land, and the log of its states."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.land.enums import ParcelState, StepKind
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Place


class Parcel(models.Model):
    """A piece of land that is planned, cleared, sold and built on.

    The area is kept in m², whatever unit it was written in. ``use``, ``tenure`` and the keys of
    ``conditions`` (planning conditions, ``{"plot_ratio_min": "1.2"}``) are ids of the pack;
    ``boundary`` is a ring of ``[longitude, latitude]``, not closed, empty where none is on record.
    """

    number = models.CharField(_("Parcel number"), max_length=64, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="parcels",
        verbose_name=_("Place"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="parcels",
        verbose_name=_("Responsible unit"),
    )  # fmt: skip
    area_m2 = models.DecimalField(_("Area (m²)"), max_digits=18, decimal_places=4)
    use = models.SlugField(_("Land use"), max_length=32)
    tenure = models.SlugField(_("Tenure"), max_length=32, blank=True)
    tenure_years = models.PositiveSmallIntegerField(_("Term (years)"), null=True, blank=True)
    conditions = models.JSONField(_("Planning conditions"), default=dict, blank=True)
    conditions_text = models.TextField(_("Other conditions"), max_length=2000, blank=True)
    boundary = models.JSONField(_("Boundary"), default=list, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    created_at = models.DateTimeField(_("Recorded at"))
    # What lists read, derived from the log.
    state = models.CharField(
        _("State"), max_length=16, choices=ParcelState.choices, default=ParcelState.PLANNED,
        editable=False,
    )  # fmt: skip
    since = models.DateField(_("Since"), null=True, blank=True, editable=False)
    last_seq = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("Parcel")
        verbose_name_plural = _("Parcels")
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="parcel_has_an_area"),
            models.CheckConstraint(
                condition=Q(tenure_years__isnull=True) | Q(tenure_years__gt=0),
                name="parcel_term_is_something",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "since"], name="parcel_state"),
            models.Index(fields=["unit", "state"], name="parcel_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ParcelStep(models.Model):
    """A parcel came to a state on a day, or its last step was a mistake; nobody rewrites it."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="log")
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("Kind"), max_length=16, choices=StepKind.choices)
    state = models.CharField(_("State"), max_length=16, choices=ParcelState.choices)
    on = models.DateField(_("Day"))
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["parcel_id", "seq"]
        verbose_name = _("Step of a parcel")
        verbose_name_plural = _("Steps of parcels")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "seq"], name="parcel_step_once"),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.VOIDED) & ~Q(state=ParcelState.TAKEN_BACK)
                | ~Q(reason=""),
                name="parcel_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.state} {self.on}"
