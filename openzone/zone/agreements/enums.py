"""What agreements are called, and how a fair-competition review ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """A framework agreement announces what a contract binds to; counters keep them apart."""

    FRAMEWORK = "framework", _("Framework agreement")
    CONTRACT = "contract", _("Contract")


class AgreementState(models.TextChoices):
    """Only a draft can be changed; a signed agreement is amended by a new one."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("No longer in force")


class Side(models.TextChoices):
    """Who promised, who reported."""

    INVESTOR = "investor", _("Investor")
    ZONE = "zone", _("Zone")


class Conclusion(models.TextChoices):
    """How a fair-competition review ends."""

    ALLOWED = "allowed", _("Allowed")
    NOT_ALLOWED = "not_allowed", _("Not allowed")
    EXCEPTION = "exception", _("Allowed as an exception")


CLEARING = (Conclusion.ALLOWED, Conclusion.EXCEPTION)
"""With these an incentive can enter an agreement."""

INCENTIVE = "policy"
"""The kind of clause that grants an advantage; it stands on a review or it does not stand."""
