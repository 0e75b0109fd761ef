"""Visits and calls. A visit is a service: there is no field for orders, fines or evidence."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.enums import Condition, ContactKind, VisitState


class Invitation(models.Model):
    """An enterprise asks for a visit: such a visit does not count against the cap."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="visit_invitations")
    wish = models.TextField(_("What it is about"), max_length=1000)
    first = models.DateField(_("From"))
    last = models.DateField(_("To"))
    asked_by = models.CharField(_("Asked by"), max_length=100)
    asked_at = models.DateTimeField(_("Asked at"))
    # Empty where the enterprise's own people entered it; else who took the call.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("Invitation")
        verbose_name_plural = _("Invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="invitation_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.first}"


class Visit(models.Model):
    """A visit or a call: planned, then recorded or called off; or recorded straight away."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="visits", verbose_name=_("Enterprise")
    )
    kind = models.CharField(_("Kind"), max_length=8, choices=ContactKind.choices)
    state = models.CharField(_("State"), max_length=16, choices=VisitState.choices)
    planned_on = models.DateField(_("Planned for"), null=True, blank=True)
    invitation = models.ForeignKey(
        Invitation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("Asked for by the enterprise"),
    )
    # Why two visits near each other are not one, and why one beyond the cap took place.
    apart_because = models.CharField(_("Why not together"), max_length=200, blank=True)
    beyond_cap = models.CharField(_("Why beyond the cap"), max_length=200, blank=True)
    met_on = models.DateField(_("Day"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("Checked in"), null=True, blank=True)
    present = models.CharField(_("Present for the enterprise"), max_length=300, blank=True)
    summary = models.TextField(_("What was talked about"), max_length=4000, blank=True)
    condition = models.CharField(
        _("How it was found"), max_length=16, choices=Condition.choices, blank=True
    )
    cancelled_because = models.CharField(_("Why it was called off"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"), null=True, blank=True)

    class Meta:
        ordering = ["-met_on", "-planned_on", "-id"]
        verbose_name = _("Visit")
        verbose_name_plural = _("Visits")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=VisitState.PLANNED) | Q(planned_on__isnull=False),
                name="visit_planned_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.DONE)
                | (Q(met_on__isnull=False, recorded_at__isnull=False) & ~Q(condition="")),
                name="visit_done_is_recorded",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "met_on"], name="visit_enterprise_day"),
            models.Index(fields=["state", "planned_on"], name="visit_state_planned"),
            models.Index(fields=["met_on", "kind"], name="visit_day_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.met_on or self.planned_on}"


class VisitParty(models.Model):
    """A person, for a unit, who goes on a visit, and with what in mind."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="parties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visit_parties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.CharField(_("Purpose"), max_length=300)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Visitor")
        verbose_name_plural = _("Visitors")
        constraints = [
            models.UniqueConstraint(fields=["visit", "user"], name="visit_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit}"


class VisitFile(models.Model):
    """A photograph or paper that shows that the visit took place."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="files")
    file = models.FileField(_("File"), upload_to="visits/%Y/%m/")
    name = models.CharField(_("File name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Evidence of a visit")
        verbose_name_plural = _("Evidence of visits")

    def __str__(self) -> str:
        return self.name
