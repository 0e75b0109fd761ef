"""Users, units, and who is what, where, from when to when."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.enums import Role, UnitKind, first_scopes


class User(AbstractUser):
    """Somebody who can log in."""

    display_name = models.CharField(_("Name"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")

    def __str__(self) -> str:
        return self.display_name or self.username


class Unit(models.Model):
    """An office, department, bank or community that people act for."""

    code = models.SlugField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=128)
    name_en = models.CharField(_("English name"), max_length=128, blank=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Part of"),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("Unit")
        verbose_name_plural = _("Units")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a user in a unit, from one day to another (both inclusive)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=16, choices=Role.choices)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["user", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.unit}"


class ApiKey(models.Model):
    """A key a program acts with, as the user it belongs to. The key itself is never kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="api_keys")
    label = models.CharField(_("What it is for"), max_length=100)
    start = models.CharField(_("Begins with"), max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("May"), default=first_scopes)
    created_at = models.DateTimeField(_("Created"))
    valid_to = models.DateField(_("To"))
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.start}…"
