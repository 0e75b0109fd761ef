"""Where an accepted fact went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.models import Batch
from openzone.zone.readings.enums import Target
from openzone.zone.readings.models.facts import PageFact
from openzone.zone.registry.models import Source


class Entry(models.Model):
    """A fact handed to the record, once. Append-only.

    ``subject`` is what it went to as the log calls it, such as ``enterprise:12``.
    """

    fact = models.OneToOneField(PageFact, models.PROTECT, related_name="entry")
    target = models.CharField(_("Where it went"), max_length=12, choices=Target.choices)
    subject = models.CharField(max_length=64)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Fact in the record")
        verbose_name_plural = _("Facts in the record")

    def __str__(self) -> str:
        return f"{self.fact_id} → {self.subject}"
