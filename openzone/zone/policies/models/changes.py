"""The history of the library, field by field."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.models.documents import Document
from openzone.zone.policies.models.items import Item


class Change(models.Model):
    """One field that somebody changed. Append-only; the audit log holds the event beside it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="changes")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField(_("Time"), auto_now_add=True)
    who = models.CharField(_("Who"), max_length=150)
    action = models.CharField(_("Action"), max_length=64)
    field = models.CharField(_("Field"), max_length=64, blank=True)
    old = models.TextField(_("Before"), blank=True)
    new = models.TextField(_("After"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Change of a policy")
        verbose_name_plural = _("Changes of policies")

    def __str__(self) -> str:
        return f"{self.action} {self.field}".strip()
