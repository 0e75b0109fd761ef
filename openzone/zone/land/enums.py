"""The states of a parcel, and what happened to it. What a zone would change stands in its pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParcelState(models.TextChoices):
    """Where a parcel stands, in the order it usually goes."""

    PLANNED = "planned", _("In planning")
    CLEARED = "cleared", _("Net land")
    LISTED = "listed", _("Offered")
    SOLD = "sold", _("Sold")
    DELIVERED = "delivered", _("Land delivered")
    BUILT = "built", _("Built")
    PRODUCING = "producing", _("In production")
    TAKEN_BACK = "taken_back", _("Land taken back")


class StepKind(models.TextChoices):
    """Whether a parcel came to a state, or a step was entered by mistake."""

    ENTERED = "entered", _("Entered")
    VOIDED = "voided", _("Taken back as a mistake")


class SaleKind(models.TextChoices):
    """How land is offered."""

    TENDER = "tender", _("Tender")
    AUCTION = "auction", _("Auction")
    LISTING = "listing", _("Listing")
    AGREED = "agreed", _("By agreement or allocation")


class SaleOutcome(models.TextChoices):
    """How an offer ended; empty while it is open."""

    SOLD = "sold", _("Sold")
    FAILED = "failed", _("No bid")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SiteEvent(models.TextChoices):
    """What somebody saw of the work on a parcel."""

    BEGUN = "begun", _("Work began")
    PROGRESS = "progress", _("Progress")
    STOPPED = "stopped", _("Work stopped")
    RESUMED = "resumed", _("Work resumed")


class StandardState(models.TextChoices):
    """Promises change in a draft only; once signed they are checked."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("No longer in force")


class CheckStage(models.TextChoices):
    """When promises are checked."""

    COMPLETION = "completion", _("At completion")
    FULL_OUTPUT = "full_output", _("At full output")


class SheetState(models.TextChoices):
    """What became of a workbook of parcels."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Put aside")
