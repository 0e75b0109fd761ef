"""A public service item (政务服务事项): who decides it, how long it takes, what to bring."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.engines.worktime.durations import Duration, parse_duration


class ServiceItem(models.Model):
    """An item of the catalogue.

    ``legal_limit`` and ``committed_limit`` are durations as people write them (``20 workday``);
    empty is unknown. ``trips`` is how often somebody has to come, ``None`` unknown. An
    ``excluded_reason`` keeps every commitment away from the item, whatever it accepts otherwise.
    """

    code = models.SlugField(_("Code"), max_length=64, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    deciding_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="service_items", verbose_name=_("Deciding unit")
    )
    legal_limit = models.CharField(_("Legal limit"), max_length=32, blank=True)
    committed_limit = models.CharField(_("Committed limit"), max_length=32, blank=True)
    receiving: "models.JSONField[Any, Any]" = models.JSONField(
        _("Ways to apply"), default=list, blank=True
    )
    trips = models.PositiveSmallIntegerField(_("Trips"), null=True, blank=True)
    excluded_reason = models.CharField(_("Why no commitment"), max_length=300, blank=True)
    excluded_basis = models.CharField(_("Legal basis"), max_length=200, blank=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("Service item")
        verbose_name_plural = _("Service items")
        constraints = [
            models.CheckConstraint(
                condition=Q(excluded_reason="") | ~Q(excluded_basis=""),
                name="item_exclusion_has_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def committed(self) -> Duration | None:
        """The limit the office promises; the legal one where it promises none."""
        return duration(self.committed_limit) or duration(self.legal_limit)

    @property
    def legal(self) -> Duration | None:
        """The limit the law sets."""
        return duration(self.legal_limit)


class Material(models.Model):
    """A paper an item needs; only secondary ones can be promised for later."""

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Paper"), max_length=200)
    form = models.CharField(_("Form"), max_length=100, blank=True)
    main = models.BooleanField(_("Main paper"), default=True)

    class Meta:
        ordering = ["item_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "name"], name="material_once_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.form}）" if self.form else self.name


class Acceptance(models.Model):
    """That an item accepts a kind of commitment (``commitments.yaml``)."""

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="acceptances")
    kind = models.SlugField(_("Kind of commitment"), max_length=32)

    class Meta:
        ordering = ["item_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["item", "kind"], name="acceptance_once_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.kind}"


def duration(text: str) -> Duration | None:
    """Read a stored limit; empty is unknown."""
    return parse_duration(text) if text else None
