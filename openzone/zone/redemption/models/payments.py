"""Fund orders and their lines. The money itself moves in the ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.ledger.models import Account, Transfer
from openzone.zone.people.models import User
from openzone.zone.redemption.enums import PaymentState
from openzone.zone.redemption.models.applications import Application


class FundOrder(models.Model):
    """An order to the bank: several applications of one budget, by one person."""

    number = models.CharField(_("Number"), max_length=20, unique=True)
    budget = models.ForeignKey(Account, models.PROTECT, related_name="fund_orders")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("Made"))
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Fund order")
        verbose_name_plural = _("Fund orders")

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """A line of a fund order: one reservation of one application to be paid."""

    order = models.ForeignKey(FundOrder, models.PROTECT, related_name="payments")
    application = models.ForeignKey(Application, models.PROTECT, related_name="payments")
    reservation = models.ForeignKey(Transfer, models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("Ordered"))
    state = models.CharField(
        _("State"), max_length=16, choices=PaymentState.choices, default=PaymentState.ORDERED
    )
    paid = models.BigIntegerField(_("Paid"), null=True, blank=True)
    paid_on = models.DateField(_("Paid on"), null=True, blank=True)
    bank_reference = models.CharField(_("Bank reference"), max_length=64, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "id"]
        verbose_name = _("Payment")
        verbose_name_plural = _("Payments")
        constraints = [
            models.UniqueConstraint(
                fields=["reservation"],
                condition=~Q(state=PaymentState.FAILED),
                name="payment_of_a_reservation_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.PAID)
                | Q(paid__isnull=False, paid_on__isnull=False, marked_by__isnull=False),
                name="payment_paid_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.application}"
