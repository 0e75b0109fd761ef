"""What happened to a lead, what was said, and how ripe it was: rows nobody rewrites."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.promotion.enums import LeadEventKind, LeadState
from openzone.zone.promotion.models.investors import Contact
from openzone.zone.promotion.models.leads import Lead


class LeadEvent(models.Model):
    """One step of a lead; its state follows from the last."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="log")
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("What"), max_length=16, choices=LeadEventKind.choices)
    state = models.CharField(_("State"), max_length=16, choices=LeadState.choices)
    on = models.DateField(_("Day"))
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["lead_id", "seq"]
        verbose_name = _("Step of a lead")
        verbose_name_plural = _("Steps of leads")
        constraints = [
            models.UniqueConstraint(fields=["lead", "seq"], name="lead_event_once"),
            models.CheckConstraint(
                condition=~Q(
                    kind__in=[
                        LeadEventKind.REJECTED, LeadEventKind.SHELVED, LeadEventKind.REOPENED,
                    ]
                )
                | ~Q(reason=""),
                name="lead_event_says_why",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["on", "state"], name="lead_event_day")]

    def __str__(self) -> str:
        return f"{self.lead_id}/{self.seq} {self.kind}"


class Interaction(models.Model):
    """A talk, visit or letter with an investor; ``kind`` and ``channel`` are ids of the pack.

    ``corrects`` is the interaction it takes the place of: one that was written down wrongly stays
    and counts nowhere.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="interactions")
    kind = models.SlugField(_("Kind"), max_length=32)
    channel = models.SlugField(_("Channel"), max_length=32, blank=True)
    on = models.DateField(_("Day"))
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="interactions",
        verbose_name=_("Contact person"),
    )  # fmt: skip
    with_whom = models.CharField(_("With whom"), max_length=200, blank=True)
    summary = models.TextField(_("What was talked about"), max_length=4000)
    next_step = models.CharField(_("Next step"), max_length=300, blank=True)
    next_on = models.DateField(_("Next step by"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["lead_id", "on", "id"]
        verbose_name = _("Interaction")
        verbose_name_plural = _("Interactions")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | ~Q(next_step=""),
                name="interaction_day_is_of_a_step",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="interaction_day")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.on} {self.kind}"


class Grading(models.Model):
    """How ripe a lead is: the answers of a day, and the grade that follows from them."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="gradings")
    on = models.DateField(_("Day"))
    answers = models.JSONField(_("Answers"))
    grade = models.SlugField(_("Grade"), max_length=16, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["lead_id", "on", "id"]
        verbose_name = _("Maturity of a lead")
        verbose_name_plural = _("Maturity of leads")

    def __str__(self) -> str:
        return f"{self.lead_id} {self.on} {self.grade}"
