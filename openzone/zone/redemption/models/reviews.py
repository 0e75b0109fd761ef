"""What units and reviewers say of an application, and what anybody objects to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit, User
from openzone.zone.redemption.enums import Verdict
from openzone.zone.redemption.models.applications import Application


class Opinion(models.Model):
    """One opinion asked of a unit, or of a reviewer by name; empty until it is given."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="opinions")
    round = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked"))
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="opinions_given"
    )
    given_at = models.DateTimeField(_("Given"), null=True, blank=True)
    verdict = models.CharField(_("Opinion"), max_length=16, choices=Verdict.choices, blank=True)
    score = models.DecimalField(_("Score"), max_digits=6, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("Grounds"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Opinion")
        verbose_name_plural = _("Opinions")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "round", "unit"], name="opinion_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["application", "round", "reviewer"], name="opinion_once_a_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(reviewer__isnull=False),
                name="opinion_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, verdict="")
                | (Q(given_at__isnull=False) & ~Q(verdict="")),
                name="opinion_given_with_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.unit or self.reviewer}"

    @property
    def whose(self) -> str:
        """The unit or person asked."""
        return str(self.unit or self.reviewer)


class Objection(models.Model):
    """What somebody says against an application while it is published. Each must be answered."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="objections")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="objections_made")
    made_at = models.DateTimeField(_("Made"))
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    text = models.TextField(_("Objection"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    answer = models.TextField(_("Answer"), blank=True)
    upheld = models.BooleanField(_("Upheld"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Objection")
        verbose_name_plural = _("Objections")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, upheld__isnull=True)
                | Q(answered_at__isnull=False, upheld__isnull=False),
                name="objection_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.made_by}"
