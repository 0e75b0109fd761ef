"""Published case types, and the counters behind case numbers."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class NumberSeries(models.Model):
    """The last number given out under a prefix such as ``OZ-QY-20261120``."""

    prefix = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"
