"""The closed lists of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferState(models.TextChoices):
    """What has become of a transfer."""

    PENDING = "pending", _("Reserved")
    POSTED = "posted", _("Posted")
    VOIDED = "voided", _("Released")
