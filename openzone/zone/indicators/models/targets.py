"""What figures are to reach in a year or in several; each change is a row of its own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.models.entities import Entity
from openzone.zone.indicators.models.fields import ExactField


class FigureTarget(models.Model):
    """A target of an indicator of an entity, in the base unit. Append-only.

    It is replaced or withdrawn by a new row with the reason. The first row of a line alone has the
    ``line_key``, so that there is one line for an indicator, an entity, years and way.
    """

    indicator = models.SlugField(_("Indicator"), max_length=64)
    entity = models.ForeignKey(
        Entity, models.PROTECT, related_name="targets", verbose_name=_("Subject")
    )
    way = models.CharField(
        _("How years count"), max_length=8, choices=TargetWay.choices, default=TargetWay.REACH
    )
    first_year = models.PositiveSmallIntegerField(_("First year"))
    last_year = models.PositiveSmallIntegerField(_("Last year"))
    amount = ExactField(_("Target"))
    given = models.CharField(_("As given"), max_length=64)
    document = models.CharField(_("Document it stands in"), max_length=300)
    # Null, not "": later rows of a line have none, and keys are unique.
    line_key = models.CharField(max_length=160, unique=True, null=True, editable=False)  # noqa: DJ001
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    reason = models.CharField(_("Why it was changed"), max_length=500, blank=True)
    withdrawn = models.BooleanField(_("Withdrawn"), default=False)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["first_year", "last_year", "indicator", "id"]
        verbose_name = _("Target of a figure")
        verbose_name_plural = _("Targets of figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="figure_target_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, line_key__isnull=False)
                | Q(replaces__isnull=False, line_key__isnull=True),
                name="figure_target_line_begins_once",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="figure_target_change_says_why",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="figure_target_has_document"),
        ]
        indexes = [models.Index(fields=["entity", "last_year"], name="figure_target_entity")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.entity_id} {self.first_year}-{self.last_year}"
