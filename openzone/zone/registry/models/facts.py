"""Facts and where they come from. Both are append-only: a correction is a new row."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models.subjects import Subject


class Source(models.Model):
    """What a statement can be traced to."""

    kind = models.CharField(_("Kind"), max_length=16, choices=SourceKind.choices)
    title = models.CharField(_("Title"), max_length=200)
    document_no = models.CharField(_("Document number"), max_length=100, blank=True)
    issuer = models.CharField(_("Issuer"), max_length=200, blank=True)
    dated = models.DateField(_("Dated"), null=True, blank=True)
    file_name = models.CharField(_("File"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(_("Note"), blank=True)
    recorded_at = models.DateTimeField(_("Recorded at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Source")
        verbose_name_plural = _("Sources")

    def __str__(self) -> str:
        return f"{self.title} {self.document_no}".strip()


class Fact(models.Model):
    """One statement: this series of this subject had this value in this period.

    There will be millions of rows, so each column earns its bytes. ``value`` is exact and canonical
    (a decimal, an ISO date, ``true``/``false``, text); ``None`` says that what was stated before is
    withdrawn: the value is unknown again.
    """

    # The composite index below begins with the subject and serves the foreign key too; nobody
    # walks from a source to its millions of facts.
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="facts", db_index=False)
    series = models.CharField(max_length=64)
    value = models.TextField(null=True)  # noqa: DJ001 - null is "withdrawn", "" never occurs
    unit = models.CharField(max_length=16, blank=True)
    original = models.TextField(blank=True)
    approx = models.CharField(max_length=16, blank=True)
    period_first = models.DateField(null=True)
    period_last = models.DateField(null=True)
    known_on = models.DateField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    locator = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("Fact")
        verbose_name_plural = _("Facts")
        indexes = [models.Index(fields=["subject", "series"], name="fact_subject_series")]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_first__isnull=True, period_last__isnull=True)
                | Q(period_last__gte=F("period_first")),
                name="fact_period_in_order",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="fact_value_never_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.series} {self.value}"
