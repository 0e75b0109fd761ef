"""The closed lists of neighbourhood and cross-region service."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.engines.service.custody import Holder


class AreaKind(models.TextChoices):
    """What kind of neighbourhood a point serves."""

    ESTATE = "estate", _("Housing estate")
    VILLAGE = "village", _("Former village")


class ConsentForm(models.TextChoices):
    """How somebody agreed to be represented."""

    PAPER = "paper", _("Signed on paper")
    RECORDING = "recording", _("Recorded by voice")
    GUARDIAN = "guardian", _("Signed by the guardian")


class OrderStatus(models.TextChoices):
    """Where an assisted order stands."""

    TAKEN = "taken", _("Taken on")
    COLLECTED = "collected", _("Papers collected")
    COMMUNITY = "community", _("Reviewed by the community")
    STREET = "street", _("Reviewed by the street")
    DELIVERED = "delivered", _("Result delivered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReviewStep(models.TextChoices):
    """The two steps of review."""

    COMMUNITY = "community", _("Community")
    STREET = "street", _("Street")


class FilingStatus(models.TextChoices):
    """Where a cross-region filing stands."""

    RECEIVED = "received", _("Form being checked")
    NOTICED = "noticed", _("Waiting for missing papers")
    SENT = "sent", _("Sent to the deciding authority")
    ACCEPTED = "accepted", _("With the deciding authority")
    DECIDED = "decided", _("Decided")
    DELIVERED = "delivered", _("Result delivered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Delivery(models.TextChoices):
    """How a result reaches the applicant."""

    HOME = "home", _("Brought home")
    POINT = "point", _("At the service point")
    POST = "post", _("By post")
    NET = "net", _("Electronically")


class PaperHolder(models.TextChoices):
    """Who holds papers (``engines.service.custody.Holder``)."""

    APPLICANT = Holder.APPLICANT.value, _("Applicant")
    AGENT = Holder.AGENT.value, _("Agent")
    COMMUNITY = Holder.COMMUNITY.value, _("Community")
    STREET = Holder.STREET.value, _("Street")
    RECEIVING = Holder.RECEIVING.value, _("Receiving side")
    COURIER = Holder.COURIER.value, _("Courier")
    DECIDING = Holder.DECIDING.value, _("Deciding side")


class Fault(models.TextChoices):
    """Which side of a cross-region filing answers for something."""

    RECEIVING = "receiving", _("Receiving side")
    DECIDING = "deciding", _("Deciding side")
    COURIER = "courier", _("Courier")
    APPLICANT = "applicant", _("Applicant")


class ProofKind(models.TextChoices):
    """What a photograph proves."""

    GIVEN = "given", _("Handed over")
    TAKEN = "taken", _("Received")
    VISIT = "visit", _("Home visit")
