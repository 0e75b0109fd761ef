"""A page as it came: its file, where it appeared, its text and the articles found in it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.readings.enums import PageState


class Page(models.Model):
    """A page of a newspaper, a notice or a report.

    ``text`` is what offsets of its facts count in. ``articles`` are ``{headline, spans, paragraphs,
    confidence}``: spans and the lines of each paragraph as ``[start, end]``. ``links`` are the
    firms of the record each name may mean, best first. ``date`` is what "this year" was taken for.

    The three counts are derived from the judgements of its facts.
    """

    name = models.CharField(_("File"), max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    file = models.FileField(_("File"), upload_to="pages/%Y/%m/")
    paper = models.CharField(_("Paper or source"), max_length=200)
    published = models.DateField(_("Published on"), null=True, blank=True)
    number = models.CharField(_("Page number"), max_length=32, blank=True)
    address = models.URLField(_("Address on the web"), max_length=500, blank=True)
    text = models.TextField(blank=True)
    articles: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    links: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    date = models.CharField(max_length=10, blank=True)
    state = models.CharField(
        _("State"), max_length=8, choices=PageState.choices, default=PageState.WAITING
    )
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    facts_found = models.PositiveIntegerField(_("Facts read"), default=0)
    facts_judged = models.PositiveIntegerField(_("Judged"), default=0)
    facts_entered = models.PositiveIntegerField(_("In the record"), default=0)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    brought_at = models.DateTimeField(_("Brought in"))
    read_at = models.DateTimeField(_("Read at"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Page")
        verbose_name_plural = _("Pages read")
        indexes = [models.Index(fields=["state"], name="page_state")]

    def __str__(self) -> str:
        number = f"第{self.number}版" if self.number else ""
        return " ".join(part for part in (self.paper, str(self.published or ""), number) if part)
