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
    """Where an upload of recognitions, or of another workbook, stands."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Entered in the record")
    DISCARDED = "discarded", _("Discarded")


class BookKind(models.TextChoices):
    """What a workbook holds."""

    MONTHS = "months", _("Monthly figures")
    HONOURS = "honours", _("Honours, milestones, shares")


class Publicity(models.TextChoices):
    """What came of making a choice public (公示)."""

    PASSED = "passed", _("No objection that holds")
    UPHELD = "upheld", _("An objection holds")


class Basis(models.TextChoices):
    """What a monthly figure was taken from; both must reach a threshold."""

    VAT = "vat", _("VAT-return sales")
    ACCOUNTS = "accounts", _("Main revenue of the income statement")
