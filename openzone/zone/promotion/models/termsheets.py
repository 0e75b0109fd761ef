"""Term sheets (投资协议条款): versions nobody rewrites, and incentives that need a review."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.agreements.models import Agreement, FairReview, Incentive
from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import TermState
from openzone.zone.promotion.models.leads import Lead


class TermSheet(models.Model):
    """What is negotiated with an investor, after a template of the pack and its version then.

    ``last_seq`` is the last version; ``agreement`` the draft that became of it.
    """

    title = models.CharField(_("Title"), max_length=200)
    template = models.SlugField(_("Template"), max_length=40)
    template_version = models.CharField(_("Version of the template"), max_length=16)
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="term_sheets",
        verbose_name=_("Lead"),
    )  # fmt: skip
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="term_sheets",
        verbose_name=_("Project"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="term_sheets", verbose_name=_("Unit")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="term_sheets",
        verbose_name=_("In charge"),
    )  # fmt: skip
    state = models.CharField(
        _("State"), max_length=16, choices=TermState.choices, default=TermState.OPEN
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    agreement = models.OneToOneField(
        Agreement, models.SET_NULL, null=True, blank=True, related_name="term_sheet",
        verbose_name=_("Agreement"),
    )  # fmt: skip
    last_seq = models.PositiveIntegerField(default=0, editable=False)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    opened_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Term sheet")
        verbose_name_plural = _("Term sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(project__isnull=False),
                name="term_sheet_of_something",
            ),
            models.CheckConstraint(
                condition=~Q(state=TermState.DROPPED) | ~Q(reason=""),
                name="term_sheet_dropped_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TermVersion(models.Model):
    """A version: every value, and the incentives that stood in it then; never rewritten."""

    sheet = models.ForeignKey(TermSheet, models.PROTECT, related_name="versions")
    seq = models.PositiveIntegerField(_("Version"))
    values: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField()
    lines: "models.JSONField[list[int], list[int]]" = models.JSONField(default=list)
    note = models.CharField(_("What was changed"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["sheet_id", "seq"]
        verbose_name = _("Version of a term sheet")
        verbose_name_plural = _("Versions of term sheets")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "seq"], name="term_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.seq}"


class TermLine(models.Model):
    """An incentive as worded; another wording is another line.

    It is agreed only by a review that clears it: ``review`` points at the key that only such a
    review has.
    """

    sheet = models.ForeignKey(TermSheet, models.PROTECT, related_name="lines")
    text = models.CharField(_("What is granted"), max_length=500)
    kind = models.SlugField(_("Kind"), max_length=32)
    amount = models.DecimalField(
        _("Amount (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    due = models.DateField(_("Due on"))
    incentive = models.OneToOneField(
        Incentive, models.PROTECT, null=True, blank=True, related_name="term_line"
    )
    review = models.ForeignKey(
        FairReview, models.PROTECT, to_field="clearance", null=True, blank=True,
        related_name="term_lines", verbose_name=_("Fair-competition review"),
    )  # fmt: skip
    agreed_at = models.DateTimeField(_("Agreed at"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["sheet_id", "id"]
        verbose_name = _("Incentive of a term sheet")
        verbose_name_plural = _("Incentives of term sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(review__isnull=False),
                name="term_line_agreed_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="term_line_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.text
