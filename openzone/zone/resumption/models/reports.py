"""What a member reports of a day, what visitors found, and what is in the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.resumption.enums import Resumed, Side
from openzone.zone.resumption.models.seasons import Member


class WorkReport(models.Model):
    """A report for a day, kept as given; of several for one day the latest counts.

    ``capacity`` is in per cent of normal.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="reports")
    on = models.DateField(_("Day"))
    resumed = models.CharField(_("State of work"), max_length=8, choices=Resumed.choices)
    staff = models.PositiveIntegerField(_("People at their posts"), null=True, blank=True)
    staff_normal = models.PositiveIntegerField(_("People normally"), null=True, blank=True)
    capacity = models.DecimalField(
        _("Capacity, per cent of normal"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    planned_on = models.DateField(_("Planned day of resumption"), null=True, blank=True)
    remark = models.CharField(_("Remark on it"), max_length=500, blank=True)
    side = models.CharField(_("Who reported"), max_length=8, choices=Side.choices)
    by = models.CharField(_("By"), max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded"))

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Daily report")
        verbose_name_plural = _("Daily reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=0), name="report_capacity"
            ),
        ]
        indexes = [models.Index(fields=["member", "on", "id"], name="report_member_day")]

    def __str__(self) -> str:
        return f"{self.member} {self.on}"


class Inspection(models.Model):
    """Somebody went there and looked."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="inspections")
    on = models.DateField(_("Day"))
    resumed = models.CharField(_("Found there"), max_length=8, choices=Resumed.choices)
    found = models.CharField(_("What the visit found"), max_length=1000)
    visitors = models.CharField(_("Who went"), max_length=200)
    by = models.CharField(_("By"), max_length=150)
    at = models.DateTimeField(_("Recorded"))

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Inspection")
        verbose_name_plural = _("Inspections")

    def __str__(self) -> str:
        return f"{self.member} {self.on}"


class Blocker(models.Model):
    """What is in the way of work. It ends with its case, or is ended with a word."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="blockers")
    kind = models.SlugField(_("Kind"), max_length=24)
    text = models.CharField(_("What is in the way"), max_length=1000)
    amount = models.DecimalField(
        _("How much"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    first_on = models.DateField(_("Since"))
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Case")
    )
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    ending = models.CharField(_("How it ended"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Blocker")
        verbose_name_plural = _("Blockers")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ending=""), name="blocker_ends_with_a_word"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether it is still in the way: its case is open, or nobody ended it."""
        if self.case is not None:
            return not self.case.closed
        return self.ended_on is None
