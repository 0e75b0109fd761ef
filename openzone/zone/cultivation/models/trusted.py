"""Enterprises with priority for keeping faith (立信企业), and what good credit brings (信易+)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TrustedEnterprise(models.Model):
    """A place on the list of trusted enterprises, both days included."""

    enterprise = models.ForeignKey(
        "registry.Enterprise", models.PROTECT, related_name="trusted_terms"
    )
    document = models.CharField(_("Document or list"), max_length=200)
    valid_from = models.DateField(_("From"))
    # A priority without an end would outlive what it was given for.
    valid_to = models.DateField(_("To"))
    ended_because = models.CharField(_("Why it ended earlier"), max_length=200, blank=True)
    entered_by = models.CharField(_("Entered by"), max_length=150)

    class Meta:
        ordering = ["-valid_from", "-id"]
        verbose_name = _("Trusted enterprise")
        verbose_name_plural = _("Trusted enterprises")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="trusted_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.valid_from}–{self.valid_to}"


class Incentive(models.Model):
    """What a unit offers to who keeps faith (“信易+”应用场景), and to whom."""

    title = models.CharField(_("Scenario"), max_length=100, unique=True)
    what = models.CharField(_("What it brings"), max_length=500)
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        related_name="incentives",
        verbose_name=_("Responsible unit"),
    )
    # Grades as the credit authority names them, such as 优; empty where the list decides alone.
    grades = models.CharField(_("Credit grades"), max_length=100, blank=True)
    trusted_only = models.BooleanField(_("For trusted enterprises only"), default=False)
    window_from = models.DateField(_("From"), null=True, blank=True)
    window_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("Incentive")
        verbose_name_plural = _("Incentives")
        constraints = [
            models.CheckConstraint(
                condition=Q(window_from__isnull=True)
                | Q(window_to__isnull=True)
                | Q(window_to__gte=F("window_from")),
                name="incentive_window_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title
