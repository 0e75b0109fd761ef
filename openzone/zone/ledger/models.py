"""Accounts. Their balances are sums of transfers, never columns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
        verbose_name = _("Account")
        verbose_name_plural = _("Accounts")

    def __str__(self) -> str:
        return self.name
