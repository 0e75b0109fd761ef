"""Where on the ladder of reviews an obstacle stands, and how it climbed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.projects.models import Project
from openzone.zone.reviews.models.meetings import Meeting


class Obstacle(models.Model):
    """A case of type ``obstacle`` on a project, and the tier that has it.

    ``begun`` is the tier it was first given to; ``tier`` follows from the meetings that had it.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="obstacle")
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="obstacles", verbose_name=_("Project")
    )
    begun = models.SlugField(max_length=16, blank=True)
    tier = models.SlugField(_("Tier"), max_length=16, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Raised by")
    )

    class Meta:
        ordering = ["case_id"]
        verbose_name = _("Obstacle")
        verbose_name_plural = _("Obstacles")
        indexes = [models.Index(fields=["tier"], name="obstacle_tier")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.tier}"


class Climb(models.Model):
    """An obstacle went to the next tier after a meeting; a meeting sends it up once."""

    obstacle = models.ForeignKey(Obstacle, models.PROTECT, related_name="climbs")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="climbs")
    to_tier = models.SlugField(_("To"), max_length=16)
    leader = models.CharField(_("Leader"), max_length=150)
    at = models.DateTimeField(_("Time"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Escalation")
        verbose_name_plural = _("Escalations")
        constraints = [
            models.UniqueConstraint(fields=["obstacle", "meeting"], name="climb_once"),
        ]

    def __str__(self) -> str:
        return f"{self.obstacle_id} → {self.to_tier}"
