"""Credit records: what is held against an applicant until it is repaired."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.commitments.enums import RecordKind


class CreditRecord(models.Model):
    """A breach, with its document and dates. Once ``repaired_on`` it excludes nobody.

    The subject is an enterprise, or a person by identity number; without a number a person cannot
    be told from a namesake, so none is recorded by name alone.
    """

    enterprise = models.ForeignKey(
        "registry.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_records",
        verbose_name=_("Enterprise"),
    )
    person = models.CharField(_("Name"), max_length=64, blank=True)
    identity = models.CharField(_("Identity number"), max_length=32, blank=True, db_index=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=RecordKind.choices)
    commitment = models.OneToOneField(
        "commitments.Commitment", models.PROTECT, null=True, blank=True, related_name="record"
    )
    document = models.CharField(_("Document"), max_length=200)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    happened_on = models.DateField(_("Happened on"))
    recorded_on = models.DateField(_("Recorded on"))
    repaired_on = models.DateField(_("Repaired on"), null=True, blank=True)
    repair_document = models.CharField(_("Document of the repair"), max_length=200, blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = _("Credit record")
        verbose_name_plural = _("Credit records")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False) | ~Q(identity=""),
                name="credit_record_has_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(repaired_on__isnull=True)
                | (Q(repaired_on__gte=F("happened_on")) & ~Q(repair_document="")),
                name="credit_record_repair_has_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.document}"
