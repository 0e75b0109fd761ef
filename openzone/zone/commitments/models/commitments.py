"""A commitment from the offer to its end, and the papers promised for later."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.engines.service.machines import CLOSED, Machine, State
from openzone.zone.commitments.enums import CheckBasis, CommitmentState


class Commitment(models.Model):
    """What an applicant promised about one application.

    ``machine`` and the words that were signed (``text``) stay as they were, whatever the pack says
    later. ``received_at`` is when the application came: the committed time of the item counts from
    there, and ``supply_by`` never lies beyond it.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="commitment")
    item = models.ForeignKey(
        "catalogue.ServiceItem", models.PROTECT, related_name="commitments", verbose_name=_("Item")
    )
    kind = models.SlugField(_("Kind of commitment"), max_length=32)
    machine = models.CharField(max_length=16)
    state = models.CharField(
        _("State"),
        max_length=16,
        choices=CommitmentState.choices,
        default=CommitmentState.OFFERED,
    )
    enterprise = models.ForeignKey(
        "registry.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("Enterprise"),
    )
    person = models.CharField(_("Name"), max_length=64, blank=True)
    identity = models.CharField(_("Identity number"), max_length=32, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Handler")
    )
    received_at = models.DateTimeField(_("Received"))
    decide_by = models.DateTimeField(_("Decision due"), null=True, blank=True)
    values: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("What is signed"), blank=True)
    consequence = models.CharField(_("Consequence"), max_length=300, blank=True)
    supply_by = models.DateTimeField(_("Papers due"), null=True, blank=True)
    signed_at = models.DateTimeField(_("Signed"), null=True, blank=True)
    signed_by = models.CharField(_("Signed by"), max_length=64, blank=True)
    publish = models.BooleanField(_("Published"), default=False)
    supplied_at = models.DateTimeField(_("Papers supplied"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_no = models.CharField(_("Number of the decision"), max_length=100, blank=True)
    check_by = models.DateField(_("Check due"), null=True, blank=True)
    checked_at = models.DateTimeField(_("Checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    check_basis = models.CharField(
        _("Checked by means of"), max_length=16, choices=CheckBasis.choices, blank=True
    )
    check_note = models.CharField(_("Finding"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    closing_note = models.CharField(_("Why it ended"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Commitment")
        verbose_name_plural = _("Commitments")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False) | ~Q(person=""),
                name="commitment_has_an_applicant",
            ),
            models.CheckConstraint(
                condition=Q(supply_by__isnull=True) | Q(supply_by__lte=models.F("decide_by")),
                name="commitment_papers_before_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "supply_by"], name="commitment_state_supply"),
            models.Index(fields=["state", "check_by"], name="commitment_state_check"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.applicant}"

    @property
    def applicant(self) -> str:
        """Who promises."""
        return self.enterprise.name if self.enterprise else self.person

    @property
    def open(self) -> bool:
        """Whether anything can still follow."""
        return State(self.state) not in CLOSED

    @property
    def waits(self) -> bool:
        """Whether the decision waits for papers."""
        return self.machine == Machine.WAIT


class OwedPaper(models.Model):
    """A paper promised for later: which, in which form, and when it came."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="owed")
    name = models.CharField(_("Paper"), max_length=200)
    form = models.CharField(_("Form"), max_length=100)
    supplied_at = models.DateTimeField(_("Supplied"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "name"], name="owed_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.form}）"
