"""Merges of enterprises that turned out to be one, and their undoing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.registry.models.subjects import Enterprise


class Merge(models.Model):
    """One enterprise absorbed into another. Nothing moves: reads follow ``merged_into``."""

    survivor = models.ForeignKey(Enterprise, models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Enterprise, models.PROTECT, related_name="absorptions")
    reason = models.CharField(_("Reason"), max_length=300)
    merged_at = models.DateTimeField(_("Merged at"), auto_now_add=True)
    merged_by = models.CharField(_("Merged by"), max_length=128)
    undone_at = models.DateTimeField(_("Undone at"), null=True, blank=True)
    undone_by = models.CharField(_("Undone by"), max_length=128, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Merge")
        verbose_name_plural = _("Merges")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="merge_absorbed_once",
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("absorbed")), name="merge_of_two_enterprises"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.survivor}"
