"""What placements, roles and figures of a chain can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementMethod(models.TextChoices):
    """How a firm came to stand at a node."""

    REVIEWED = "reviewed", _("Proposed and reviewed")
    BY_HAND = "by_hand", _("By hand")
    WORKBOOK = "workbook", _("Workbook")


class ChainRoleKind(models.TextChoices):
    """What a firm is to its chain."""

    LEADER = "leader", _("Chain leader")
    SUPPORTING = "supporting", _("Supporting firm")
