"""The closed lists of visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What somebody on the roster does; the values are those of ``registry.ChargeRole``."""

    SPONSOR = "sponsor", _("Sponsoring leader")
    SERVICE_OFFICER = "service_officer", _("Service officer")
    GRID = "grid", _("Grid officer")


class Level(models.TextChoices):
    """The three levels of the service network (区—街道—社区)."""

    CENTRE = "centre", _("Service centre")
    STREET = "street", _("Street")
    COMMUNITY = "community", _("Community and grid")


class ContactKind(models.TextChoices):
    """How an enterprise was met."""

    VISIT = "visit", _("Visit")
    CALL = "call", _("Telephone call")


class VisitState(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", _("Planned")
    DONE = "done", _("Took place")
    CANCELLED = "cancelled", _("Called off")


class Condition(models.TextChoices):
    """How the enterprise was found. It is an observation of that day, not a decision."""

    RUNNING = "running", _("In business")
    LOST = "lost", _("Out of contact")
    DORMANT = "dormant", _("Dormant, nothing going on")
    MOVED = "moved", _("No longer here")


class SessionKind(models.TextChoices):
    """What sort of session on site it is."""

    CLINIC = "clinic", _("Enterprise clinic")
    MEETING = "meeting", _("Village meeting")


class SessionState(models.TextChoices):
    """Where a session on site stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class ChallengeState(models.TextChoices):
    """Where a posted problem stands."""

    OPEN = "open", _("To be claimed")
    CLAIMED = "claimed", _("Claimed")
    DELIVERED = "delivered", _("Result handed in")
    CONFIRMED = "confirmed", _("Result confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ImportKind(models.TextChoices):
    """What a spreadsheet holds."""

    ROSTER = "roster", _("Roster")
    ASSIGNMENTS = "assignments", _("Assignments")


class ImportState(models.TextChoices):
    """Where an upload stands."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")
