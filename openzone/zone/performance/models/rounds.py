"""An evaluation: who is in it, the scores as they were fixed, objections and their replies."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.performance.enums import RoundState, ScopeKind


class Round(models.Model):
    """An evaluation by a scheme, of a year up to a day.

    It keeps the scheme as it stood when it was opened, so that a later version of the pack changes
    no result.
    """

    scheme = models.SlugField(_("Scheme"), max_length=64)
    definition: "models.JSONField[Any, Any]" = models.JSONField()
    title = models.CharField(_("Title"), max_length=200)
    on = models.DateField(_("Up to"))
    state = models.CharField(
        _("State"), max_length=16, choices=RoundState.choices, default=RoundState.OPEN
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("Fixed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("Confirmed at"), null=True, blank=True)
    objections_until = models.DateField(_("Objections until"), null=True, blank=True)
    final_at = models.DateTimeField(_("Final since"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Evaluation")
        verbose_name_plural = _("Evaluations")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "on"], name="round_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("closed_by")),
                name="round_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.CONFIRMED, RoundState.FINAL])
                | Q(confirmed_by__isnull=False, objections_until__isnull=False),
                name="round_result_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """A person or unit that is evaluated, in a post with its coefficient."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="participants")
    scope = models.CharField(max_length=8, choices=ScopeKind.choices)
    scope_key = models.CharField(max_length=32, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="evaluations",
        verbose_name=_("Person"),
    )  # fmt: skip
    post = models.SlugField(_("Kind of post"), max_length=64)
    coefficient = models.DecimalField(_("Coefficient"), max_digits=5, decimal_places=3)

    class Meta:
        ordering = ["round_id", "scope", "id"]
        verbose_name = _("In an evaluation")
        verbose_name_plural = _("In evaluations")
        constraints = [
            models.UniqueConstraint(fields=["round", "scope_key"], name="participant_once"),
            models.CheckConstraint(
                condition=Q(scope=ScopeKind.UNIT, unit__isnull=False, person__isnull=True)
                | Q(scope=ScopeKind.PERSON, unit__isnull=True, person__isnull=False),
                name="participant_is_somebody",
            ),
            models.CheckConstraint(condition=Q(coefficient__gt=0), name="participant_coefficient"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.unit)


class Score(models.Model):
    """A score as it was worked out: every line with formula and figures; a row nobody rewrites."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="scores")
    seq = models.PositiveSmallIntegerField()
    points = models.DecimalField(_("Points scored"), max_digits=12, decimal_places=4)
    coefficient = models.DecimalField(_("Coefficient"), max_digits=5, decimal_places=3)
    total = models.DecimalField(_("Total score"), max_digits=12, decimal_places=4)
    lines: "models.JSONField[Any, Any]" = models.JSONField()
    made_at = models.DateTimeField(_("Worked out at"))

    class Meta:
        ordering = ["participant_id", "seq"]
        verbose_name = _("Score of an evaluation")
        verbose_name_plural = _("Scores")
        constraints = [
            models.UniqueConstraint(fields=["participant", "seq"], name="score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}/{self.seq} {self.total}"


class Objection(models.Model):
    """What somebody says against their score."""

    score = models.OneToOneField(Score, models.PROTECT, related_name="objection")
    text = models.CharField(_("Objection"), max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("Made at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Objection")
        verbose_name_plural = _("Objections")

    def __str__(self) -> str:
        return f"{self.score_id} {self.text}"


class Reply(models.Model):
    """What a third says to an objection; where it is upheld, the score that came of it."""

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="reply")
    upheld = models.BooleanField(_("Upheld"))
    text = models.CharField(_("Reply"), max_length=1000)
    score = models.OneToOneField(
        Score, models.PROTECT, null=True, blank=True, related_name="came_of", editable=False
    )
    objected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(_("Replied at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Reply to an objection")
        verbose_name_plural = _("Replies to objections")
        constraints = [
            models.CheckConstraint(
                condition=~Q(replied_by=F("objected_by")), name="reply_by_a_third"
            ),
            models.CheckConstraint(
                condition=Q(upheld=True, score__isnull=False) | Q(upheld=False, score__isnull=True),
                name="reply_upheld_has_a_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.upheld}"
