"""The closed lists of cases. Stages, actions and outcomes are not here: they are a pack's."""

from enum import StrEnum

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


class NoticeKind(StrEnum):
    """What people are told of; what each is called and how it comes is ``notifications.yaml``."""

    ASSIGNED = "assigned"
    TURN = "turn"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    DECISION = "decision"
    ANSWERED = "answered"
    BRIEF = "brief"
    MY_TURN = "my_turn"
    MATTER = "matter"
    SUGGESTION = "suggestion"
    SERVICE = "service"


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


class BatchState(models.TextChoices):
    """How far an action on many cases is."""

    CHECKING = "checking", _("Being looked at")
    READY = "ready", _("Ready to be done")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Finished")
    STOPPED = "stopped", _("Stopped")
    DISCARDED = "discarded", _("Discarded")


class BatchRowState(models.TextChoices):
    """What is known about one case of an action on many."""

    WAITING = "waiting", _("Not looked at yet")
    MAY = "may", _("Can be done")
    MAY_NOT = "may_not", _("Cannot be done")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class TypeDraftState(models.TextChoices):
    """How far a draft of a case type is."""

    DRAFT = "draft", _("Being drafted")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_DRAFTS = (TypeDraftState.DRAFT, TypeDraftState.RETURNED)
"""The states in which a draft can be edited."""
