"""The closed lists of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferKind(models.TextChoices):
    """What a row of the ledger does, as in ``engines.ledger.book.Kind``."""

    TRANSFER = "transfer", _("Transfer")
    RESERVE = "reserve", _("Reservation")
    POST = "post", _("Posting of a reservation")
    VOID = "void", _("Release of a reservation")


class TransferState(models.TextChoices):
    """What has become of a transfer."""

    PENDING = "pending", _("Reserved")
    POSTED = "posted", _("Posted")
    VOIDED = "voided", _("Released")
