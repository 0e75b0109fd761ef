"""Review meetings: when, about what, who was there, what came of it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project
from openzone.zone.reviews.enums import ItemOutcome, MeetingState
from openzone.zone.reviews.models.forces import TaskForce

_PERSON = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """A meeting of a tier. ``meant`` is the day of the cadence, ``on`` the day it is held.

    ``body`` says who meets in one word (``force:3``, ``chief:7``, ``zone``), so that a body has one
    meeting for each day of its cadence. ``since`` is the day the period it looks at begins.
    """

    tier = models.SlugField(_("Tier"), max_length=16)
    body = models.CharField(max_length=32)
    force = models.ForeignKey(
        TaskForce, models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("Task force"),
    )  # fmt: skip
    chief = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="review_meetings",
        verbose_name=_("Project chief"),
    )  # fmt: skip
    meant = models.DateField(_("Day of the cadence"))
    on = models.DateField(_("Day"))
    since = models.DateField(_("Looks back to"))
    begins = models.TimeField(_("Begins"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"))
    state = models.CharField(
        _("State"), max_length=16, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    prepared_at = models.DateTimeField(_("Agenda made"), null=True, blank=True)
    minutes_text = models.TextField(_("Minutes of the meeting"), max_length=8000, blank=True)
    settled_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("Recorded at"), null=True, blank=True)
    reason = models.CharField(_("Why it was cancelled"), max_length=300, blank=True)

    class Meta:
        ordering = ["on", "begins", "id"]
        verbose_name = _("Review meeting")
        verbose_name_plural = _("Review meetings")
        constraints = [
            models.UniqueConstraint(fields=["tier", "body", "meant"], name="meeting_once"),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.HELD)
                | Q(settled_at__isnull=False, prepared_at__isnull=False),
                name="meeting_held_with_agenda",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(reason=""),
                name="meeting_cancelled_why",
            ),
        ]
        indexes = [
            models.Index(fields=["on"], name="meeting_day"),
            models.Index(fields=["body", "tier", "state", "on"], name="meeting_body"),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.body} {self.on}"

    @property
    def starts(self) -> dt.datetime:
        """When it begins, by the clocks of the zone."""
        return dt.datetime.combine(self.on, self.begins)

    @property
    def ends(self) -> dt.datetime:
        """When it ends, by the clocks of the zone."""
        return self.starts + dt.timedelta(minutes=self.minutes)


class AgendaItem(models.Model):
    """A matter on an agenda as it stood when the agenda was made; what came of it is added.

    ``ref`` tells one matter from another: ``case:7``, ``light:9:2026-09:red``, ``promise:9``.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    ref = models.CharField(max_length=100)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    why = models.PositiveSmallIntegerField(_("Why"))
    severity = models.PositiveSmallIntegerField(default=0)
    due = models.DateField(_("Due"), null=True, blank=True)
    title = models.CharField(_("Matter"), max_length=200)
    said: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    outcome = models.CharField(_("Outcome"), max_length=16, choices=ItemOutcome.choices, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)

    class Meta:
        ordering = ["meeting_id", "place"]
        verbose_name = _("Matter of a meeting")
        verbose_name_plural = _("Matters of meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "ref"], name="agenda_item_once"),
        ]
        indexes = [models.Index(fields=["ref"], name="agenda_item_ref")]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.place} {self.title}"


class Decision(models.Model):
    """What a meeting decided: a task with an owner unit and a day, carried by a case."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    case = models.OneToOneField(Case, models.PROTECT, related_name="review_decision")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    due = models.DateField(_("Due"))
    decided_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["meeting_id", "id"]
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.case_id}"


class Attendance(models.Model):
    """Somebody was at a meeting: a person of the zone, or a name."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    user = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="attended"
    )
    name = models.CharField(_("Name"), max_length=64, blank=True)

    class Meta:
        ordering = ["meeting_id", "id"]
        verbose_name = _("Attendance")
        verbose_name_plural = _("Attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attended_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name=""), name="attended_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)
