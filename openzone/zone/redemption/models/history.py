"""What enterprises had received before this system paid anything."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import User
from openzone.zone.redemption.enums import GrantBatchState
from openzone.zone.registry.models import Enterprise


class GrantBatch(models.Model):
    """An uploaded list of earlier payments: first a dry run, then all of it or nothing."""

    file_name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("State"), max_length=16, choices=GrantBatchState.choices)
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("Uploaded"))
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("List of earlier payments")
        verbose_name_plural = _("Lists of earlier payments")

    def __str__(self) -> str:
        return self.file_name


class EarlierGrant(models.Model):
    """One payment from before, as a list says it. ``rule_id`` lets relations look back at it."""

    batch = models.ForeignKey(GrantBatch, models.PROTECT, related_name="grants")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="earlier_grants")
    rule_id = models.CharField(_("Rule"), max_length=64, blank=True)
    title = models.CharField(_("Policy"), max_length=200)
    granted_on = models.DateField(_("Paid on"))
    amount = models.BigIntegerField(_("Amount"))
    row = models.PositiveIntegerField()

    class Meta:
        ordering = ["granted_on", "id"]
        verbose_name = _("Earlier payment")
        verbose_name_plural = _("Earlier payments")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "title", "granted_on", "amount"], name="earlier_grant_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="earlier_grant_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.title} {self.granted_on}"
