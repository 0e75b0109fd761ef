"""Suggestions as they were made, and what they flow into."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.suggestions.enums import SheetKind, SheetState, Source
from openzone.zone.suggestions.models.campaigns import Campaign, Group, Member, Round, Topic


class Original(models.Model):
    """A suggestion in its proposer's words, which nobody rewrites.

    Where it stands is not stored: ``selectors.states`` reads it from what happened to it, so that
    the counts of a campaign always add up. ``request_id`` makes a repeated sending the same one.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="originals")
    number = models.PositiveIntegerField(_("Number"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="originals")
    round = models.ForeignKey(Round, models.PROTECT, related_name="originals")
    group = models.ForeignKey(Group, models.PROTECT, related_name="originals")
    member = models.ForeignKey(Member, models.PROTECT, related_name="originals")
    text = models.TextField(_("Suggestion"), max_length=2000)
    benefit = models.CharField(_("What it would bring"), max_length=500, blank=True)
    source = models.CharField(_("Came in"), max_length=16, choices=Source.choices)
    recorded_by = models.CharField(_("Typed in by"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("Made at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_because = models.CharField(_("Reason"), max_length=300, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["campaign_id", "number"]
        verbose_name = _("Suggestion")
        verbose_name_plural = _("Suggestions")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="original_number_once"),
            models.UniqueConstraint(
                fields=["campaign", "request_id"],
                condition=~Q(request_id=""),
                name="original_request_once",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="original_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"


class Final(models.Model):
    """A suggestion made of originals: one of the ten of six hundred and twenty.

    ``case`` is where an accepted one is carried out, with owner, clock and proof;
    ``done_told_at`` is when its proposers were told that it is.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="finals")
    number = models.PositiveSmallIntegerField(_("Number"))
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"), max_length=4000)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("Drafted at"))
    dissolved_at = models.DateTimeField(_("Merge undone at"), null=True, blank=True)
    submission = models.ForeignKey(
        "Submission", models.PROTECT, null=True, blank=True, related_name="finals"
    )
    case = models.OneToOneField(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="suggestion"
    )
    done_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["campaign_id", "number"]
        verbose_name = _("Merged suggestion")
        verbose_name_plural = _("Merged suggestions")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="final_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Flow(models.Model):
    """An original, or a stated part of it, that went into a final; undone flows stay on record."""

    original = models.ForeignKey(Original, models.PROTECT, related_name="flows")
    final = models.ForeignKey(Final, models.PROTECT, related_name="flows")
    part = models.CharField(_("Which part"), max_length=500, blank=True)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("Merged at"))
    undone_at = models.DateTimeField(_("Undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_because = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["final_id", "original__number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["original", "final"],
                condition=Q(undone_at__isnull=True),
                name="flow_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} → {self.final_id}"


class Sheet(models.Model):
    """A spreadsheet or pasted text: its good rows, and what is wrong with the others."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="sheets")
    kind = models.CharField(max_length=16, choices=SheetKind.choices)
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.IMPORT)
    file_name = models.CharField(_("File name"), max_length=255)
    state = models.CharField(
        _("Status"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    uploaded_by = models.CharField(_("Uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("Uploaded at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Spreadsheet of a campaign")
        verbose_name_plural = _("Spreadsheets of campaigns")

    def __str__(self) -> str:
        return self.file_name
