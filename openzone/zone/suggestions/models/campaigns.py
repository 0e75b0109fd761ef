"""Campaigns, and who takes part in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.suggestions.enums import CampaignState


class Campaign(models.Model):
    """A call for suggestions, with rounds, groups and topics.

    The official answers are promised when collecting ends: ``answer_due_at`` was counted then,
    with the limit the pack promised that day, and stays as it was.
    """

    title = models.CharField(_("Title"), max_length=120)
    purpose = models.TextField(_("What it is about"), max_length=2000, blank=True)
    basis = models.CharField(_("Notice or document"), max_length=200, blank=True)
    opens_on = models.DateField(_("Collecting from"))
    closes_on = models.DateField(_("Collecting until"))
    state = models.CharField(
        _("Status"), max_length=16, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    collected_at = models.DateTimeField(_("Collecting ended"), null=True, blank=True)
    answer_due_at = models.DateTimeField(_("Answers due"), null=True, blank=True)
    answer_limit = models.CharField(_("Promised limit"), max_length=64, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-opens_on", "-id"]
        verbose_name = _("Suggestion campaign")
        verbose_name_plural = _("Suggestion campaigns")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="campaign_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Topic(models.Model):
    """What suggestions may be about."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="topics")
    title = models.CharField(_("Topic"), max_length=100)

    class Meta:
        ordering = ["campaign_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "title"], name="topic_once_a_campaign"),
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One round of discussion; ``attended`` is a count somebody gave, empty if nobody counted."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("Round"))
    held_on = models.DateField(_("Held on"))
    place = models.CharField(_("Place"), max_length=100, blank=True)
    attended = models.PositiveIntegerField(_("Present"), null=True, blank=True)
    minutes = models.TextField(_("Minutes"), max_length=4000, blank=True)

    class Meta:
        ordering = ["campaign_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="round_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Group(models.Model):
    """People who discuss together."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="groups")
    name = models.CharField(_("Group"), max_length=64)

    class Meta:
        ordering = ["campaign_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="group_once_a_campaign"),
        ]

    def __str__(self) -> str:
        return self.name


class Facilitator(models.Model):
    """An expert who leads the discussion of a group."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="facilitators")
    name = models.CharField(_("Expert"), max_length=64)
    field = models.CharField(_("Field and post"), max_length=120, blank=True)

    class Meta:
        ordering = ["group_id", "id"]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who takes part, with a login or without; ``contact`` is for those without."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="members")
    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    name = models.CharField(_("Name of the person"), max_length=64)
    office = models.CharField(_("Works at"), max_length=128, blank=True)
    contact = models.CharField(_("Contact"), max_length=64, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestion_memberships",
        verbose_name=_("Account"),
    )

    class Meta:
        ordering = ["campaign_id", "group_id", "id"]
        verbose_name = _("Member")
        verbose_name_plural = _("Members")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name", "office"], name="member_once_a_campaign"
            ),
            models.UniqueConstraint(
                fields=["campaign", "user"],
                condition=Q(user__isnull=False),
                name="member_account_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
