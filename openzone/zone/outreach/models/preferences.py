"""What an enterprise wants to be told, and how. Append-only: the last word counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.outreach.enums import Channel
from openzone.zone.policies.enums import ItemKind
from openzone.zone.registry.models import Enterprise


class Preference(models.Model):
    """A word of an enterprise about one channel, for one kind of item or (blank) for all.

    Without a word, policies are shown on the site and nobody is telephoned.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="preferences")
    channel = models.CharField(_("Channel"), max_length=16, choices=Channel.choices)
    kind = models.CharField(_("Kind"), max_length=16, choices=ItemKind.choices, blank=True)
    wanted = models.BooleanField(_("Wanted"))
    said_at = models.DateTimeField(_("Said"))
    said_by = models.CharField(_("By"), max_length=150)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Preference")
        verbose_name_plural = _("Preferences")

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.channel} {self.kind} {self.wanted}"
