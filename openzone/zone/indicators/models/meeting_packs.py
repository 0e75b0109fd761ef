"""The papers of a meeting as they were made: what was known that day stays what it was."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.models.entities import Entity


class MeetingPack(models.Model):
    """Sentences, tables and charts with a footnote for every number. Append-only.

    ``content`` is all of it, in both languages; ``sha256`` is of its canonical JSON. ``version`` is
    that of the sentences it was made from.
    """

    title = models.CharField(_("Title"), max_length=200)
    entity = models.ForeignKey(
        Entity, models.PROTECT, related_name="meeting_packs", verbose_name=_("Subject")
    )
    period = models.CharField(_("Period"), max_length=16)
    indicators: "models.JSONField[Any, Any]" = models.JSONField(_("Indicators"), default=list)
    as_of = models.DateField(_("As of"))
    known_at = models.DateField(_("As known on"), null=True, blank=True)
    version = models.CharField(max_length=32)
    content: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Meeting pack")
        verbose_name_plural = _("Meeting packs")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="meeting_pack_has_title")
        ]

    def __str__(self) -> str:
        return self.title
