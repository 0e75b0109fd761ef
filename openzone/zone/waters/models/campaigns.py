"""A campaign of a quarter, the sections in it, what each side found, and every step."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.engines.water.quarters import Quarter, quarter
from openzone.zone.cases.models import Case
from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import Act, CampaignState
from openzone.zone.waters.models.register import Section


class Campaign(models.Model):
    """The joint sampling of two sides in a quarter; figures are entered until ``enter_by``."""

    quarter = models.CharField(_("Quarter"), max_length=6)
    one = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("First side"))
    other = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Second side"))
    enter_by = models.DateField(_("Figures due"))
    state = models.CharField(
        _("State"), max_length=16, choices=CampaignState.choices, default=CampaignState.OPEN
    )
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("Planned"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-quarter", "-id"]
        verbose_name = _("Sampling campaign")
        verbose_name_plural = _("Sampling campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "one", "other"],
                condition=~Q(state=CampaignState.CANCELLED),
                name="campaign_once_a_quarter",
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="campaign_of_two_sides"),
        ]

    def __str__(self) -> str:
        return self.quarter

    @property
    def sides(self) -> tuple[Unit, Unit]:
        """Both sides."""
        return self.one, self.other

    @property
    def of_quarter(self) -> Quarter:
        """The quarter."""
        return quarter(self.quarter)


class Planned(models.Model):
    """A section in a campaign: when it is sampled and by whom, and what was asked again."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="planned")
    section = models.ForeignKey(
        Section, models.PROTECT, related_name="planned", verbose_name=_("Section")
    )
    sample_on = models.DateField(_("Sampling day"))
    one_sampler = models.CharField(_("Sampled by (first side)"), max_length=100, blank=True)
    other_sampler = models.CharField(_("Sampled by (second side)"), max_length=100, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sample_on", "id"]
        verbose_name = _("Section of a campaign")
        verbose_name_plural = _("Sections of campaigns")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "section"], name="planned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.sample_on}"


class Sample(models.Model):
    """What a side found at a section; ``side`` empty: the third laboratory. Append-only.

    ``values``: text by item (``0.25``, ``<0.01``, ``未测``); what is not there is missing. The last
    of a side counts. ``reason`` says why it was corrected, or why nothing was taken;
    ``knowing``: when it was written the other side's figures were open.
    """

    planned = models.ForeignKey(Planned, models.PROTECT, related_name="samples")
    side = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Side")
    )
    on = models.DateField(_("Sampled on"))
    laboratory = models.CharField(_("Laboratory"), max_length=100)
    values: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    knowing = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Sample of water")
        verbose_name_plural = _("Samples of water")

    def __str__(self) -> str:
        return f"{self.planned_id} {self.laboratory} {self.on}"


class CampaignStep(models.Model):
    """What a side did in a campaign. Append-only."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="steps")
    side = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(_("What happened"), max_length=16, choices=Act.choices)
    said = models.CharField(_("Remark"), max_length=300, blank=True)
    by = models.CharField(_("Who"), max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Step of a campaign")
        verbose_name_plural = _("Steps of campaigns")

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.what}"
