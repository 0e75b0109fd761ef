"""The closed lists of suggestion campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    """Where a campaign stands."""

    DRAFT = "draft", _("In preparation")
    COLLECTING = "collecting", _("Collecting")
    REVIEWING = "reviewing", _("Merging and review")
    CLOSED = "closed", _("Finished")


class Source(models.TextChoices):
    """How a suggestion came in."""

    ONLINE = "online", _("By the proposer, online")
    PAPER = "paper", _("On paper, typed in")
    IMPORT = "import", _("From a spreadsheet")
    PASTE = "paste", _("From pasted text")


class OriginalState(models.TextChoices):
    """Where a suggestion as it was made stands: always exactly one of these."""

    OPEN = "open", _("Not dealt with yet")
    MERGED = "merged", _("Merged, waiting for a decision")
    ACCEPTED = "accepted", _("Adopted")
    PILOT = "pilot", _("Accepted as a pilot")
    REJECTED = "rejected", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Taken back")


class Outcome(models.TextChoices):
    """What a review decides."""

    ACCEPT = "accept", _("Adopt")
    PILOT = "pilot", _("Try out as a pilot")
    REJECT = "reject", _("Do not accept")


class Check(models.TextChoices):
    """Whether somebody else found that an answer answers."""

    WAITING = "waiting", _("Waiting for the check")
    PASSED = "passed", _("The answer answers")
    RETURNED = "returned", _("Does not answer: to be answered again")


class Channel(models.TextChoices):
    """How a proposer was told."""

    IN_APP = "in_app", _("In-app message")
    LETTER = "letter", _("Printed notice")
    PHONE = "phone", _("By telephone")
    MEETING = "meeting", _("At a meeting")


class Response(models.TextChoices):
    """What a proposer says to the answer."""

    NONE = "none", _("No word yet")
    CONFIRMED = "confirmed", _("Confirmed")
    DISSATISFIED = "dissatisfied", _("Not satisfied")


class SheetKind(models.TextChoices):
    """What a spreadsheet brings."""

    MEMBERS = "members", _("Members")
    SUGGESTIONS = "suggestions", _("Suggestions")


class SheetState(models.TextChoices):
    """Where a spreadsheet stands."""

    CHECKED = "checked", _("Checked, not entered yet")
    APPLIED = "applied", _("Entered")
    DISCARDED = "discarded", _("Discarded")
