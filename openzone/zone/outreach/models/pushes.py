"""Pushes, and what became of each with every enterprise it found."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.outreach.enums import Channel, PushState, SkipReason
from openzone.zone.policies.models import Item
from openzone.zone.registry.models import Enterprise


class Push(models.Model):
    """One item, told to the enterprises that stood so with it on a day.

    ``version`` names the item's and the rule's version: the same enterprise is told once of each.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="pushes")
    version = models.CharField(_("Version"), max_length=160)
    as_of = models.DateField(_("As of"))
    standings: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    channel = models.CharField(_("Channel"), max_length=16, choices=Channel.choices)
    message = models.TextField(_("Message"), max_length=1000)
    state = models.CharField(_("State"), max_length=16, choices=PushState.choices)
    created_at = models.DateTimeField(_("Created"))
    created_by = models.CharField(_("By"), max_length=150)
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Push")
        verbose_name_plural = _("Pushes")

    def __str__(self) -> str:
        return f"{self.item} {self.version}"


class Delivery(models.Model):
    """One enterprise of a push: why it was found, and whether it was told and read.

    ``skipped`` says why it was not told. ``amount`` is what the item would bring, in yuan.
    """

    push = models.ForeignKey(Push, models.PROTECT, related_name="deliveries")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    version = models.CharField(max_length=160)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="deliveries")
    standing = models.CharField(_("Standing"), max_length=16)
    reason: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    amount = models.FloatField(_("Amount"), null=True)
    skipped = models.CharField(_("Not told"), max_length=16, choices=SkipReason.choices, blank=True)
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True)
    read_at = models.DateTimeField(_("Read"), null=True, blank=True)
    read_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Delivery")
        verbose_name_plural = _("Deliveries")
        constraints = [
            models.UniqueConstraint(fields=["push", "enterprise"], name="delivery_once_a_push"),
            # However many pushes: an enterprise is told once of a version by a channel.
            models.UniqueConstraint(
                fields=["item", "version", "channel", "enterprise"],
                condition=Q(skipped=""),
                name="delivery_once_a_version",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "-sent_at"], name="delivery_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.push_id}:{self.enterprise_id}"
