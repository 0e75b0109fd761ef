"""The closed lists of evaluations. Grounds, bureaus and days stand in the packs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CycleKind(models.TextChoices):
    """Where the figures come from: bureaus, or reviewers who mark."""

    LAND = "land", _("Output per mu")
    PANEL = "panel", _("Marked by reviewers")


class CycleState(models.TextChoices):
    """How far an evaluation is."""

    GATHERING = "gathering", _("Data being gathered")
    POSTED = "posted", _("Land areas posted")
    LOCKED = "locked", _("Data locked, simulated")
    PUBLISHED = "published", _("Preliminary list, objections possible")
    FINAL = "final", _("Final list")


class RulingKind(models.TextChoices):
    """What was decided about one of those evaluated."""

    EXCLUDE = "exclude", _("Not suitable for evaluation")
    VETO = "veto", _("Veto")
    ADJUST = "adjust", _("Points added or taken away")
    LIFT = "lift", _("Earlier decision lifted")


class RunKind(models.TextChoices):
    """Why results were written down."""

    PRELIMINARY = "preliminary", _("Preliminary list")
    CORRECTED = "corrected", _("After an objection")


class About(models.TextChoices):
    """What an objection is about."""

    LAND = "land", _("Land area posted")
    RESULT = "result", _("Result")
