"""The kinds of units and the roles people hold in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is in the zone's organisation."""

    COMMITTEE = "committee", _("Administrative committee")
    DEPARTMENT = "department", _("Department")
    CENTRE = "centre", _("Enterprise service centre")
    PARK = "park", _("Park office")
    STREET = "street", _("Street office")
    COMMUNITY = "community", _("Community")
    BANK = "bank", _("Bank or insurer")
    OTHER = "other", _("Other")


class Role(models.TextChoices):
    """What a person may do for a unit. People of an enterprise are its staff in ``registry``."""

    ADMIN = "admin", _("Administrator")
    LEADER = "leader", _("Leader")
    CENTRE = "centre", _("Service centre")
    HANDLER = "handler", _("Handler")
    PROJECT_CHIEF = "project_chief", _("Project chief")
    AGENT = "agent", _("Neighbourhood agent")
    BANK = "bank", _("Bank officer")
