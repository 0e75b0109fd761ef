"""The closed lists of promotion. Sources, channels, kinds of talks and grades stand in its pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeadState(models.TextChoices):
    """Where a lead stands. What ended can be opened again, except what became a project."""

    NEW = "new", _("To be assigned")
    ASSIGNED = "assigned", _("Assigned")
    IN_CONTACT = "in_contact", _("In contact")
    NEGOTIATING = "negotiating", _("Negotiating")
    PROJECT = "project", _("Became a project")
    REJECTED = "rejected", _("Not taken up")
    SHELVED = "shelved", _("Shelved")


OPEN = (LeadState.NEW, LeadState.ASSIGNED, LeadState.IN_CONTACT, LeadState.NEGOTIATING)
"""Somebody is to do something about these."""

IN_TALKS = (LeadState.IN_CONTACT, LeadState.NEGOTIATING)
"""在谈: the investor was spoken to and nothing was decided yet."""


class LeadEventKind(models.TextChoices):
    """What happened to a lead beside what was said."""

    RECORDED = "recorded", _("Taken in")
    ASSIGNED = "assigned", _("Assigned")
    MOVED = "moved", _("Went on")
    REJECTED = "rejected", _("Not taken up")
    SHELVED = "shelved", _("Shelved")
    REOPENED = "reopened", _("Opened again")
    PROJECT = "project", _("Became a project")


class ReferralKind(models.TextChoices):
    """Why a lead is passed to another unit."""

    HANDOVER = "handover", _("Hand-over to another unit")
    FIRST_TALK = "first_talk", _("First talk by another unit")


class ReferralState(models.TextChoices):
    """A referral ends in an interaction or in a refusal that says why; there is no other end."""

    OPEN = "open", _("Waiting for an answer")
    TALKED = "talked", _("Talked to")
    REFUSED = "refused", _("Sent back")


class Consent(models.TextChoices):
    """Whether a person of an investor may be called or written to."""

    NONE = "none", _("No consent on record")
    GIVEN = "given", _("Consented")
    WITHDRAWN = "withdrawn", _("Withdrew consent")


class TripState(models.TextChoices):
    """A trip is planned, made and reported on, or called off."""

    PLANNED = "planned", _("Planned")
    REPORTED = "reported", _("Reported on")
    CANCELLED = "cancelled", _("Called off")


class EventState(models.TextChoices):
    """An event is planned, held, or called off."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class SupplierState(models.TextChoices):
    """How far a leader's supplier has come; the last two follow from its lead."""

    NONE = "none", _("Not contacted")
    CONTACTED = "contacted", _("Contacted")
    INTERESTED = "interested", _("Interested")
    LEAD = "lead", _("Lead")
    PROJECT = "project", _("Project")


class TermState(models.TextChoices):
    """A term sheet is worked on until its agreement is drafted, or it is given up."""

    OPEN = "open", _("In work")
    DRAFTED = "drafted", _("Agreement drafted")
    DROPPED = "dropped", _("Given up")


class PointState(models.TextChoices):
    """What became of a point of a negotiation."""

    AGREED = "agreed", _("Agreed upon")
    OPEN = "open", _("Not settled")
    SETTLED = "settled", _("Settled by now")
