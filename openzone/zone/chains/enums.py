"""What placements, roles and figures of a chain can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementMethod(models.TextChoices):
    """How a firm came to stand at a node."""

    REVIEWED = "reviewed", _("Proposed and reviewed")
    BY_HAND = "by_hand", _("By hand")
    WORKBOOK = "workbook", _("Workbook")


class ChangeKind(models.TextChoices):
    """What was done about where a firm stands."""

    PLACED = "placed", _("Placed")
    CORRECTED = "corrected", _("Corrected")
    ENDED = "ended", _("Stands nowhere any more")
    UNDONE = "undone", _("Undone")


class Band(models.TextChoices):
    """What the reading of a firm's texts says about a proposal."""

    AUTO = "auto", _("Clear enough")
    REVIEW = "review", _("To be looked at")
    NEW = "new", _("Hardly a hint")


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not in this chain")
    SUPERSEDED = "superseded", _("Superseded by a later one")
    WITHDRAWN = "withdrawn", _("Nothing says it any more")


class ChainRoleKind(models.TextChoices):
    """What a firm is to its chain."""

    LEADER = "leader", _("Chain leader")
    SUPPORTING = "supporting", _("Supporting firm")


class ChainSheetKind(models.TextChoices):
    """What a workbook of the chains lists."""

    PLACEMENTS = "placements", _("Placements")
    ROLES = "roles", _("Roles")
    FIGURES = "figures", _("Figures")


class ChainSheetState(models.TextChoices):
    """How far a workbook has come."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Entered")
    DISCARDED = "discarded", _("Discarded")
    UNDONE = "undone", _("Undone")


class ChainDraftState(models.TextChoices):
    """How far a draft of a chain has come; one that was returned is being drafted again."""

    DRAFT = "draft", _("Being drafted")
    SUBMITTED = "submitted", _("Waiting for approval")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
