"""Who looks after a subject, and who speaks for an enterprise."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.registry.enums import ChargeRole, StaffRole
from openzone.zone.registry.models.subjects import Enterprise, Subject

_DATES_IN_ORDER = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class PersonInCharge(models.Model):
    """A person who looks after a subject from one day to another (both inclusive)."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="people_in_charge")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="in_charge_of"
    )
    name = models.CharField(_("Name"), max_length=64, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    role = models.CharField(_("Role"), max_length=16, choices=ChargeRole.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["subject_id", "valid_from", "id"]
        verbose_name = _("Person in charge")
        verbose_name_plural = _("People in charge")
        constraints = [
            models.CheckConstraint(condition=_DATES_IN_ORDER, name="in_charge_dates_in_order"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name=""), name="in_charge_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


class EnterpriseStaff(models.Model):
    """A user who speaks for an enterprise from one day to another (both inclusive)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enterprise_posts"
    )
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="staff")
    role = models.CharField(_("Role"), max_length=16, choices=StaffRole.choices)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["enterprise_id", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=_DATES_IN_ORDER, name="staff_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.enterprise}"
