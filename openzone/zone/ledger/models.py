"""Accounts and transfers. Balances are sums of transfers, never columns."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.ledger.enums import TransferKind, TransferState


class Account(models.Model):
    """Where an amount of one unit is, or was: a budget, an enterprise paid, the treasury."""

    code = models.SlugField(_("Code"), max_length=64, unique=True)
    name = models.CharField(_("Name"), max_length=128)
    unit = models.CharField(_("Unit"), max_length=16, default="yuan")
    # An account that must not fall below zero refuses what it has not got (预算不得透支).
    may_be_negative = models.BooleanField(_("May be overdrawn"), default=False)
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("Ledger account")
        verbose_name_plural = _("Ledger accounts")

    def __str__(self) -> str:
        return self.name


class Transfer(models.Model):
    """One row of the books, never changed: the end of a reservation is a row of its own.

    ``amount`` is in the smallest part of the accounts' unit (fen for yuan). ``key`` is the caller's
    own name for it: the same key a second time does nothing. ``of`` is the reservation that a post
    or void ends; being unique, it ends once, whoever asks.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=TransferKind.choices)
    source = models.ForeignKey(
        Account, models.PROTECT, related_name="outgoing", verbose_name=_("From account")
    )
    target = models.ForeignKey(
        Account, models.PROTECT, related_name="incoming", verbose_name=_("To account")
    )
    amount = models.BigIntegerField(_("Amount"))
    of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="end")
    # What it was for, as ``kind:id``; the ledger does not know who stands on it.
    about = models.CharField(max_length=64, blank=True, db_index=True)
    memo = models.CharField(_("Memo"), max_length=200, blank=True)
    on = models.DateField(_("Day"))
    expires_on = models.DateField(_("Last day"), null=True, blank=True)
    at = models.DateTimeField(_("Time"))
    by = models.CharField(_("Who"), max_length=150)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Transfer")
        verbose_name_plural = _("Transfers")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_above_zero"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="transfer_of_two"),
            models.CheckConstraint(
                condition=Q(kind__in=["transfer", "reserve"], of__isnull=True)
                | Q(kind__in=["post", "void"], of__isnull=False),
                name="transfer_ends_a_reservation",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(kind="reserve", expires_on__gte=F("on")),
                name="transfer_expiry_of_a_reservation",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def state(self) -> TransferState:
        """What has become of it."""
        if self.kind != TransferKind.RESERVE:
            voided = self.kind == TransferKind.VOID
            return TransferState.VOIDED if voided else TransferState.POSTED
        end = getattr(self, "end", None)
        return TransferState.PENDING if end is None else end.state
