"""The pools beside the pipeline: the rolling reserve, and those that ask for funds from above."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import Currency, FundingStatus, PoolKind
from openzone.zone.projects.models.log import Paper
from openzone.zone.projects.models.projects import Project


class PoolEntry(models.Model):
    """A project is in a pool from a day to a day; why it left is said."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="pools")
    pool = models.CharField(_("Pool"), max_length=16, choices=PoolKind.choices)
    entered_on = models.DateField(_("In since"))
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    left_reason = models.CharField(_("Why it left"), max_length=500, blank=True)
    category = models.CharField(_("Category"), max_length=64, blank=True)

    class Meta:
        ordering = ["pool", "project_id"]
        verbose_name = _("Project in a pool")
        verbose_name_plural = _("Projects in pools")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "pool"],
                condition=Q(left_on__isnull=True),
                name="pool_entry_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | ~Q(left_reason=""), name="pool_entry_left_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.project_id}"


class Assessment(models.Model):
    """How mature a reserved project is: the answers of a day, and the grade that follows."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="assessments")
    on = models.DateField(_("Day"))
    answers = models.JSONField(_("Answers"))
    grade = models.SlugField(_("Grade"), max_length=16)
    pack = models.CharField(max_length=64)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["project_id", "on", "id"]
        verbose_name = _("Maturity")
        verbose_name_plural = _("Maturities")

    def __str__(self) -> str:
        return f"{self.project_id} {self.on} {self.grade}"


class FundingApplication(models.Model):
    """A project asks one channel for funds from above. Granted is not arrived."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="funding")
    channel = models.SlugField(_("Channel"), max_length=64)
    status = models.CharField(_("Status"), max_length=16, choices=FundingStatus.choices)
    amount = models.DecimalField(_("Asked for"), max_digits=20, decimal_places=2)
    granted = models.DecimalField(
        _("Granted"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("Currency"), max_length=3, choices=Currency.choices, default=Currency.CNY
    )
    submitted_on = models.DateField(_("Submitted"), null=True, blank=True)
    decided_on = models.DateField(_("Decided"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    submission = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Application as handed in"),
    )  # fmt: skip
    decision = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Paper of the decision"),
    )  # fmt: skip
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Application for funds")
        verbose_name_plural = _("Applications for funds")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_asks_for_something"),
            models.CheckConstraint(
                condition=~Q(status=FundingStatus.GRANTED) | Q(granted__isnull=False),
                name="funding_granted_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(status=FundingStatus.REFUSED) | ~Q(reason=""),
                name="funding_refused_why",
            ),
        ]
        indexes = [models.Index(fields=["channel", "status"], name="funding_channel")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.channel} {self.status}"
