"""What happened to a project, and what proves it: rows nobody rewrites."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import AmountKind, Currency, FundsKind, StageEventKind
from openzone.zone.projects.models.projects import Project


class StageEvent(models.Model):
    """One line of the stage log. The counters of any period are read from here alone."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="log")
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("What"), max_length=16, choices=StageEventKind.choices)
    stage = models.SlugField(_("Stage"), max_length=32, blank=True)
    on = models.DateField(_("Day"))
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    evidence = models.JSONField(_("Evidence"), default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["project_id", "seq"]
        verbose_name = _("Step of a project")
        verbose_name_plural = _("Steps of projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "seq"], name="stage_event_once"),
            models.CheckConstraint(
                condition=Q(kind=StageEventKind.ENTERED) | ~Q(reason=""),
                name="stage_event_back_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StageEventKind.ENTERED) | ~Q(stage=""),
                name="stage_event_entry_has_stage",
            ),
        ]
        indexes = [models.Index(fields=["on", "stage"], name="stage_event_day")]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.seq} {self.kind} {self.stage}"


class Stay(models.Model):
    """A step that was not taken back, until the next one: what counters and boards of a day read.

    Derived from the log with every step. ``first``: the first entry into its stage, or the first
    time the project left; only those are counted. ``until`` is the day of the next step, and None
    where there is none yet.
    """

    event = models.OneToOneField(StageEvent, models.CASCADE, primary_key=True, related_name="stay")
    project = models.ForeignKey(Project, models.CASCADE, related_name="stays")
    kind = models.CharField(max_length=16, choices=StageEventKind.choices)
    stage = models.SlugField(max_length=32, blank=True)
    on = models.DateField()
    until = models.DateField(null=True)
    first = models.BooleanField()

    class Meta:
        ordering = ["project_id", "event_id"]
        verbose_name = _("Stay at a stage")
        verbose_name_plural = _("Stays at stages")
        indexes = [
            models.Index(fields=["on", "project"], condition=Q(first=True), name="stay_first"),
            models.Index(fields=["until", "on"], name="stay_span"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.stage}"


class Paper(models.Model):
    """A paper that proves something about a project: ``kind`` is one the pipeline asks for."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="papers")
    kind = models.SlugField(_("Kind"), max_length=64)
    title = models.CharField(_("Title"), max_length=200)
    document_no = models.CharField(_("Document number"), max_length=100, blank=True)
    dated = models.DateField(_("Dated"), null=True, blank=True)
    file = models.FileField(_("File"), upload_to="projects/%Y/%m/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Paper")
        verbose_name_plural = _("Papers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(document_no="") | ~Q(file=""), name="paper_is_a_file_or_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"


class Amount(models.Model):
    """An amount as stated on a day, in yuan or its own currency; a revision is a new row."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="amounts")
    kind = models.CharField(_("Kind"), max_length=16, choices=AmountKind.choices)
    value = models.DecimalField(_("Amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(
        _("Currency"), max_length=3, choices=Currency.choices, default=Currency.CNY
    )
    on = models.DateField(_("As stated on"))
    wording = models.CharField(_("As written"), max_length=100, blank=True)
    reason = models.CharField(_("Why it was revised"), max_length=500, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["project_id", "kind", "on", "id"]
        verbose_name = _("Amount")
        verbose_name_plural = _("Amounts")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.value}"


class Arrival(models.Model):
    """Funds in place: what arrived on a day, for what, in which currency.

    ``usd`` is the amount in dollars where the survey of foreign investment asks for it;
    ``financial`` marks banking, securities and insurance, which only the full basis counts.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="arrivals")
    kind = models.CharField(_("For"), max_length=16, choices=FundsKind.choices)
    on = models.DateField(_("Day"))
    amount = models.DecimalField(_("Amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(
        _("Currency"), max_length=3, choices=Currency.choices, default=Currency.CNY
    )
    foreign = models.BooleanField(_("Foreign investment"), default=False)
    usd = models.DecimalField(
        _("In US dollars"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    financial = models.BooleanField(_("Banking, securities, insurance"), default=False)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Proof")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["project_id", "on", "id"]
        verbose_name = _("Funds in place")
        verbose_name_plural = _("Funds in place")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(corrects__isnull=False),
                name="arrival_brings_something",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="arrival_day")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on} {self.amount}"
