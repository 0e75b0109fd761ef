"""The closed lists of commitments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitmentState(models.TextChoices):
    """Where a commitment stands (``engines.service.machines.State``)."""

    OFFERED = "offered", _("Waits for the signature")
    SIGNED = "signed", _("Signed")
    SUPPLIED = "supplied", _("Papers supplied")
    READY = "ready", _("Papers checked")
    DECIDED = "decided", _("Decided, to be checked")
    FULFILLED = "fulfilled", _("Kept")
    BREACHED = "breached", _("Broken, decision to be revoked")
    REVOKED = "revoked", _("Decision revoked")
    TERMINATED = "terminated", _("Ended")
    REFUSED = "refused", _("Refused")
    DECLINED = "declined", _("Not wished")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CheckBasis(models.TextChoices):
    """How a promise was checked."""

    DATA = "data", _("By data")
    SITE = "site", _("On the spot")
    PAPERS = "papers", _("By papers")


class RecordKind(models.TextChoices):
    """What a credit record says."""

    FALSE = "false", _("False commitment")
    UNKEPT = "unkept", _("Commitment not kept")
    DISHONEST = "dishonest", _("Dishonesty on record elsewhere")
