"""A lead passed to another unit, and reminders of leads nobody has spoken to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.promotion.enums import ReferralKind, ReferralState
from openzone.zone.promotion.models.history import Interaction
from openzone.zone.promotion.models.leads import Lead


class Referral(models.Model):
    """A lead passed to another unit or park; it ends in an interaction or a reason, never in air.

    The referrer is told either way.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="referrals")
    kind = models.CharField(_("Kind"), max_length=16, choices=ReferralKind.choices)
    referrer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Referred by")
    )
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("From")
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="lead_referrals", verbose_name=_("To")
    )
    note = models.CharField(_("Why it is passed on"), max_length=500)
    referred_at = models.DateTimeField(_("Referred at"))
    due = models.DateField(_("To be answered by"))
    state = models.CharField(
        _("State"), max_length=16, choices=ReferralState.choices, default=ReferralState.OPEN
    )
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="referral",
        verbose_name=_("Interaction"),
    )  # fmt: skip
    reason = models.CharField(_("Why it was refused"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Referral")
        verbose_name_plural = _("Referrals")
        constraints = [
            models.UniqueConstraint(
                fields=["lead"], condition=Q(state=ReferralState.OPEN), name="referral_open_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReferralState.OPEN, interaction__isnull=True, answered_at__isnull=True
                )
                | Q(
                    state=ReferralState.TALKED,
                    interaction__isnull=False,
                    answered_at__isnull=False,
                )
                | Q(
                    state=ReferralState.REFUSED,
                    interaction__isnull=True,
                    answered_at__isnull=False,
                )
                & ~Q(reason=""),
                name="referral_ends_in_talk_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(from_unit__isnull=True) | ~Q(to_unit=F("from_unit")),
                name="referral_to_another",
            ),
        ]
        indexes = [models.Index(fields=["to_unit", "state"], name="referral_unit")]

    def __str__(self) -> str:
        return f"{self.lead_id} → {self.to_unit_id}"


class QuietReminder(models.Model):
    """A reminder that went out: once for a silence that began on a day, and each time it doubles.

    ``since`` is the last contact, or the day the lead became known; ``turn`` counts from one.
    """

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="reminders")
    since = models.DateField()
    turn = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(_("Sent"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["lead", "since", "turn"], name="quiet_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.since} {self.turn}"
