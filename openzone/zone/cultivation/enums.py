"""The closed lists of cultivation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Choice(models.TextChoices):
    """What a person decided about a candidate."""

    ACCEPTED = "accepted", _("Taken in")
    DECLINED = "declined", _("Not taken")


class Leaving(models.TextChoices):
    """Why an enterprise left a pool."""

    REACHED = "reached", _("Reached the goal")
    DROPPED = "dropped", _("No longer near it")
    WITHDREW = "withdrew", _("Withdrew")
    MOVED = "moved", _("Left the zone")


class ImportState(models.TextChoices):
    """Where an upload of recognitions stands."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")
