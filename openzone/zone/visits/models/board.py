"""The challenge board (揭榜领题): a posted problem, who claimed it, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.enums import ChallengeState


class Challenge(models.Model):
    """A problem that waits for somebody to take it up. Who posted it judges the result."""

    title = models.CharField(_("Title"), max_length=120)
    problem = models.TextField(_("The problem"), max_length=4000)
    wanted = models.CharField(_("What would solve it"), max_length=500)
    due_on = models.DateField(_("Wanted by"))
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="challenges"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    posted_at = models.DateTimeField(_("Posted at"))
    state = models.CharField(
        _("State"), max_length=16, choices=ChallengeState.choices, default=ChallengeState.OPEN
    )
    withdrawn_because = models.CharField(_("Why it was withdrawn"), max_length=200, blank=True)

    class Meta:
        ordering = ["-posted_at", "-id"]
        verbose_name = _("Challenge")
        verbose_name_plural = _("Challenges")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, enterprise__isnull=True)
                | Q(unit__isnull=True, enterprise__isnull=False),
                name="challenge_of_a_unit_or_an_enterprise",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """A unit or branch takes a challenge up; an unaccepted result ends the claim."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="claims")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    branch = models.CharField(_("Branch or team"), max_length=100, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    plan = models.TextField(_("How it will be done"), max_length=2000)
    claimed_at = models.DateTimeField(_("Claimed at"))
    result = models.TextField(_("Result"), max_length=4000, blank=True)
    delivered_at = models.DateTimeField(_("Handed in at"), null=True, blank=True)
    # Null until who posted it has judged.
    accepted = models.BooleanField(_("Accepted"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    judged_at = models.DateTimeField(_("Judged at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Claim")
        verbose_name_plural = _("Claims")
        constraints = [
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(accepted__isnull=True),
                name="claim_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} ← {self.unit}"
