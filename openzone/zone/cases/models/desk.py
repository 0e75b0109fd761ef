"""What somebody keeps for their own desk."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import User


class SavedFilter(models.Model):
    """A list of cases somebody comes back to: its name and the answers of the filter form."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("Name"), max_length=60)
    chosen: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    shared = models.BooleanField(_("For colleagues too"), default=False)
    saved_at = models.DateTimeField(_("Saved"))

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("Saved list")
        verbose_name_plural = _("Saved lists")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_once"),
        ]

    def __str__(self) -> str:
        return self.name
