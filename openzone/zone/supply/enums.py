"""The closed lists of supply matching. Kinds of what is needed stand in its pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Which side of a market an entry is on."""

    NEED = "need", _("Demand")
    OFFER = "offer", _("Offer")


class EntryState(models.TextChoices):
    """Whether an entry is looked for partners of."""

    OPEN = "open", _("Looking for partners")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")


class InvitationState(models.TextChoices):
    """How far an invitation has come."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Invitation taken up")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("No answer in time")
    MET = "met", _("Talked face to face")
    DEAL = "deal", _("Deal")
    NONE = "none", _("No deal")


LIVE = (InvitationState.SENT, InvitationState.ACCEPTED, InvitationState.MET)
"""Something is still to happen to these."""

OPEN_TO_EACH_OTHER = (
    InvitationState.ACCEPTED, InvitationState.MET, InvitationState.DEAL, InvitationState.NONE,
)  # fmt: skip
"""Both sides know how to reach each other."""
