"""A case, its events, and what it is to other cases."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.enums import Channel, LinkKind, RequesterKind
from openzone.zone.cases.models.definitions import TypeVersion
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise, Place


class Case(models.Model):
    """One request under one number for life.

    Who asked what stands at the top and stays. Everything from ``stage`` on is what the events add
    up to: lists read it, ``services.rebuild`` makes it anew, nothing else may rely on it.
    ``due_at`` is the end of the running clock that ends next; ``wake_at`` the moment at which
    something happens without anybody (a reminder, an escalation, the end of a pause), and
    ``ticked_at`` up to when that was looked after.
    """

    number = models.CharField(_("Number"), max_length=48, unique=True)
    kind = models.CharField(_("Case type"), max_length=64)
    version = models.ForeignKey(TypeVersion, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Request"), blank=True)
    fields: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    topic = models.CharField(_("Topic"), max_length=64, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Place")
    )
    channel = models.CharField(_("Channel"), max_length=16, choices=Channel.choices)
    origin = models.CharField(_("Origin"), max_length=64, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    requester_kind = models.CharField(_("Requester"), max_length=16, choices=RequesterKind.choices)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    requester_user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="own_cases"
    )
    requester_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requester_name = models.CharField(_("Name"), max_length=100, blank=True)
    requester_phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    requester_email = models.EmailField(_("E-mail"), blank=True)
    # Null where the request came without one; unique, so a repeated POST finds its case.
    request_id = models.CharField(max_length=64, null=True, blank=True, unique=True)
    request_digest = models.CharField(max_length=64, blank=True)
    receipt_hash = models.CharField(max_length=64, blank=True)

    about_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    opened_at = models.DateTimeField(_("Opened"))

    stage = models.CharField(_("Stage"), max_length=40)
    closed = models.BooleanField(_("Closed"), default=False)
    outcome = models.CharField(_("Outcome"), max_length=40, blank=True)
    holder = models.CharField(_("Held by"), max_length=120, blank=True)
    holder_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="held_cases", db_index=False
    )
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_cases", db_index=False
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="handled_cases", db_index=False
    )
    priority = models.CharField(_("Priority"), max_length=32, blank=True)
    pending = models.CharField(_("Waits for"), max_length=80, blank=True)
    escalated = models.CharField(_("Escalated to"), max_length=40, blank=True)
    supervised = models.BooleanField(_("Under supervision"), default=False)
    bounces = models.PositiveSmallIntegerField(_("Times declined"), default=0)
    redo = models.PositiveSmallIntegerField(_("Times redone"), default=0)
    satisfaction = models.PositiveSmallIntegerField(_("Satisfaction"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    clocks: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    due_clock = models.CharField(max_length=40, blank=True)
    wake_at = models.DateTimeField(null=True, blank=True)
    ticked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("Last action"))
    last_seq = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Case")
        verbose_name_plural = _("Cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="case_satisfaction_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(closed=False) | Q(closed_at__isnull=False, holder=""),
                name="case_closed_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="case_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["closed", "due_at"], name="case_due"),
            models.Index(fields=["holder_unit", "closed", "due_at"], name="case_holder_due"),
            models.Index(fields=["lead", "closed", "due_at"], name="case_lead_due"),
            models.Index(fields=["handler", "closed", "due_at"], name="case_handler_due"),
            models.Index(fields=["kind", "closed", "stage"], name="case_kind_stage"),
            models.Index(
                fields=["due_at"],
                condition=Q(closed=False) & ~Q(pending=""),
                name="case_pending_due",
            ),
            models.Index(
                fields=["kind", "stage", "due_at", "id"],
                condition=Q(closed=False),
                name="case_board",
            ),
            models.Index(fields=["wake_at"], condition=Q(wake_at__isnull=False), name="case_wake"),
            models.Index(fields=["opened_at"], name="case_opened"),
            models.Index(fields=["origin"], condition=~Q(origin=""), name="case_origin"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the log calls it."""
        return f"case:{self.pk}"

    @property
    def asks_for(self) -> tuple[str, ...]:
        """The words it waits for from above the handler (``enums.Pending``)."""
        return tuple(filter(None, self.pending.split(",")))


class CaseEvent(models.Model):
    """One thing that happened to a case, never changed: all there is to a case is here."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(_("Time"))
    action = models.CharField(_("Action"), max_length=40)
    by_kind = models.CharField(max_length=12)
    by_id = models.CharField(max_length=64, blank=True)
    by_label = models.CharField(_("Who"), max_length=150)
    by_unit = models.CharField(max_length=32, blank=True)
    by_role = models.CharField(max_length=40, blank=True)
    data: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["case_id", "seq"]
        verbose_name = _("Event of a case")
        verbose_name_plural = _("Events of cases")
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_once"),
        ]
        indexes = [models.Index(fields=["action", "at"], name="case_event_action_at")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.action}"


class Link(models.Model):
    """What one case is to another. Undone links stay on record."""

    kind = models.CharField(_("Kind"), max_length=16, choices=LinkKind.choices)
    source = models.ForeignKey(Case, models.PROTECT, related_name="links")
    target = models.ForeignKey(Case, models.PROTECT, related_name="linked")
    made_at = models.DateTimeField(_("Since"))
    made_by = models.CharField(_("Who"), max_length=150)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "target"],
                condition=Q(undone_at__isnull=True),
                name="case_link_once",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="case_link_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
