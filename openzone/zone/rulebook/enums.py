"""What a draft is about, how far it has come, and where a release came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftKind(models.TextChoices):
    """What a draft would change when it is published."""

    RULE = "rule", _("Rule")
    RELATIONS = "relations", _("Relations between rules")
    WITHDRAWAL = "withdrawal", _("Withdrawal of a rule")


class DraftState(models.TextChoices):
    """How far a draft has come."""

    DRAFT = "draft", _("Being drafted")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


class ReleaseOrigin(models.TextChoices):
    """What made a release."""

    PACKS = "packs", _("Packs of the software")
    DRAFT = "draft", _("Draft of the zone")


OPEN = (DraftState.DRAFT, DraftState.RETURNED)
"""The states in which a draft can be edited."""
