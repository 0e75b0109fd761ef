"""Published case types, and the counters behind case numbers."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.enums import TypeDraftState
from openzone.zone.people.models import User


class TypeVersion(models.Model):
    """A case type as it was published, never changed: a case keeps the one it was opened with."""

    kind = models.CharField(_("Case type"), max_length=64)
    version = models.PositiveIntegerField(_("Version"))
    digest = models.CharField(max_length=64)
    # Text, not a JSON column: PostgreSQL would reorder the actions, and they are shown in order.
    definition = models.TextField()
    note = models.CharField(_("Note"), max_length=300, blank=True)
    published_by = models.CharField(_("Published by"), max_length=150)
    published_at = models.DateTimeField(_("Published"))

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name = _("Case type")
        verbose_name_plural = _("Case types")
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="type_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def mapping(self) -> dict[str, Any]:
        """The definition as data."""
        return dict(json.loads(self.definition))


class TypeDraft(models.Model):
    """A case type somebody proposes, as the text of its file; another person publishes it.

    ``base`` is what was in force when the work began, or what its editor has seen since;
    ``revision`` counts the saves, so that the later of two people who edit is told.
    """

    kind = models.CharField(_("Case type"), max_length=64)
    text = models.TextField(_("Text"))
    why = models.CharField(_("Why"), max_length=300, blank=True)
    base = models.ForeignKey(TypeVersion, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        _("State"), max_length=16, choices=TypeDraftState.choices, default=TypeDraftState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    editors = models.ManyToManyField(User, related_name="+")
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("Edited at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    published = models.OneToOneField(
        TypeVersion, models.PROTECT, null=True, blank=True, related_name="draft"
    )
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-edited_at", "-id"]
        verbose_name = _("Draft of a case type")
        verbose_name_plural = _("Drafts of case types")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TypeDraftState.PUBLISHED, published__isnull=False)
                | (~Q(state=TypeDraftState.PUBLISHED) & Q(published__isnull=True)),
                name="type_draft_published_as_a_version",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="type_draft_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NumberSeries(models.Model):
    """The last number given out under a prefix such as ``OZ-QY-20261120``."""

    prefix = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"
