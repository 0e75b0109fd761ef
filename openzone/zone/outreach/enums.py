"""The closed lists of outreach."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a policy reaches an enterprise."""

    SITE = "site", _("On this site")
    PHONE = "phone", _("Telephone list")


class PushState(models.TextChoices):
    """Where a push stands."""

    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")


class SkipReason(models.TextChoices):
    """Why an enterprise that was found was not written to."""

    NONE = "", "—"
    TOLD = "told", _("Told before, same version")
    OPTED_OUT = "opted_out", _("Does not want it")
    NO_CONSENT = "no_consent", _("No consent to be telephoned")


class SessionState(models.TextChoices):
    """Where a live session stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
