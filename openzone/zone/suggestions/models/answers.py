"""Decisions with their answers, telling the proposers, submission, effect."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.suggestions.enums import Channel, Check, Outcome, Response
from openzone.zone.suggestions.models.campaigns import Campaign
from openzone.zone.suggestions.models.originals import Final, Original


class Verdict(models.Model):
    """A decision on a final, or on an original nobody merged, with the official answer.

    It stands only after somebody else found that the answer answers. One that was returned stays
    on record beside the next one.
    """

    final = models.ForeignKey(Final, models.PROTECT, null=True, blank=True, related_name="verdicts")
    original = models.ForeignKey(
        Original, models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    outcome = models.CharField(_("Decision"), max_length=16, choices=Outcome.choices)
    reason = models.CharField(_("Reason"), max_length=64, blank=True)
    answer = models.TextField(_("Official answer"), max_length=4000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("Decided at"))
    check_state = models.CharField(
        _("Check"), max_length=16, choices=Check.choices, default=Check.WAITING
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("Checked at"), null=True, blank=True)
    remark = models.CharField(_("What is missing"), max_length=500, blank=True)
    standing = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Decision on a suggestion")
        verbose_name_plural = _("Decisions on suggestions")
        constraints = [
            models.CheckConstraint(
                condition=Q(final__isnull=True, original__isnull=False)
                | Q(final__isnull=False, original__isnull=True),
                name="verdict_on_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REJECT) | ~Q(reason=""),
                name="verdict_rejects_with_reason",
            ),
            models.CheckConstraint(condition=~Q(answer=""), name="verdict_answers"),
            models.UniqueConstraint(
                fields=["final"], condition=Q(standing=True), name="verdict_final_stands_once"
            ),
            models.UniqueConstraint(
                fields=["original"], condition=Q(standing=True), name="verdict_original_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome}"


class Feedback(models.Model):
    """What one proposer is told about one suggestion, and what they say to it.

    ``turn`` counts: who was not satisfied is told again with a further explanation.
    """

    original = models.ForeignKey(Original, models.PROTECT, related_name="feedback")
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="feedback")
    turn = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("What is said"), max_length=4000)
    channel = models.CharField(_("Told"), max_length=16, choices=Channel.choices, blank=True)
    told_at = models.DateTimeField(_("Told at"), null=True, blank=True)
    told_by = models.CharField(_("Told by"), max_length=150, blank=True)
    response = models.CharField(
        _("The proposer's word"), max_length=16, choices=Response.choices, default=Response.NONE
    )
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    responded_at = models.DateTimeField(_("Responded at"), null=True, blank=True)
    noted_by = models.CharField(_("Noted by"), max_length=150, blank=True)

    class Meta:
        ordering = ["original__number", "verdict_id", "turn"]
        verbose_name = _("Feedback to a proposer")
        verbose_name_plural = _("Feedback to proposers")
        constraints = [
            models.UniqueConstraint(
                fields=["original", "verdict", "turn"], name="feedback_once_a_turn"
            ),
            models.CheckConstraint(
                condition=Q(response=Response.NONE) | Q(told_at__isnull=False),
                name="feedback_told_before_response",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.told_at or '—'}"


class Submission(models.Model):
    """What was submitted upwards, as it was that day: later changes do not reach into it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="submissions")
    title = models.CharField(_("Title"), max_length=160)
    recipient = models.CharField(_("Submitted to"), max_length=160)
    content: "models.JSONField[Any, Any]" = models.JSONField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("Submitted at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Submission of suggestions")
        verbose_name_plural = _("Submissions of suggestions")

    def __str__(self) -> str:
        return self.title


class Effect(models.Model):
    """What carrying out a suggestion changed, measured, with where the figures come from."""

    final = models.ForeignKey(Final, models.PROTECT, related_name="effects")
    indicator = models.CharField(_("What was measured"), max_length=120)
    unit = models.CharField(_("Unit of value"), max_length=32, blank=True)
    before = models.DecimalField(
        _("Before"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    after = models.DecimalField(_("After"), max_digits=18, decimal_places=4)
    measured_on = models.DateField(_("Measured on"))
    source = models.CharField(_("Where the figures come from"), max_length=300)
    recorded_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["final_id", "measured_on", "id"]
        verbose_name = _("Effect of a suggestion")
        verbose_name_plural = _("Effects of suggestions")

    def __str__(self) -> str:
        return self.indicator
