"""A lead (投资线索), who follows it, and who has credit for it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import Currency
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import OPEN, LeadState
from openzone.zone.promotion.models.investors import Investor
from openzone.zone.registry.models import Place


class Lead(models.Model):
    """An investment somebody may make. Its state, grade and last contact are read from its log.

    ``source``, ``channel`` and ``grade`` are ids of the pack ``promotion.yaml``; ``unit`` follows
    the lead and ``adviser`` speaks with the investor. ``last_seq`` is the last step of its log.
    """

    number = models.CharField(_("Number"), max_length=32, unique=True)
    title = models.CharField(_("Lead"), max_length=200)
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="leads", verbose_name=_("Investor")
    )
    source = models.SlugField(_("Source of the lead"), max_length=32)
    source_note = models.CharField(_("Who or what it came from"), max_length=200, blank=True)
    channel = models.SlugField(_("Channel"), max_length=32, blank=True)
    received_on = models.DateField(_("Received on"))
    summary = models.TextField(_("What is intended"), max_length=4000, blank=True)
    industry = models.CharField(_("Industry"), max_length=8, blank=True)
    chain = models.CharField(_("Chain"), max_length=64, blank=True)
    node = models.CharField(_("Link of the chain"), max_length=64, blank=True)
    gap = models.CharField(_("Gap it would fill"), max_length=200, blank=True)
    gap_reason = models.CharField(_("Why it would fill it"), max_length=500, blank=True)
    wished = models.DecimalField(
        _("Intended investment"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("Currency"), max_length=3, choices=Currency.choices, default=Currency.CNY
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="leads",
        verbose_name=_("Place in view"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("Unit that follows it"),
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="leads",
        verbose_name=_("Adviser"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    project = models.OneToOneField(
        Project, models.PROTECT, null=True, blank=True, related_name="lead",
        verbose_name=_("Project"),
    )  # fmt: skip
    # What lists and boards read, derived from the log.
    state = models.CharField(
        _("State"), max_length=16, choices=LeadState.choices, default=LeadState.NEW, editable=False
    )
    since = models.DateField(_("Since"), editable=False)
    reason = models.CharField(_("Reason"), max_length=500, blank=True, editable=False)
    grade = models.SlugField(_("Maturity"), max_length=16, blank=True, editable=False)
    last_contact = models.DateField(_("Last contact"), null=True, blank=True, editable=False)
    next_step = models.CharField(_("Next step"), max_length=300, blank=True, editable=False)
    next_on = models.DateField(_("Next step by"), null=True, blank=True, editable=False)
    last_seq = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["id"]
        verbose_name = _("Lead")
        verbose_name_plural = _("Leads")
        constraints = [
            models.CheckConstraint(
                condition=Q(wished__isnull=True) | Q(wished__gt=0), name="lead_wishes_something"
            ),
            models.CheckConstraint(
                condition=Q(state=LeadState.PROJECT, project__isnull=False)
                | ~Q(state=LeadState.PROJECT) & Q(project__isnull=True),
                name="lead_project_is_there",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LeadState.REJECTED, LeadState.SHELVED]) | ~Q(reason=""),
                name="lead_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[LeadState.NEW, LeadState.REJECTED, LeadState.SHELVED])
                | Q(adviser__isnull=False),
                name="lead_somebody_follows",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "since"], name="lead_state"),
            models.Index(fields=["unit", "state"], name="lead_unit"),
            models.Index(fields=["adviser", "state"], name="lead_adviser"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether somebody is to do something about it."""
        return self.state in OPEN


class LeadCredit(models.Model):
    """An adviser's part in a lead; the parts of a lead add up to one."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="credits")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lead_credits",
        verbose_name=_("Adviser"),
    )  # fmt: skip
    share = models.DecimalField(_("Part of the credit"), max_digits=7, decimal_places=6)

    class Meta:
        ordering = ["lead_id", "id"]
        verbose_name = _("Credit of an adviser")
        verbose_name_plural = _("Credits of advisers")
        constraints = [
            models.UniqueConstraint(fields=["lead", "user"], name="lead_credit_once"),
            models.CheckConstraint(
                condition=Q(share__gt=Decimal(0)) & Q(share__lte=Decimal(1)),
                name="lead_credit_is_a_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.user_id} {self.share}"


class LeadHelper(models.Model):
    """Somebody who was let into a lead, contacts and all, from a day to a day."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="helpers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leads_helped",
        verbose_name=_("Person"),
    )  # fmt: skip
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["lead_id", "id"]
        verbose_name = _("Helper with a lead")
        verbose_name_plural = _("Helpers with leads")
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "user"],
                condition=Q(valid_to__isnull=True),
                name="lead_helper_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="lead_helper_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.user_id}"
