"""Where a track stands, and what happens to an item of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrackState(models.TextChoices):
    """From the request of the enterprise to the permit, or to one of the ends before it."""

    ASKED = "asked", _("Asked for by the enterprise")
    RUNNING = "running", _("Under way")
    FINISHED = "finished", _("All issued")
    REFUSED = "refused", _("Not taken on")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed without the land")


class StepKind(models.TextChoices):
    """What happened to an item."""

    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", _("Sent back")
    REVIEWED = "reviewed", _("Pre-reviewed (blue)")
    ISSUED = "issued", _("Issued (red)")


class PromiseKind(models.TextChoices):
    """What can be promised for later: a secondary paper, or an item that should come first."""

    PAPER = "paper", _("Paper")
    ITEM = "item", _("Item")
