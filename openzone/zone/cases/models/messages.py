"""What people are told: in the program, by e-mail, by webhook."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.enums import MessageKind
from openzone.zone.cases.models.cases import Case
from openzone.zone.people.models import User


class Reminder(models.Model):
    """A reminder that went out. One row for a share of a clock, so it never goes out twice.

    ``round`` grows with every new end of the clock (an extension, a redo); ``share`` is in
    thousandths of the time.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    clock = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=0)
    share = models.PositiveIntegerField()
    sent_at = models.DateTimeField(_("Sent"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "clock", "round", "share"], name="case_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.clock} {self.share}"


class Notification(models.Model):
    """A line for one person in the program.

    ``kind`` is one of ``enums.NoticeKind``; ``subject`` names what it is about where that is no
    case, as the log does (``suggestion:12``).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=40)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    at = models.DateTimeField(_("Time"))
    read_at = models.DateTimeField(_("Read"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Notification")
        verbose_name_plural = _("Notifications")
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_user"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.text_zh


class NoticeChoice(models.Model):
    """How somebody wants to hear of a kind of message; without a row the pack's default counts."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=16)
    in_app = models.BooleanField()
    email = models.BooleanField()

    class Meta:
        ordering = ["user_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class WebhookTarget(models.Model):
    """An address of another system that is told what happens to cases.

    ``kinds`` and ``actions`` narrow what it is told; empty means everything. The secret is what
    Standard Webhooks calls it: ``whsec_`` and base64.
    """

    name = models.CharField(_("Name"), max_length=100)
    url = models.URLField(_("Address"), max_length=500)
    secret = models.CharField(max_length=120)
    kinds: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    actions: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    active = models.BooleanField(_("Active"), default=True)
    created_at = models.DateTimeField(_("Created"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Webhook")
        verbose_name_plural = _("Webhooks")

    def __str__(self) -> str:
        return self.name


class OutboxMessage(models.Model):
    """A message to the world, written with what it tells of and sent afterwards, at least once.

    ``key`` is the name a receiver can tell repetitions by. ``next_at`` is empty once it was sent
    or given up.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("Kind"), max_length=8, choices=MessageKind.choices)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    target = models.ForeignKey(
        WebhookTarget, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    address = models.EmailField(_("To"), blank=True)
    subject = models.CharField(_("Subject"), max_length=300, blank=True)
    body = models.TextField(_("Text"))
    created_at = models.DateTimeField(_("Written"))
    next_at = models.DateTimeField(_("Next attempt"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("Given up"), null=True, blank=True)
    error = models.CharField(_("What went wrong"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Message")
        verbose_name_plural = _("Messages")
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="outbox_due"),
        ]

    def __str__(self) -> str:
        return self.key


class LookUp(models.Model):
    """How often a status was asked for with a wrong code, in one window of time."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="case_look_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
