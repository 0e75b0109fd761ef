"""Live sessions about policies (政策直播间): plan, audience, and the questions that came in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.outreach.enums import SessionState
from openzone.zone.policies.models import Item
from openzone.zone.registry.models import Enterprise
from openzone.zone.spokespersons.models import Consultation, Spokesperson


class LiveSession(models.Model):
    """A session: what it is about, who presents it, and how many watched."""

    title = models.CharField(_("Title"), max_length=120)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    presenter = models.ForeignKey(
        Spokesperson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("Presenter"),
    )
    items = models.ManyToManyField(Item, related_name="sessions", verbose_name=_("Policy items"))
    url = models.URLField(_("Address of the broadcast"), max_length=500, blank=True)
    replay_url = models.URLField(_("Address of the recording"), max_length=500, blank=True)
    state = models.CharField(
        _("State"), max_length=16, choices=SessionState.choices, default=SessionState.PLANNED
    )
    # Null while nobody counted: not known is not none.
    viewers = models.PositiveIntegerField(_("Viewers"), null=True, blank=True)
    comments = models.PositiveIntegerField(_("Comments on screen"), null=True, blank=True)
    # Who counted: the platform's own report, a screenshot of it. A number without it is a rumour.
    counted_by = models.CharField(_("Source of the numbers"), max_length=200, blank=True)
    cancelled_because = models.CharField(_("Cancelled because"), max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name = _("Live session")
        verbose_name_plural = _("Live sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(viewers__isnull=True, comments__isnull=True) | ~Q(counted_by=""),
                name="session_numbers_have_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammePoint(models.Model):
    """What a session comes to at a moment; in the recording, where to go for it."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="programme")
    at = models.DateTimeField(_("From"))
    title = models.CharField(_("Title"), max_length=120)

    class Meta:
        ordering = ["session_id", "at", "id"]
        verbose_name = _("Point of the programme")
        verbose_name_plural = _("Programme")
        constraints = [
            models.UniqueConstraint(fields=["session", "at"], name="programme_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """An enterprise that wants to attend."""

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="registrations")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="registrations")
    registered_at = models.DateTimeField(_("Registered"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "enterprise"], name="registration_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.enterprise_id}"


class SessionQuestion(models.Model):
    """A question somebody put on the screen; it becomes a consultation with its own limit."""

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="questions")
    text = models.TextField(_("Question"), max_length=1000)
    asked_at = models.DateTimeField(_("Asked"))
    name = models.CharField(_("Name on the screen"), max_length=64, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, null=True, related_name="session_question"
    )

    class Meta:
        ordering = ["session_id", "asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "asked_at", "name", "text"], name="session_question_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
