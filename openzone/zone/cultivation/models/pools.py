"""Who is in a pool, who decided so, and what is done for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cultivation.enums import Choice, Leaving, Publicity


class Band(models.Model):
    """How near a candidate of a pool must be, as the zone set it; the latest counts."""

    pool = models.CharField(max_length=64, db_index=True)
    within = models.DecimalField(
        _("Within this share of the limit"), max_digits=4, decimal_places=3
    )
    met = models.BooleanField(_("Also those who reach it"), default=True)
    unknown = models.BooleanField(_("Also those whose answer is unknown"), default=False)
    reason = models.CharField(_("Reason"), max_length=200)
    set_by = models.CharField(_("Set by"), max_length=150)
    set_at = models.DateTimeField(_("Set at"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(within__gt=0, within__lte=1), name="band_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.within}"


class Entry(models.Model):
    """A person's decision about a candidate: taken into a pool, or declined, and why (优中选优).

    ``basis`` is how the enterprise stood on the day of the decision. An accepted entry ends with
    ``left_on``; both days are inclusive.
    """

    pool = models.CharField(max_length=64)
    enterprise = models.ForeignKey(
        "registry.Enterprise", models.PROTECT, related_name="pool_entries"
    )
    choice = models.CharField(_("Decision"), max_length=16, choices=Choice.choices)
    reason = models.CharField(_("Reason"), max_length=300)
    decided_by = models.CharField(_("Decided by"), max_length=150)
    decided_on = models.DateField(_("Decided on"))
    basis: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tutoring unit"),
    )
    tutor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tutors",
        verbose_name=_("Tutor"),
    )
    # The papers of the pool that are at hand, by their ids in the pack.
    collected: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    # What was stated for the routes onto the roster: route, registered, filed, production, new.
    evidence: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    public_from = models.DateField(_("Public from"), null=True, blank=True)
    public_to = models.DateField(_("Public to"), null=True, blank=True)
    public_result = models.CharField(
        _("Result of the publicity"), max_length=16, choices=Publicity.choices, blank=True
    )
    public_note = models.CharField(_("Objections and answers"), max_length=500, blank=True)
    left_on = models.DateField(_("Last day"), null=True, blank=True)
    leaving = models.CharField(_("Why it left"), max_length=16, choices=Leaving.choices, blank=True)
    leaving_note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        ordering = ["-decided_on", "-id"]
        verbose_name = _("Pool entry")
        verbose_name_plural = _("Pool entries")
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "enterprise"],
                condition=Q(left_on__isnull=True, choice=Choice.ACCEPTED),
                name="pool_entry_open_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("decided_on")),
                name="pool_entry_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="pool_entry_has_a_reason"),
            models.CheckConstraint(
                condition=Q(public_from__isnull=True, public_to__isnull=True)
                | Q(public_to__gte=F("public_from")),
                name="pool_entry_public_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.pool}"


class Tutoring(models.Model):
    """One time somebody helped: what was done, and what comes next."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="tutorings")
    on = models.DateField(_("Day"))
    what = models.CharField(_("What was done"), max_length=1000)
    next_step = models.CharField(_("What comes next"), max_length=500, blank=True)
    by = models.CharField(_("By"), max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.what[:40]}"


class Task(models.Model):
    """Something to be done for an enterprise of a pool, by a day."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="tasks")
    what = models.CharField(_("Task"), max_length=300)
    due_on = models.DateField(_("Due"))
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    done_by = models.CharField(_("Done by"), max_length=150, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.what
