"""Invitations from a firm to a firm, each step of them, and events where they meet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.supply.enums import LIVE, InvitationState, Side
from openzone.zone.supply.models.entries import SupplyEntry


class MatchEvent(models.Model):
    """A matchmaking event; its invitations are proposed by assignment and sent by a person."""

    title = models.CharField(_("Title"), max_length=200)
    on = models.DateField(_("Day"))
    venue = models.CharField(_("Venue"), max_length=200, blank=True)
    kind = models.SlugField(_("Kind"), max_length=16, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="match_events", verbose_name=_("Unit")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Recorded at"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Matchmaking event")
        verbose_name_plural = _("Matchmaking events")

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """One firm asked to deal with another. ``asked`` is the side that answers.

    ``reasons`` say why they fit, in both languages; ``quantity`` is what was proposed, ``amount``
    what was agreed upon, in yuan. Where it stands is read from its steps.
    """

    need = models.ForeignKey(
        SupplyEntry, models.PROTECT, related_name="invitations_as_need", verbose_name=_("Demand")
    )
    offer = models.ForeignKey(
        SupplyEntry, models.PROTECT, related_name="invitations_as_offer", verbose_name=_("Offer")
    )
    asked = models.CharField(_("Who is asked"), max_length=8, choices=Side.choices)
    event = models.ForeignKey(
        MatchEvent, models.PROTECT, null=True, blank=True, related_name="invitations",
        verbose_name=_("Matchmaking event"),
    )  # fmt: skip
    score = models.FloatField(_("Score"))
    reasons: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    quantity = models.DecimalField(
        _("Quantity"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    answer_by = models.DateField(_("Answer by"))
    state = models.CharField(
        _("State"), max_length=16, choices=InvitationState.choices,
        default=InvitationState.SENT, editable=False,
    )  # fmt: skip
    since = models.DateField(_("Since"), editable=False)
    amount = models.DecimalField(
        _("Amount (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("Sent"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Invitation to deal")
        verbose_name_plural = _("Invitations to deal")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer"], condition=Q(state__in=LIVE), name="invitation_live_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[InvitationState.DECLINED, InvitationState.NONE])
                | ~Q(reason=""),
                name="invitation_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="invitation_amount"
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_by"], name="invitation_state")]

    def __str__(self) -> str:
        return f"{self.need} ↔ {self.offer}"

    @property
    def asked_entry(self) -> SupplyEntry:
        """The entry whose firm answers."""
        return self.need if self.asked == Side.NEED else self.offer

    @property
    def asking_entry(self) -> SupplyEntry:
        """The entry whose firm asked, or for which the zone did."""
        return self.offer if self.asked == Side.NEED else self.need


class InvitationStep(models.Model):
    """What happened to an invitation, on a day. Append-only."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="steps")
    state = models.CharField(_("State"), max_length=16, choices=InvitationState.choices)
    on = models.DateField(_("Day"))
    said = models.CharField(_("Remark"), max_length=500, blank=True)
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Step of an invitation")
        verbose_name_plural = _("Steps of invitations")

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.state} {self.on}"
