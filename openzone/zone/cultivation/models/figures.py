"""Monthly figures an enterprise stated, as it stated them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.cultivation.enums import Basis
from openzone.zone.registry.models import Enterprise


class MonthlyFigure(models.Model):
    """An amount of one month in yuan; of several for a month the latest counts, all are kept.

    The platform never makes or alters one: who stated it corrects it by stating it again.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="monthly_figures")
    basis = models.CharField(_("Taken from"), max_length=16, choices=Basis.choices)
    month = models.DateField(_("Month"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=20, decimal_places=2)
    source = models.CharField(_("Source"), max_length=255)
    by = models.CharField(_("By"), max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded"))

    class Meta:
        ordering = ["-month", "basis", "-id"]
        verbose_name = _("Monthly figure")
        verbose_name_plural = _("Monthly figures")
        indexes = [models.Index(fields=["enterprise", "month"], name="figure_enterprise_month")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.month:%Y-%m}"
