"""The check of a random sample of what was paid."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import User
from openzone.zone.redemption.enums import CheckOutcome, CheckState, Finding
from openzone.zone.redemption.models.applications import Application


class CheckDraw(models.Model):
    """A draw: frame, plan and published seed, so that anybody can draw it again.

    ``frame`` lists ``[number, stratum]`` of everything that could be drawn, ``plan`` the share.
    """

    title = models.CharField(_("Title"), max_length=120)
    seed = models.CharField(_("Seed"), max_length=200)
    seed_source = models.CharField(_("Where the seed is published"), max_length=200)
    paid_from = models.DateField(_("Paid from"))
    paid_to = models.DateField(_("Paid until"))
    percent = models.PositiveSmallIntegerField(_("Share in per cent"))
    frame: "models.JSONField[Any, Any]" = models.JSONField()
    frame_hash = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("Drawn"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Draw")
        verbose_name_plural = _("Draws")

    def __str__(self) -> str:
        return self.title


class CheckCase(models.Model):
    """One application drawn: notice, answer, finding, outcome, and what was recovered (fen)."""

    draw = models.ForeignKey(CheckDraw, models.PROTECT, related_name="cases")
    application = models.ForeignKey(Application, models.PROTECT, related_name="checks")
    state = models.CharField(_("State"), max_length=16, choices=CheckState.choices)
    noticed_at = models.DateTimeField(_("Noticed"))
    answer_due = models.DateTimeField(_("Answer due"))
    answer = models.TextField(_("Answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(_("Finding"), max_length=16, choices=Finding.choices, blank=True)
    finding_note = models.TextField(_("Grounds"), blank=True)
    outcome = models.CharField(
        _("Outcome"), max_length=16, choices=CheckOutcome.choices, blank=True
    )
    amount = models.BigIntegerField(_("To be recovered"), null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    recovered = models.BigIntegerField(_("Recovered"), default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Check")
        verbose_name_plural = _("Checks")
        constraints = [
            models.UniqueConstraint(fields=["draw", "application"], name="check_once_a_draw"),
        ]

    def __str__(self) -> str:
        return f"{self.draw} {self.application}"
