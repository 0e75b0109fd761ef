"""The roster of investment advisers (招商顾问)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Adviser(models.Model):
    """Somebody is an investment adviser from a day to a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="adviser_terms",
        verbose_name=_("Person"),
    )  # fmt: skip
    field = models.CharField(_("Field of work"), max_length=100, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["user_id", "valid_from", "id"]
        verbose_name = _("Investment adviser")
        verbose_name_plural = _("Investment advisers")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(valid_to__isnull=True), name="adviser_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="adviser_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.valid_from}"
