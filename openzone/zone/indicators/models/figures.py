"""Figures as they were published: every vintage a row of its own, none ever changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.enums import FigureState, FigureStatus
from openzone.zone.indicators.models.batches import Batch
from openzone.zone.indicators.models.entities import Entity
from openzone.zone.indicators.models.fields import ExactField
from openzone.zone.registry.models import Source


class Figure(models.Model):
    """One vintage of an indicator of an entity for a period. Append-only.

    ``value``, ``target`` and ``step`` (what the last printed digit stands for) are in the base unit
    of the indicator; ``given`` and ``unit`` are as they were published. ``growth_pct`` is as
    published and never computed from levels. ``period`` is the canonical text of
    ``engines.series.periods``, ``year`` its year.
    """

    indicator = models.SlugField(_("Indicator"), max_length=64)
    definition = models.CharField(_("Definition"), max_length=64)
    entity = models.ForeignKey(
        Entity, models.PROTECT, related_name="figures", verbose_name=_("Subject")
    )
    period = models.CharField(_("Period"), max_length=16)
    year = models.PositiveSmallIntegerField(_("Year"))
    state = models.CharField(_("State"), max_length=16, choices=FigureState.choices)
    value = ExactField(_("Value"), null=True, blank=True)
    step = ExactField(default=0)
    given = models.CharField(_("As given"), max_length=64, blank=True)
    unit = models.CharField(_("Unit"), max_length=32, blank=True)
    growth_pct = ExactField(_("Growth as published (%)"), null=True, blank=True)
    same_scope = models.BooleanField(_("On the same scope"), default=False)
    target = ExactField(_("Target of the year"), null=True, blank=True)
    rank = models.PositiveIntegerField(_("Rank"), null=True, blank=True)
    group = models.PositiveIntegerField(_("Out of"), null=True, blank=True)
    among = models.CharField(_("Ranked among"), max_length=64, blank=True)
    qualifier = models.CharField(_("Qualifier"), max_length=8, blank=True)
    basis = models.CharField(_("Basis"), max_length=64, blank=True)
    status = models.CharField(_("Status"), max_length=16, choices=FigureStatus.choices, blank=True)
    published = models.DateField(_("Published"), null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Source")
    )
    document = models.CharField(_("Document"), max_length=300, blank=True)
    page = models.CharField(_("Page"), max_length=32, blank=True)
    quote = models.CharField(_("Quotation"), max_length=500, blank=True)
    address = models.CharField(_("Address"), max_length=500, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="figures")
    row = models.PositiveIntegerField(_("Row"), default=0)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    recorded_at = models.DateTimeField(_("Recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("Figure")
        verbose_name_plural = _("Figures over time")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FigureState.REPORTED, value__isnull=False)
                | ~Q(state=FigureState.REPORTED) & Q(value__isnull=True),
                name="figure_number_if_reported",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(document=""), name="figure_has_source"
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1), name="figure_rank_from_one"
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "indicator", "year"], name="figure_line"),
            models.Index(fields=["indicator", "period"], name="figure_period"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.entity_id} {self.period} {self.value}"


class FigureEnd(models.Model):
    """A figure was withdrawn, with the reason; the figure itself stays. Append-only."""

    figure = models.OneToOneField(Figure, models.PROTECT, related_name="end")
    reason = models.CharField(_("Reason"), max_length=500)
    at = models.DateTimeField(_("Recorded at"))
    by = models.CharField(_("Who"), max_length=150)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Figure withdrawn")
        verbose_name_plural = _("Figures withdrawn")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="figure_end_says_why")]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.reason}"
