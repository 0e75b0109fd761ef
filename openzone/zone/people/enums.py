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
    PARTNER = "partner", _("Partner zone or city")
    OTHER = "other", _("Other")


class KeyArea(models.TextChoices):
    """What a program's key can be limited to: the areas of the interface for programs."""

    CASES = "cases", _("Cases and desk")
    REGISTERS = "registers", _("Registers of the desk for what cannot be done")
    STATISTICS = "statistics", _("Statistics of cases")
    NOTICES = "notices", _("Notices")
    CATALOGUE = "catalogue", _("Service items")
    COMMITMENTS = "commitments", _("Commitments")
    COMMUNITY = "community", _("Neighbourhood service")
    CROSS_REGION = "cross_region", _("Cross-region service")
    VISITS = "visits", _("Visits")
    SURVEYS = "surveys", _("Satisfaction surveys")
    SUGGESTIONS = "suggestions", _("Suggestions")
    REFORMS = "reforms", _("Reform tasks")
    QUESTIONS = "questions", _("Policy questions")
    SESSIONS = "sessions", _("Live sessions")
    PROJECTS = "projects", _("Projects")
    PERFORMANCE = "performance", _("Targets and evaluation")
    PROMOTION = "promotion", _("Promotion of investment")
    AGREEMENTS = "agreements", _("Promises of both sides")
    REVIEWS = "reviews", _("Review meetings")
    APPROVALS = "approvals", _("Approvals")
    LAND = "land", _("Land")
    CHAINS = "chains", _("Industrial chains")
    SUPPLY = "supply", _("Supply matching")
    RESUMPTION = "resumption", _("Resumption of work")
    READINGS = "readings", _("Reading of pages")
    EVALUATIONS = "evaluations", _("Evaluations of enterprises")
    WATERS = "waters", _("Joint water monitoring")
    FIGURES = "figures", _("Figures over time")


class KeyRight(models.TextChoices):
    """What a key may do in an area."""

    READ = "read", _("Reading")
    WRITE = "write", _("Writing")


def scope(area: str, right: str) -> str:
    """Return a right in an area as a key keeps it: ``visits:read``."""
    return f"{area}:{right}"


def scopes() -> list[str]:
    """Return every right there is, in the order of the areas."""
    return [scope(area, right) for area in KeyArea.values for right in KeyRight.values]


def first_scopes() -> list[str]:
    """Return what keys could reach before they had rights of their own: cases."""
    return [scope(KeyArea.CASES, right) for right in KeyRight.values]


class Role(models.TextChoices):
    """What a person may do for a unit. People of an enterprise are its staff in ``registry``."""

    ADMIN = "admin", _("Administrator")
    LEADER = "leader", _("Leader")
    CENTRE = "centre", _("Service centre")
    HANDLER = "handler", _("Handler")
    PROJECT_CHIEF = "project_chief", _("Project chief")
    AGENT = "agent", _("Neighbourhood agent")
    BANK = "bank", _("Bank officer")
    PARTNER = "partner", _("Officer of a partner zone")
    STATISTICS = "statistics", _("Statistician")
