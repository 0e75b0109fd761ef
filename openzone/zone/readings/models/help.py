"""Each time the text of an article left for a language model."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.readings.enums import HelpState
from openzone.zone.readings.models.pages import Page


class HelpRequest(models.Model):
    """One article sent to ``host``; how many of the answer's records held, why others did not."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="helped")
    article = models.PositiveSmallIntegerField()
    host = models.CharField(_("Sent to"), max_length=200)
    model = models.CharField(_("Model"), max_length=100)
    characters = models.PositiveIntegerField()
    state = models.CharField(
        _("State"), max_length=8, choices=HelpState.choices, default=HelpState.ASKED
    )
    kept = models.PositiveSmallIntegerField(_("Records kept"), default=0)
    dropped: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked at"))
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Request to a language model")
        verbose_name_plural = _("Requests to a language model")

    def __str__(self) -> str:
        return f"{self.page_id}/{self.article} {self.state}"
