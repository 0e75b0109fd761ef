"""Promotion events with their guests, firms that came to look, and signings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project, StageEvent
from openzone.zone.promotion.enums import EventState
from openzone.zone.promotion.models.history import Interaction
from openzone.zone.promotion.models.investors import Contact, Investor
from openzone.zone.promotion.models.leads import Lead
from openzone.zone.promotion.models.trips import FieldTeam, Trip


class PromotionEvent(models.Model):
    """A promotion meeting, roadshow, signing ceremony … ``channel`` is an id of the pack."""

    title = models.CharField(_("Title"), max_length=200)
    channel = models.SlugField(_("Channel"), max_length=32)
    begins = models.DateField(_("First day"))
    ends = models.DateField(_("Last day"))
    city = models.CharField(_("City"), max_length=64, blank=True)
    venue = models.CharField(_("Venue or platform"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="promotion_events", verbose_name=_("Unit")
    )
    team = models.ForeignKey(
        FieldTeam, models.PROTECT, null=True, blank=True, related_name="events",
        verbose_name=_("Promotion team"),
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="promotion_events",
        verbose_name=_("In charge"),
    )  # fmt: skip
    state = models.CharField(
        _("State"), max_length=16, choices=EventState.choices, default=EventState.PLANNED
    )
    summary = models.TextField(_("What came of it"), max_length=4000, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    planned_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-begins", "-id"]
        verbose_name = _("Promotion event")
        verbose_name_plural = _("Promotion events")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="promotion_event_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(reason=""),
                name="promotion_event_off_says_why",
            ),
        ]
        indexes = [models.Index(fields=["begins", "state"], name="promotion_event_begins")]

    def __str__(self) -> str:
        return self.title


class EventGuest(models.Model):
    """A firm that was invited; whether it came is unknown until somebody says so."""

    event = models.ForeignKey(PromotionEvent, models.PROTECT, related_name="guests")
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="invitations", verbose_name=_("Investor")
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Contact"),
    )  # fmt: skip
    invited_on = models.DateField(_("Invited on"))
    attended = models.BooleanField(_("Came"), null=True, blank=True)
    on = models.DateField(_("Day"), null=True, blank=True)
    said = models.TextField(_("What was said"), max_length=2000, blank=True)
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="invitations",
        verbose_name=_("Lead"),
    )  # fmt: skip
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="event_guest"
    )

    class Meta:
        ordering = ["event_id", "id"]
        verbose_name = _("Guest of an event")
        verbose_name_plural = _("Guests of events")
        constraints = [
            models.UniqueConstraint(fields=["event", "investor"], name="event_guest_once"),
            models.CheckConstraint(
                condition=~Q(attended=True) | Q(on__isnull=False), name="event_guest_came_on"
            ),
        ]
        indexes = [models.Index(fields=["on"], name="event_guest_day")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.investor_id}"


class ReturnVisit(models.Model):
    """A firm came to look (来访考察). ``trip`` or ``event`` is what it followed from."""

    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="return_visits", verbose_name=_("Investor")
    )
    on = models.DateField(_("Day"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="return_visits", verbose_name=_("Unit")
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits_hosted",
        verbose_name=_("Received by"),
    )  # fmt: skip
    people = models.PositiveIntegerField(_("Number of visitors"), null=True, blank=True)
    said = models.TextField(_("What was said"), max_length=2000)
    trip = models.ForeignKey(
        Trip, models.PROTECT, null=True, blank=True, related_name="return_visits",
        verbose_name=_("Followed from the trip"),
    )  # fmt: skip
    event = models.ForeignKey(
        PromotionEvent, models.PROTECT, null=True, blank=True, related_name="return_visits",
        verbose_name=_("Followed from the event"),
    )  # fmt: skip
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="return_visits",
        verbose_name=_("Lead"),
    )  # fmt: skip
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="return_visit"
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Return visit")
        verbose_name_plural = _("Return visits")
        constraints = [
            models.UniqueConstraint(fields=["investor", "on"], name="return_visit_once_a_day"),
            models.CheckConstraint(
                condition=Q(people__isnull=True) | Q(people__gt=0), name="return_visit_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.investor_id} {self.on}"


class Signing(models.Model):
    """An investor signed for a project: ``entry`` is the project's own entry into the stage.

    The day is that of the entry. One that was taken back as a mistake counts nowhere.
    """

    project = models.OneToOneField(
        Project, models.PROTECT, related_name="signing", verbose_name=_("Project")
    )
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="signings", verbose_name=_("Investor")
    )
    entry = models.OneToOneField(StageEvent, models.PROTECT, related_name="signing")
    event = models.ForeignKey(
        PromotionEvent, models.PROTECT, null=True, blank=True, related_name="signings",
        verbose_name=_("Signed at the event"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Signing")
        verbose_name_plural = _("Signings")

    def __str__(self) -> str:
        return f"{self.project_id} {self.investor_id}"
