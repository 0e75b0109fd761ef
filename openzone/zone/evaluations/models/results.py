"""Results as they were worked out, objections to them, and what a third said."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.evaluations.enums import About, RunKind
from openzone.zone.evaluations.models.cycles import Cycle, Entrant


class Run(models.Model):
    """Everybody's results, worked out at one moment from the data as it stood."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=16, choices=RunKind.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("Worked out at"))

    class Meta:
        ordering = ["cycle_id", "seq"]
        verbose_name = _("Results of an evaluation")
        verbose_name_plural = _("Results of evaluations")
        constraints = [models.UniqueConstraint(fields=["cycle", "seq"], name="run_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.seq}"


class Outcome(models.Model):
    """The result of one entrant with everything it was worked out from; nobody rewrites it."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="outcomes")
    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="outcomes")
    group = models.SlugField(_("Group"), max_length=64)
    score = models.DecimalField(
        _("Total score"), max_digits=16, decimal_places=6, null=True, blank=True
    )
    rank = models.PositiveIntegerField(_("Rank"), null=True, blank=True)
    of = models.PositiveIntegerField(null=True, blank=True)
    grade = models.CharField(_("Class"), max_length=16, blank=True)
    detail: "models.JSONField[Any, Any]" = models.JSONField()

    class Meta:
        ordering = ["run_id", "group", F("rank").asc(nulls_last=True), "entrant_id"]
        verbose_name = _("Result")
        verbose_name_plural = _("Results")
        constraints = [models.UniqueConstraint(fields=["run", "entrant"], name="outcome_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.entrant_id} {self.grade}"


class Protest(models.Model):
    """What somebody evaluated says against the land area posted, or against their result."""

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="protests")
    about = models.CharField(_("About"), max_length=8, choices=About.choices)
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, blank=True, related_name="protests"
    )
    text = models.CharField(_("Objection"), max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("Made at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Objection to an evaluation")
        verbose_name_plural = _("Objections to evaluations")
        constraints = [
            models.CheckConstraint(
                condition=Q(about=About.RESULT, outcome__isnull=False)
                | Q(about=About.LAND, outcome__isnull=True),
                name="protest_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.text}"


class ProtestAnswer(models.Model):
    """What a third says; upheld against a result, the results that came of the corrected data."""

    protest = models.OneToOneField(Protest, models.PROTECT, related_name="answer")
    upheld = models.BooleanField(_("Upheld"))
    text = models.CharField(_("Reply"), max_length=1000)
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="came_of")
    objected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Replied at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Reply to an objection to an evaluation")
        verbose_name_plural = _("Replies to objections to evaluations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(answered_by=F("objected_by")), name="protest_answered_by_a_third"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.protest_id} {self.upheld}"
