"""Whose targets there are, and how far an evaluation is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScopeKind(models.TextChoices):
    """Whose target or score it is."""

    ZONE = "zone", _("The whole zone")
    UNIT = "unit", _("A unit")
    PERSON = "person", _("A person")


class RoundState(models.TextChoices):
    """An evaluation is simulated while open, fixed by one, confirmed by another, then final."""

    OPEN = "open", _("Simulated")
    CLOSED = "closed", _("Fixed, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed, objections possible")
    FINAL = "final", _("Final")
