"""The closed lists of pages that are read, and of what people say of their facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageState(models.TextChoices):
    """How far a page is."""

    WAITING = "waiting", _("Waits to be read")
    READ = "read", _("Has been read")
    FAILED = "failed", _("Could not be read")


class Origin(models.TextChoices):
    """Who found a fact."""

    RULES = "rules", _("Found by rules")
    MODEL = "model", _("Model-assisted")
    PERSON = "person", _("Added by a person")


class FactState(models.TextChoices):
    """What people say of a fact."""

    OPEN = "open", _("Not judged")
    ACCEPTED = "accepted", _("Taken as fact")
    REJECTED = "rejected", _("Turned down")


class Said(models.TextChoices):
    """What a judgement does."""

    ACCEPT = "accept", _("Taken as fact")
    REJECT = "reject", _("Turned down")
    CHANGE = "change", _("Corrected")
    LINK = "link", _("Linked to the record")
    NOTE = "note", _("Noted")
    UNDO = "undo", _("Undone")


class Target(models.TextChoices):
    """Where accepted facts go."""

    FIGURE = "figure", _("Batch of figures")
    ENTERPRISE = "enterprise", _("File of the enterprise")
    PROJECT = "project", _("Kept with the project")
    POLICY = "policy", _("Kept with the policy document")


class HelpState(models.TextChoices):
    """How far a request to a language model is."""

    ASKED = "asked", _("Sent, no answer yet")
    DONE = "done", _("Answered")
    FAILED = "failed", _("No usable answer")
