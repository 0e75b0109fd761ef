"""The closed lists of cases. Stages, actions and outcomes are not here: they are a pack's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a request came in."""

    PORTAL = "portal", _("Online")
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By telephone")
    VISIT = "visit", _("On a visit")
    CLINIC = "clinic", _("At a consultation day")
    LIVE = "live", _("In a live session")
    AGENT = "agent", _("Through a neighbourhood agent")
    SPREADSHEET = "spreadsheet", _("From a spreadsheet")
    API = "api", _("Through the interface")
    SYSTEM = "system", _("Raised by the system")


class RequesterKind(models.TextChoices):
    """Who asks."""

    ENTERPRISE = "enterprise", _("Enterprise")
    PERSON = "person", _("Person")
    UNIT = "unit", _("Unit of the zone")
    ANONYMOUS = "anonymous", _("Without a name")


class LinkKind(models.TextChoices):
    """What one case is to another."""

    MERGED = "merged", _("Merged into")
    SPLIT = "split", _("Split from")
    SYSTEMIC = "systemic", _("Behind a systemic issue")
    RELATED = "related", _("Related")


class MessageKind(models.TextChoices):
    """How a message leaves the zone."""

    EMAIL = "email", _("E-mail")
    WEBHOOK = "webhook", _("Webhook")


class Pending(models.TextChoices):
    """A word of somebody above the handler that a case waits for."""

    BOUNCED = "bounced", _("Declined too often: to be assigned by the centre")
    OBJECTION = "objection", _("Objection to be ruled on")
    EXTENSION = "extension", _("Extension to be decided")
    WORD = "word", _("Requester's word to be had")
    APPEAL = "appeal", _("Appeal to be ruled on")


class ReviewWord(models.TextChoices):
    """What a review of a negative answer found."""

    UPHELD = "upheld", _("The refusal stands")
    LIFTED = "lifted", _("The refusal is lifted")


class ChangeAnswer(models.TextChoices):
    """What a unit answers to a suggested change of a rule."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Adopted in part")
    FORWARDED = "forwarded", _("Passed to who may change it")
    DECLINED = "declined", _("Not adopted")


class DispatchTerms(models.TextChoices):
    """On which terms something was got hold of."""

    RENTED = "rented", _("Rented")
    LENT = "lent", _("Lent")
    SUPPLIED = "supplied", _("Supplied")


class SheetState(models.TextChoices):
    """How far a spreadsheet of requests is."""

    CHECKED = "checked", _("Checked")
    OPENING = "opening", _("Being opened")
    OPENED = "opened", _("Opened")
    DISCARDED = "discarded", _("Discarded")
