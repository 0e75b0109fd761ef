"""Calendars that programs read: an address with a secret in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """A calendar address of somebody. The secret itself is never kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    label = models.CharField(_("What it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("Created"))
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Calendar address")
        verbose_name_plural = _("Calendar addresses")

    def __str__(self) -> str:
        return self.label
