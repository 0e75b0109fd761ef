"""The closed lists of graded review. Tiers and classes are a pack's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class ItemOutcome(models.TextChoices):
    """What a meeting made of a matter on its agenda."""

    SETTLED = "settled", _("Settled")
    OPEN = "open", _("Stays open")
    POSTPONED = "postponed", _("Not reached")


class ForceDuty(models.TextChoices):
    """What somebody does in a task force."""

    LEAD = "lead", _("Leads it")
    CONTACT = "contact", _("Contact")
    MEMBER = "member", _("Takes part")
