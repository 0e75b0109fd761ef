"""An application: one number for life, one stage at a time, and every step it took."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import User
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.policies.models import Item
from openzone.zone.redemption.enums import ENDED, NO_LONGER_OPEN, Stage
from openzone.zone.redemption.packs import Procedure
from openzone.zone.registry.models import Enterprise


class Application(models.Model):
    """What one enterprise asks for from one item.

    ``procedure`` and ``rules`` are kept as they were when it was opened: a policy or procedure that
    changes later does not reach it. ``snapshot`` is what the record answered when it was handed in,
    ``finding`` how that is kept (see ``selectors.findings``). Amounts are in fen. ``stage``,
    ``due_at`` and ``entered_at`` follow the last step; ``asked`` says in words what is waited for.
    """

    number = models.CharField(_("Number"), max_length=20, unique=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="applications")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="applications")
    mode = models.CharField(_("Delivery"), max_length=16, choices=DeliveryMode.choices)
    procedure: "models.JSONField[Any, Any]" = models.JSONField()
    rules: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    release = models.CharField(max_length=64, blank=True)
    rules_on = models.DateField(_("Rules of"))

    stage = models.CharField(_("Stage"), max_length=16, choices=Stage.choices)
    entered_at = models.DateTimeField(_("Since"))
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    asked = models.TextField(_("Asked for"), blank=True)
    corrections = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)

    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("Handed in"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    paid_at = models.DateTimeField(_("Paid"), null=True, blank=True)

    statement = models.TextField(_("Statement"), blank=True)
    payee_name = models.CharField(_("Account holder"), max_length=200, blank=True)
    payee_bank = models.CharField(_("Bank and branch"), max_length=200, blank=True)
    payee_account = models.CharField(_("Account number"), max_length=40, blank=True)

    snapshot: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    computed = models.BigIntegerField(_("Computed amount"), null=True, blank=True)
    proposed = models.BigIntegerField(_("Proposed amount"), null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposal_note = models.TextField(_("Grounds of the proposal"), blank=True)
    # More than the rule computes: up to how much, why, and who said so (never the proposer).
    excess = models.BigIntegerField(_("Allowed up to"), null=True, blank=True)
    excess_note = models.TextField(blank=True)
    excess_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved = models.BigIntegerField(_("Approved amount"), null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    rating = models.PositiveSmallIntegerField(_("Rating"), null=True, blank=True)
    rating_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Application")
        verbose_name_plural = _("Applications")
        constraints = [
            # Two clicks, or two colleagues of one enterprise: one item, one open application.
            models.UniqueConstraint(
                fields=["item", "enterprise"],
                condition=~Q(stage__in=sorted(NO_LONGER_OPEN)),
                name="application_open_once",
            ),
            models.CheckConstraint(
                condition=Q(approved__isnull=True) | Q(approved__gte=0),
                name="application_approved_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="application_rating_1_to_5",
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "due_at"], name="application_stage_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the log and the ledger call it."""
        return f"application:{self.pk}"

    @property
    def rules_of_procedure(self) -> Procedure:
        """The procedure it was opened with."""
        return Procedure.model_validate(self.procedure)

    @property
    def pays(self) -> bool:
        """Whether money flows."""
        return self.item.budget_id is not None

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it, save a check."""
        return self.stage in ENDED


class Step(models.Model):
    """One thing that happened to an application, never changed. Times are computed from these."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(_("Time"))
    action = models.CharField(_("Action"), max_length=32)
    stage_from = models.CharField(max_length=16, blank=True)
    stage_to = models.CharField(max_length=16, choices=Stage.choices)
    due_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(_("Who"), max_length=150)
    note = models.TextField(_("Note"), blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["application_id", "seq"]
        verbose_name = _("Step")
        verbose_name_plural = _("Steps")
        constraints = [
            models.UniqueConstraint(fields=["application", "seq"], name="step_once"),
        ]
        indexes = [models.Index(fields=["action", "at"], name="step_action_at")]

    def __str__(self) -> str:
        return f"{self.application_id}.{self.seq} {self.action}"


class Attachment(models.Model):
    """A paper handed in. One taken back stays on record, out of sight."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="attachments")
    material = models.ForeignKey(
        "policies.Material", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The name of the material as it was asked for: lists of materials change.
    asked_as = models.CharField(max_length=200, blank=True)
    file = models.FileField(_("File"), upload_to="redemption/%Y/%m/")
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added"))
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")

    def __str__(self) -> str:
        return self.name
