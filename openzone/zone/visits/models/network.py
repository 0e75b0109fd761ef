"""Who serves which place (the roster), and which enterprise lies in which grid.

Which leader or officer looks after an enterprise stands in ``registry.PersonInCharge``: one record
for every page that asks.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.visits.enums import Duty, ImportKind, ImportState


class Post(models.Model):
    """A place on the roster: somebody's duty for a unit and, where it has one, a place."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="service_posts",
        verbose_name=_("Person"),
    )
    duty = models.CharField(_("Duty"), max_length=16, choices=Duty.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="service_posts", verbose_name=_("Unit")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="service_posts",
        verbose_name=_("Place"),
    )
    phone = models.CharField(_("Office telephone"), max_length=32, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["unit__code", "user__username", "id"]
        verbose_name = _("Place on the roster")
        verbose_name_plural = _("Roster")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="service_post_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(duty=Duty.GRID) | Q(place__isnull=False),
                name="service_post_of_a_grid_has_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_duty_display()}"


class GridMembership(models.Model):
    """An enterprise in a grid, from one day to another (both inclusive)."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="grid_memberships", verbose_name=_("Enterprise")
    )
    grid = models.ForeignKey(
        Place, models.PROTECT, related_name="grid_memberships", verbose_name=_("Grid")
    )
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    assigned_by = models.CharField(_("Assigned by"), max_length=150)

    class Meta:
        ordering = ["enterprise_id", "valid_from", "id"]
        verbose_name = _("Enterprise of a grid")
        verbose_name_plural = _("Enterprises of grids")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grid_membership_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(valid_to__isnull=True),
                name="grid_membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} → {self.grid_id}"


class NetworkImport(models.Model):
    """A spreadsheet of the roster or of assignments: good rows, and what is wrong with others."""

    kind = models.CharField(_("Kind"), max_length=16, choices=ImportKind.choices)
    file_name = models.CharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("Status"), max_length=16, choices=ImportState.choices, default=ImportState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    uploaded_by = models.CharField(_("Uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("Uploaded at"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Import of the service network")
        verbose_name_plural = _("Imports of the service network")

    def __str__(self) -> str:
        return self.file_name
