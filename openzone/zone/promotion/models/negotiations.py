"""Records of negotiations (线上洽谈): who took part, what was agreed, what is open and whose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import PointState
from openzone.zone.promotion.models.history import Interaction
from openzone.zone.promotion.models.investors import Investor
from openzone.zone.promotion.models.leads import Lead


class Negotiation(models.Model):
    """A negotiation at a moment on a platform of the pack. ``theirs`` names the investor's side."""

    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="negotiations", verbose_name=_("Investor")
    )
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="negotiations",
        verbose_name=_("Lead"),
    )  # fmt: skip
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="negotiations",
        verbose_name=_("Project"),
    )  # fmt: skip
    topic = models.CharField(_("Topic"), max_length=200)
    at = models.DateTimeField(_("Begins"))
    minutes = models.PositiveIntegerField(_("Minutes"), null=True, blank=True)
    platform = models.SlugField(_("Platform"), max_length=32)
    channel = models.SlugField(_("Channel"), max_length=32)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="negotiations", verbose_name=_("Unit")
    )
    ours = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="negotiations", verbose_name=_("On our side")
    )
    theirs = models.CharField(_("On the investor's side"), max_length=500)
    summary = models.TextField(_("Summary"), max_length=4000, blank=True)
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="negotiation"
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("Record of a negotiation")
        verbose_name_plural = _("Records of negotiations")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gt=0), name="negotiation_minutes"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="negotiation_at")]

    def __str__(self) -> str:
        return self.topic


class NegotiationPoint(models.Model):
    """A point that was agreed, or is open with somebody until a day, and how it was settled."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="points")
    text = models.CharField(_("Point"), max_length=500)
    state = models.CharField(_("State"), max_length=16, choices=PointState.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="negotiation_points", verbose_name=_("Whose it is"),
    )  # fmt: skip
    due = models.DateField(_("Due on"), null=True, blank=True)
    outcome = models.CharField(_("How it was settled"), max_length=500, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("Settled at"), null=True, blank=True)

    class Meta:
        ordering = ["negotiation_id", "id"]
        verbose_name = _("Point of a negotiation")
        verbose_name_plural = _("Points of negotiations")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PointState.AGREED, owner__isnull=True, due__isnull=True)
                | ~Q(state=PointState.AGREED) & Q(owner__isnull=False, due__isnull=False),
                name="negotiation_open_has_owner_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=PointState.SETTLED)
                | ~Q(outcome="") & Q(settled_at__isnull=False),
                name="negotiation_settled_says_how",
            ),
        ]
        indexes = [models.Index(fields=["owner", "state", "due"], name="negotiation_point_due")]

    def __str__(self) -> str:
        return self.text
