"""Teams that travel (外出招商小分队), their trips by city and day, and the firms they met."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.promotion.enums import TripState
from openzone.zone.promotion.models.history import Interaction
from openzone.zone.promotion.models.investors import Contact, Investor
from openzone.zone.promotion.models.leads import Lead


class FieldTeam(models.Model):
    """A team that goes out; who is in it is said for every trip."""

    name = models.CharField(_("Team"), max_length=100, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="field_teams", verbose_name=_("Unit")
    )
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("Promotion team")
        verbose_name_plural = _("Promotion teams")

    def __str__(self) -> str:
        return self.name


class Trip(models.Model):
    """A trip of a team. ``gaps`` are the links of a chain it means to fill; ``cost`` is in yuan."""

    team = models.ForeignKey(
        FieldTeam, models.PROTECT, related_name="trips", verbose_name=_("Promotion team")
    )
    title = models.CharField(_("Title"), max_length=200)
    channel = models.SlugField(_("Channel"), max_length=32)
    purpose = models.TextField(_("Purpose"), max_length=2000)
    gaps: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("Gaps to fill"), default=list, blank=True
    )
    begins = models.DateField(_("First day"))
    ends = models.DateField(_("Last day"))
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trips_led",
        verbose_name=_("Head of the trip"),
    )  # fmt: skip
    state = models.CharField(
        _("State"), max_length=16, choices=TripState.choices, default=TripState.PLANNED
    )
    report = models.TextField(_("What came of it"), max_length=4000, blank=True)
    cost = models.DecimalField(
        _("Cost (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("Reported at"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-begins", "-id"]
        verbose_name = _("Promotion trip")
        verbose_name_plural = _("Promotion trips")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="trip_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state=TripState.REPORTED)
                | ~Q(report="") & Q(reported_at__isnull=False),
                name="trip_reported_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=TripState.CANCELLED) | ~Q(reason=""), name="trip_off_says_why"
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="trip_cost"
            ),
        ]
        indexes = [models.Index(fields=["begins", "state"], name="trip_begins")]

    def __str__(self) -> str:
        return self.title


class TripMember(models.Model):
    """Somebody who went along."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trips_joined",
        verbose_name=_("Person"),
    )  # fmt: skip

    class Meta:
        ordering = ["id"]
        verbose_name = _("Member of a trip")
        verbose_name_plural = _("Members of trips")
        constraints = [
            models.UniqueConstraint(fields=["trip", "user"], name="trip_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.user_id}"


class TripCity(models.Model):
    """A city of a trip, from a day to a day."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="cities")
    name = models.CharField(_("City"), max_length=64)
    begins = models.DateField(_("From"))
    ends = models.DateField(_("To"))

    class Meta:
        ordering = ["trip_id", "begins", "id"]
        verbose_name = _("City of a trip")
        verbose_name_plural = _("Cities of trips")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="trip_city_days"),
            models.UniqueConstraint(fields=["trip", "name", "begins"], name="trip_city_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TripMeeting(models.Model):
    """A firm met on a day of a trip. With a lead, what was said is an interaction of it too."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="meetings")
    city = models.ForeignKey(
        TripCity, models.PROTECT, related_name="meetings", verbose_name=_("City")
    )
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="trip_meetings", verbose_name=_("Investor")
    )
    on = models.DateField(_("Day"))
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Contact"),
    )  # fmt: skip
    said = models.TextField(_("What was said"), max_length=2000)
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="trip_meetings",
        verbose_name=_("Lead"),
    )  # fmt: skip
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="trip_meeting"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["trip_id", "on", "id"]
        verbose_name = _("Firm met on a trip")
        verbose_name_plural = _("Firms met on trips")
        constraints = [
            models.UniqueConstraint(fields=["trip", "investor", "on"], name="trip_met_once_a_day"),
        ]
        indexes = [models.Index(fields=["on"], name="trip_meeting_day")]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.investor_id} {self.on}"
