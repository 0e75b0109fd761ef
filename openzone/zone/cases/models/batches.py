"""One action asked for on many cases."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.engines.text import Text
from openzone.zone.cases.enums import BatchRowState, BatchState
from openzone.zone.cases.models.cases import Case
from openzone.zone.people.models import User


class Batch(models.Model):
    """An action on many cases: looked at first, then done one by one in the background.

    ``verb`` is what the action does; which action of a case's own type that is, is decided for
    every case by itself. ``said`` is what was written down once for all of them.
    """

    verb = models.CharField(_("Action"), max_length=32)
    said: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("State"), max_length=16, choices=BatchState.choices, default=BatchState.CHECKING
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="case_batches")
    asked_at = models.DateTimeField(_("Asked at"))
    begun_at = models.DateTimeField(_("Begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Action on many cases")
        verbose_name_plural = _("Actions on many cases")

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"


class BatchRow(models.Model):
    """One case of it: whether it may, why not, and what came of it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    state = models.CharField(
        _("State"), max_length=16, choices=BatchRowState.choices, default=BatchRowState.WAITING
    )
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "case"], name="batch_row_once"),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="batch_row_state")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.case_id}"

    @property
    def reason(self) -> Text | None:
        """Why not, where there is a reason."""
        return Text(self.reason_zh, self.reason_en) if self.reason_zh else None
