"""The closed lists of redemption."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where an application stands. Which of these a procedure has, and in which order, is a pack's.

    ``correction`` and ``queued`` are waits beside the way: for the enterprise, and for money.
    """

    DRAFT = "draft", _("Being written")
    INTENTION = "intention", _("Waiting for the enterprise's word")
    FORMALITY = "formality", _("Formality check")
    CORRECTION = "correction", _("Returned for correction")
    REVIEW = "review", _("Under review")
    PROPOSAL = "proposal", _("Amount to be proposed")
    PUBLICITY = "publicity", _("Published for objections")
    APPROVAL = "approval", _("Waiting for approval")
    QUEUED = "queued", _("Approved, waiting for budget")
    ORDER = "order", _("Waiting for a fund order")
    PAYMENT = "payment", _("Being paid")
    RECEIPT = "receipt", _("Paid, receipt to be confirmed")
    EVALUATION = "evaluation", _("To be rated")
    CLOSED = "closed", _("Closed")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


ENDED = frozenset({Stage.CLOSED, Stage.REJECTED, Stage.WITHDRAWN, Stage.LAPSED})
# What is paid is received: the same item may be asked for again, if its relations let it.
NO_LONGER_OPEN = ENDED | {Stage.RECEIPT, Stage.EVALUATION}
FAILED = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.LAPSED})
# After approval the money is promised: the enterprise can no longer withdraw by itself.
BEFORE_APPROVAL = frozenset(
    {
        Stage.DRAFT,
        Stage.INTENTION,
        Stage.FORMALITY,
        Stage.CORRECTION,
        Stage.REVIEW,
        Stage.PROPOSAL,
        Stage.PUBLICITY,
        Stage.APPROVAL,
    }
)


class Verdict(models.TextChoices):
    """What a unit or reviewer says of an application."""

    AGREE = "agree", _("In favour")
    DISAGREE = "disagree", _("Against")
    CONFLICT = "conflict", _("Steps aside: conflict of interest")


class PaymentState(models.TextChoices):
    """What has become of a line of a fund order."""

    ORDERED = "ordered", _("Ordered")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Failed")


class Finding(models.TextChoices):
    """What a check found."""

    IN_ORDER = "in_order", _("In order")
    FORMAL = "formal", _("Formal fault, amount right")
    PARTLY = "partly", _("Partly without ground")
    WHOLLY = "wholly", _("Wholly without ground")


class CheckOutcome(models.TextChoices):
    """What follows from a check, by degrees."""

    NOTHING = "nothing", _("Nothing")
    CORRECT = "correct", _("To be corrected")
    RECOVER_PART = "recover_part", _("Part is recovered")
    RECOVER_ALL = "recover_all", _("All is recovered")


class CheckState(models.TextChoices):
    """How far a check is."""

    NOTICED = "noticed", _("Enterprise may answer")
    ANSWERED = "answered", _("Answered")
    PROPOSED = "proposed", _("Outcome proposed")
    DECIDED = "decided", _("Decided")


class GrantBatchState(models.TextChoices):
    """What has become of a list of earlier payments."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    REFUSED = "refused", _("Refused")
