"""Agents, the residents they act for, what residents agreed to, and what they must do by when."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.community.enums import ConsentForm


class Agent(models.Model):
    """A neighbourhood agent (代办员) of a community, from one day to another (both inclusive)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("Account"),
    )
    code = models.SlugField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=64)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    sources: "models.JSONField[Any, Any]" = models.JSONField(
        _("Comes from"), default=list, blank=True
    )
    community = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="agents", verbose_name=_("Community")
    )
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("Agent")
        verbose_name_plural = _("Agents")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agent_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Resident(models.Model):
    """Somebody who may be helped. Identity, telephone and address are shown on request only."""

    name = models.CharField(_("Name"), max_length=64)
    identity = models.CharField(_("Identity number"), max_length=32, unique=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    community = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="residents", verbose_name=_("Community")
    )
    estate = models.ForeignKey(
        "community.Estate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("Estate"),
    )
    vulnerability: "models.JSONField[Any, Any]" = models.JSONField(
        _("Why a visit helps"), default=list, blank=True
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("Resident")
        verbose_name_plural = _("Residents")

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """That a resident lets agents of the community act, for which items, until withdrawn.

    No item named is no limit to items; that must be said, so ``all_items`` stands on its own.
    """

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="consents")
    form = models.CharField(_("Form"), max_length=16, choices=ConsentForm.choices)
    document = models.CharField(_("Document"), max_length=200)
    all_items = models.BooleanField(_("For every item"), default=False)
    items = models.ManyToManyField(
        "catalogue.ServiceItem", related_name="+", blank=True, verbose_name=_("Items")
    )
    given_on = models.DateField(_("Given on"))
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    withdrawn_why = models.CharField(_("Why withdrawn"), max_length=200, blank=True)

    class Meta:
        ordering = ["resident_id", "-given_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("given_on")),
                name="consent_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident}: {self.document}"


class ResidentDuty(models.Model):
    """What a resident has to do by a day that an office named, such as a recertification."""

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="duties")
    duty = models.SlugField(_("Duty"), max_length=32)
    due_on = models.DateField(_("Due"))
    source = models.CharField(_("Who named the day"), max_length=200)
    item = models.ForeignKey(
        "catalogue.ServiceItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Item"),
    )
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    proof = models.CharField(_("Proof"), max_length=200, blank=True)
    reminded_for = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("Duty of a resident")
        verbose_name_plural = _("Duties of residents")
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "duty", "due_on"], name="resident_duty_once"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(proof=""), name="resident_duty_proved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident}: {self.duty} {self.due_on}"
