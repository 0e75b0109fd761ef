"""What is known of those evaluated: figures with their source, decisions, marks, workbooks."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.evaluations.enums import RulingKind
from openzone.zone.evaluations.models.cycles import Cycle, Entrant
from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import SheetState
from openzone.zone.workbooks import Workbook


class DataSheet(Workbook):
    """A workbook of a bureau: judged row by row, then entered as a whole, once."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("Source"), max_length=300)
    file = models.FileField(_("File"), upload_to="evaluation-sheets/%Y/%m/")
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )

    class Meta(Workbook.Meta):
        verbose_name = _("Workbook of evaluation data")
        verbose_name_plural = _("Workbooks of evaluation data")


class Cell(models.Model):
    """A figure of an entrant, in the base unit of its item; the newest of an item stands.

    Without a value the figure was taken back and is missing again. Nobody rewrites one.
    """

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="cells")
    item = models.SlugField(_("Item"), max_length=64)
    seq = models.PositiveSmallIntegerField()
    value = models.DecimalField(_("Figure"), max_digits=26, decimal_places=6, null=True, blank=True)
    source = models.CharField(_("Source"), max_length=300)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    sheet = models.ForeignKey(
        DataSheet, models.PROTECT, null=True, blank=True, related_name="cells"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["entrant_id", "item", "seq"]
        verbose_name = _("Figure of an evaluation")
        verbose_name_plural = _("Figures of evaluations")
        constraints = [
            models.UniqueConstraint(fields=["entrant", "item", "seq"], name="cell_once"),
            models.CheckConstraint(condition=~Q(source=""), name="cell_has_a_source"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(reason=""), name="cell_taken_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.item} {self.value}"


class Ruling(models.Model):
    """Left out, vetoed, points by decision, each with its document; or an earlier one lifted."""

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="rulings")
    kind = models.CharField(_("Kind"), max_length=8, choices=RulingKind.choices)
    ground = models.SlugField(_("Ground"), max_length=32, blank=True)
    points = models.DecimalField(_("Points"), max_digits=8, decimal_places=2, null=True, blank=True)
    document = models.CharField(_("Document"), max_length=300)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    lifts = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="lifted_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["entrant_id", "id"]
        verbose_name = _("Decision about one evaluated")
        verbose_name_plural = _("Decisions about those evaluated")
        constraints = [
            models.CheckConstraint(condition=~Q(document=""), name="ruling_has_a_document"),
            models.CheckConstraint(
                condition=Q(kind=RulingKind.LIFT, lifts__isnull=False)
                | ~Q(kind=RulingKind.LIFT) & Q(lifts__isnull=True),
                name="ruling_lifts_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RulingKind.ADJUST) | Q(points__isnull=False),
                name="ruling_adjusts_by_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.kind} {self.ground}"


class Reviewer(models.Model):
    """Somebody who marks those of a category, or everybody; nobody sees another's marks before.

    ``marks`` are points by entrant and item: ``{"12": {"service": "8.5"}}``. Locked, they stay.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Person")
    )
    group = models.SlugField(_("Group"), max_length=64, blank=True)
    marks: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    locked_at = models.DateTimeField(_("Locked at"), null=True, blank=True)

    class Meta:
        ordering = ["cycle_id", "id"]
        verbose_name = _("Reviewer")
        verbose_name_plural = _("Reviewers")
        constraints = [models.UniqueConstraint(fields=["cycle", "user"], name="reviewer_once")]

    def __str__(self) -> str:
        return str(self.user)
