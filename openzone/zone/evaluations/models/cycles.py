"""A cycle of evaluation, who is in it, and which unit enters which column."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise


def _who() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )


class Cycle(models.Model):
    """An evaluation of a year by a scheme.

    ``definition`` is the scheme and ``rules`` the days as they stood when it was opened, so that a
    later version of a pack changes no result. ``final_run`` is the final list.
    """

    kind = models.CharField(_("Kind"), max_length=8, choices=CycleKind.choices)
    scheme = models.SlugField(_("Scheme"), max_length=64)
    definition: "models.JSONField[Any, Any]" = models.JSONField()
    rules: "models.JSONField[Any, Any]" = models.JSONField()
    year = models.PositiveSmallIntegerField(_("Year evaluated"))
    title = models.CharField(_("Title"), max_length=200)
    state = models.CharField(
        _("State"), max_length=16, choices=CycleState.choices, default=CycleState.GATHERING
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened at"))
    posted_by = _who()
    posted_at = models.DateTimeField(_("Land areas posted at"), null=True, blank=True)
    post_until = models.DateField(_("Objections to land areas until"), null=True, blank=True)
    locked_by = _who()
    locked_at = models.DateTimeField(_("Data locked at"), null=True, blank=True)
    data_on = models.DateField(_("Data as of"), null=True, blank=True)
    published_by = _who()
    published_at = models.DateTimeField(_("Preliminary list published at"), null=True, blank=True)
    objections_until = models.DateField(_("Objections until"), null=True, blank=True)
    final_by = _who()
    final_at = models.DateTimeField(_("Final since"), null=True, blank=True)
    final_run = models.OneToOneField(
        "evaluations.Run", models.PROTECT, null=True, blank=True, related_name="final_of"
    )
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = _("Cycle of evaluation")
        verbose_name_plural = _("Cycles of evaluation")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], name="cycle_once"),
            models.CheckConstraint(
                condition=Q(locked_by__isnull=True) | ~Q(locked_by=F("opened_by")),
                name="cycle_locked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=CycleState.FINAL) | Q(final_run__isnull=False),
                name="cycle_final_has_a_list",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Column(models.Model):
    """The unit that enters a figure of everybody."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="columns")
    item = models.SlugField(_("Item"), max_length=64)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("Column of data")
        verbose_name_plural = _("Columns of data")
        constraints = [models.UniqueConstraint(fields=["cycle", "item"], name="column_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.item}"


class Entrant(models.Model):
    """Somebody who is evaluated: an enterprise, a unit, or a platform by its name.

    Those of one ``parcel`` are added up and share the result; a tenant follows its ``landlord``.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="entrants")
    name = models.CharField(_("Name"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="evaluated",
        verbose_name=_("Enterprise"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )
    group = models.SlugField(_("Group"), max_length=64)
    parcel = models.CharField(_("Parcel"), max_length=64, blank=True)
    landlord = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="tenants",
        verbose_name=_("Follows (landlord)"),
    )  # fmt: skip
    industry = models.CharField(_("Industry"), max_length=8, blank=True)
    registered_on = models.DateField(_("Registered on"), null=True, blank=True)
    land_since = models.DateField(_("Land held since"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["cycle_id", "group", "id"]
        verbose_name = _("Evaluated")
        verbose_name_plural = _("Those evaluated")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "name"], name="entrant_once"),
            models.CheckConstraint(condition=~Q(landlord=F("id")), name="entrant_follows_another"),
        ]

    def __str__(self) -> str:
        return self.name
