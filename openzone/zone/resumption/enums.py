"""The closed lists of resumption of work. Classes and measures stand in its pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Resumed(models.TextChoices):
    """What a report says of work."""

    YES = "yes", _("Resumed work")
    PARTLY = "partly", _("Partly resumed")
    NO = "no", _("Not resumed")


class Side(models.TextChoices):
    """Who reported: the member itself, or somebody on its behalf."""

    SELF = "self", _("Self-report")
    VISIT = "visit", _("Reported on its behalf")


class BookKind(models.TextChoices):
    """What a workbook brings."""

    ROSTER = "roster", _("Roster")
    REPORTS = "reports", _("Daily reports")
    POWER = "power", _("Electricity")
