"""A season of resumption, who is on its roster, and in which class from when to when."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.models import Project
from openzone.zone.registry.models import Enterprise


class Season(models.Model):
    """A time in which work is taken up again, such as after the Spring Festival.

    ``rules`` are the measures of the pack on the day it was opened. ``frozen`` are its figures by
    day and class when it was closed; nothing is written into a closed season.
    """

    title = models.CharField(_("Title"), max_length=200)
    kind = models.SlugField(_("Kind"), max_length=24)
    first_on = models.DateField(_("First day"))
    last_on = models.DateField(_("Last day"))
    base_month = models.DateField(
        _("Base month of electricity"), help_text=_("The first day of the month.")
    )
    document = models.CharField(_("Document"), max_length=200, blank=True)
    rules: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("Opened"))
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    closing_note = models.CharField(_("Note"), max_length=300, blank=True)
    frozen: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-first_on", "-id"]
        verbose_name = _("Season of resumption")
        verbose_name_plural = _("Seasons of resumption")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="season_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(closing_note=""), name="season_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """An enterprise or a project on the roster of a season.

    One that does not plan to resume stays in every denominator and is named with its reason.
    """

    season = models.ForeignKey(Season, models.PROTECT, related_name="members")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Enterprise"),
    )  # fmt: skip
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Project"),
    )  # fmt: skip
    unplanned_from = models.DateField(_("Not planning to resume from"), null=True, blank=True)
    unplanned_because = models.CharField(_("Reason"), max_length=300, blank=True)
    # Mean daily use of the base month in kWh, by the account with the grid company.
    bases: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    reminded_on = models.DateField(_("Reminded on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Member of a roster")
        verbose_name_plural = _("Members of a roster")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, project__isnull=True)
                | Q(enterprise__isnull=True, project__isnull=False),
                name="member_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["season", "enterprise"], name="member_enterprise_once",
                condition=Q(enterprise__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["season", "project"], name="member_project_once",
                condition=Q(project__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(unplanned_from__isnull=True) | ~Q(unplanned_because=""),
                name="member_unplanned_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called."""
        found = self.enterprise or self.project
        return found.name if found else ""

    @property
    def firm(self) -> Enterprise | None:
        """The enterprise that speaks for it: itself, or the project's."""
        if self.enterprise is not None:
            return self.enterprise
        return self.project.enterprise if self.project else None


class Membership(models.Model):
    """Belonging to a class of the roster, both days included, with the reason of both."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    klass = models.SlugField(_("Class"), max_length=24)
    first_on = models.DateField(_("From"))
    because = models.CharField(_("Reason"), max_length=300)
    last_on = models.DateField(_("To"), null=True, blank=True)
    left_because = models.CharField(_("Why it left the roster"), max_length=300, blank=True)

    class Meta:
        ordering = ["member_id", "first_on", "id"]
        verbose_name = _("Place on a roster")
        verbose_name_plural = _("Places on a roster")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "klass"], condition=Q(last_on__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True)
                | Q(last_on__gte=F("first_on")) & ~Q(left_because=""),
                name="membership_ends_with_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member} {self.klass}"
