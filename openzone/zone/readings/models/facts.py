"""What was read in a page, what people said of it, and how a fact stands by that."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.models import Document
from openzone.zone.projects.models import Project
from openzone.zone.readings.enums import FactState, Origin, Said
from openzone.zone.readings.models.pages import Page
from openzone.zone.registry.models import Enterprise


class Stated(models.Model):
    """What a fact says: ``number`` in base units of ``unit``, or ``text``."""

    type = models.CharField(_("Type of fact"), max_length=12)
    subject = models.CharField(_("Of whom"), max_length=200, blank=True)
    attribute = models.CharField(_("Attribute"), max_length=64)
    number = models.DecimalField(
        _("Number said"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    text = models.CharField(_("Text"), max_length=500, blank=True)
    unit = models.CharField(_("Unit"), max_length=16, blank=True)
    period = models.CharField(_("Period"), max_length=32, blank=True)

    class Meta:
        abstract = True

    @property
    def value(self) -> Decimal | str:
        """The number, without zeros nobody wrote; else the text."""
        return self.text if self.number is None else plain(self.number)


def plain(number: Decimal) -> Decimal:
    """Return a number without the zeros its column adds."""
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1)) if whole else number.normalize()


class PageFact(Stated):
    """A fact as a machine read it or a person added it, never changed. Append-only.

    ``quote`` is the page from ``start`` to ``end`` without line breaks. ``article`` counts from 0.
    ``names`` is true for the name of a zone or firm that is only mentioned.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="facts")
    origin = models.CharField(_("Who found it"), max_length=8, choices=Origin.choices)
    names = models.BooleanField(default=False)
    attr_text = models.CharField(max_length=200, blank=True)
    qualifiers: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    candidates: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    doubts: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    quote = models.TextField(_("Quote"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    article = models.PositiveSmallIntegerField(null=True, blank=True)
    headline = models.CharField(max_length=300, blank=True)
    rule = models.CharField(_("Rule"), max_length=100)
    confidence = models.FloatField(_("Confidence"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Fact of a page")
        verbose_name_plural = _("Facts of pages")
        constraints = [
            models.CheckConstraint(
                condition=~Q(quote="") & Q(end__gt=models.F("start")), name="page_fact_has_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.attribute} {self.value}{self.unit}"


class Judgement(models.Model):
    """What a person said of a fact: ``what`` was ``before``, is ``after``. Append-only.

    An undoing names the judgement it takes back; nothing is ever deleted.
    """

    fact = models.ForeignKey(PageFact, models.PROTECT, related_name="judgements")
    said = models.CharField(_("What was said"), max_length=8, choices=Said.choices)
    what = models.CharField(max_length=16, blank=True)
    before = models.CharField(_("Before"), max_length=500, blank=True)
    after = models.CharField(_("After"), max_length=500, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Judgement of a fact")
        verbose_name_plural = _("Judgements of facts")
        constraints = [
            models.CheckConstraint(
                condition=Q(said=Said.UNDO, undoes__isnull=False)
                | ~Q(said=Said.UNDO) & Q(undoes__isnull=True),
                name="judgement_undoes_one",
            ),
            models.CheckConstraint(
                condition=~Q(said=Said.REJECT) | ~Q(reason=""), name="judgement_rejected_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.said} {self.what}"


class JudgedFact(Stated):
    """A fact as it stands by all judgements, derived from them; ``last`` is the latest of them."""

    fact = models.OneToOneField(PageFact, models.PROTECT, primary_key=True, related_name="judged")
    page = models.ForeignKey(Page, models.PROTECT, related_name="judged")
    state = models.CharField(
        _("State"), max_length=8, choices=FactState.choices, default=FactState.OPEN
    )
    changed = models.BooleanField(_("Corrected"), default=False)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+"
    )
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    last = models.ForeignKey(Judgement, models.PROTECT, null=True, blank=True, related_name="+")
    entered = models.BooleanField(_("In the record"), default=False)

    class Meta:
        ordering = ["fact_id"]
        verbose_name = _("Judged fact")
        verbose_name_plural = _("Judged facts")
        indexes = [
            models.Index(fields=["page", "state"], name="judged_fact_page"),
            models.Index(fields=["attribute", "state"], name="judged_fact_attribute"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.attribute} {self.value}{self.unit}"
