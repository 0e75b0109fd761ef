"""The log and its head."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.audit.chain import GENESIS


class Event(models.Model):
    """One thing that happened, written once by ``services.record``; the database refuses more."""

    seq = models.BigIntegerField(_("No."), primary_key=True)
    at = models.DateTimeField(_("Time"), db_index=True)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(_("Who"), max_length=150)
    action = models.CharField(_("Action"), max_length=64, db_index=True)
    subject = models.CharField(_("Subject"), max_length=64, blank=True, db_index=True)
    # Text, not a JSON column: PostgreSQL would reorder the keys and the hash would no longer hold.
    payload = models.TextField(_("Details"))
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("Event")
        verbose_name_plural = _("Events")

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"

    @property
    def details(self) -> dict[str, Any]:
        """Return the payload as data."""
        return dict(json.loads(self.payload))


class ChainHead(models.Model):
    """The one row every writer locks: number and hash of the latest event."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_chain_head"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
