"""The closed lists of joint water monitoring. Kinds of exchanges and incidents are in its pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """Rivers and lakes have other limits."""

    RIVER = "river", _("River")
    LAKE = "lake", _("Lake or reservoir")


class CampaignState(models.TextChoices):
    """How far a campaign has come. Whether sides have locked is read from its steps."""

    OPEN = "open", _("Being sampled")
    APPROVED = "approved", _("Approved by both sides")
    CANCELLED = "cancelled", _("Called off")


class Act(models.TextChoices):
    """What a side, or the third laboratory, did in a campaign."""

    PLANNED = "planned", _("Planned")
    LOCKED = "locked", _("Figures locked")
    CORRECTED = "corrected", _("Figures corrected")
    ASKED_AGAIN = "asked_again", _("Sampling again asked for")
    EXAMINED_AGAIN = "examined_again", _("Examined by a third laboratory")
    APPROVED = "approved", _("Approved by a side")
    CANCELLED = "cancelled", _("Called off")


class Kind(models.TextChoices):
    """What the two sides keep a common log of."""

    EXCHANGE = "exchange", _("Water quality exchanged")
    PATROL = "patrol", _("Joint patrol")
    INCIDENT = "incident", _("Joint emergency handling")
    DISPATCH = "dispatch", _("Warning and dispatch")


class EntryState(models.TextChoices):
    """Whether the other side said yes to what one side wrote down."""

    RECORDED = "recorded", _("Waits for the other side")
    CONFIRMED = "confirmed", _("Confirmed by the other side")
    REPORTED = "reported", _("Reported as done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Cell(models.TextChoices):
    """What a section is known to be in a quarter. Nothing known is not met."""

    MET = "met", _("Target met")
    MISSED = "missed", _("Target missed")
    UNKNOWN = "unknown", _("Target: not known")
