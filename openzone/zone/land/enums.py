"""The states of a parcel, and what happened to it. What a zone would change stands in its pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParcelState(models.TextChoices):
    """Where a parcel stands, in the order it usually goes."""

    PLANNED = "planned", _("Planned")
    CLEARED = "cleared", _("Net land")
    LISTED = "listed", _("Offered")
    SOLD = "sold", _("Sold")
    DELIVERED = "delivered", _("Delivered")
    BUILT = "built", _("Built")
    PRODUCING = "producing", _("In production")
    TAKEN_BACK = "taken_back", _("Taken back")


class StepKind(models.TextChoices):
    """Whether a parcel came to a state, or a step was entered by mistake."""

    ENTERED = "entered", _("Entered")
    VOIDED = "voided", _("Taken back as a mistake")
