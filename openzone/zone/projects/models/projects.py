"""A project, and the places that share it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import Origin, Sector, TeamRole
from openzone.zone.registry.models import Enterprise, Place, Subject

LIVE = Q(merged_into=None, withdrawn_at=None)
"""Projects that are read: neither part of another one, nor taken back with their workbook."""


class Project(models.Model):
    """An investment project. Its stage, size and amount are read from its log and statements.

    It keeps the pipeline, and the version of it, that it was opened with. ``excluded`` is an id of
    the pipeline's exclusion list; ``within_contract`` says that a phase belongs to a contract
    signed before, so that it does not count as signed again.
    """

    subject = models.OneToOneField(
        Subject, models.PROTECT, primary_key=True, related_name="project"
    )
    number = models.CharField(_("Number"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=64, blank=True)
    summary = models.TextField(_("What is to be built"), max_length=4000, blank=True)
    pipeline = models.SlugField(_("Pipeline"), max_length=64)
    pipeline_version = models.CharField(max_length=64)
    sector = models.PositiveSmallIntegerField(
        _("Sector"), choices=Sector.choices, null=True, blank=True
    )
    industry = models.CharField(_("Industry"), max_length=8, blank=True)
    chain = models.JSONField(_("Links of the chain"), default=list, blank=True)
    origin = models.CharField(_("Origin"), max_length=24, choices=Origin.choices, blank=True)
    tags = models.JSONField(_("Marks"), default=list, blank=True)
    review_class = models.SlugField(_("Class"), max_length=32, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="projects",
        verbose_name=_("Place"),
    )  # fmt: skip
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="projects",
        verbose_name=_("Lead unit"),
    )  # fmt: skip
    chief = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="projects_led", verbose_name=_("Project chief"),
    )  # fmt: skip
    investor = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="investments",
        verbose_name=_("Investor on record"),
    )  # fmt: skip
    investor_name = models.CharField(_("Investor"), max_length=200, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="projects",
        verbose_name=_("Project company"),
    )  # fmt: skip
    phase_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="phases",
        verbose_name=_("First phase"),
    )  # fmt: skip
    phase = models.PositiveSmallIntegerField(_("Phase"), null=True, blank=True)
    within_contract = models.BooleanField(_("Within a contract signed before"), default=False)
    framework = models.BooleanField(_("Framework agreement only"), default=False)
    excluded = models.SlugField(_("Not counted because"), max_length=32, blank=True)
    planned_start = models.DateField(_("Planned start"), null=True, blank=True)
    planned_finish = models.DateField(_("Planned completion"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    withdrawn_at = models.DateTimeField(_("Taken back"), null=True, editable=False)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    created_at = models.DateTimeField(_("Recorded at"))
    # What lists, boards and counters read, derived from the log and the statements of amounts.
    stage = models.SlugField(_("Stage"), max_length=32, blank=True, editable=False)
    since = models.DateField(_("Since"), null=True, blank=True, editable=False)
    left = models.SlugField(_("Left because"), max_length=32, blank=True, editable=False)
    total = models.DecimalField(
        _("Total investment (yuan)"), max_digits=20, decimal_places=2, null=True, editable=False
    )
    size = models.SlugField(_("Size"), max_length=16, blank=True, editable=False)
    last_seq = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["subject_id"]
        verbose_name = _("Project")
        verbose_name_plural = _("Projects")
        constraints = [
            models.CheckConstraint(
                condition=~Q(phase_of=F("subject")), name="project_no_phase_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(phase_of__isnull=True) | Q(phase__gte=2), name="project_later_phase"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("subject")), name="project_not_merged_into_itself"
            ),
            models.UniqueConstraint(fields=["phase_of", "phase"], name="project_phase_once"),
        ]
        indexes = [
            models.Index(fields=["stage", "since"], name="project_stage"),
            models.Index(fields=["lead_unit", "stage"], name="project_unit"),
            models.Index(fields=["place", "stage"], name="project_place"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ProjectShare(models.Model):
    """A place's part in a project that several share; the parts of a project add up to one."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="shares")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("Place"))
    share = models.DecimalField(_("Part"), max_digits=7, decimal_places=6)

    class Meta:
        ordering = ["project_id", "place_id"]
        verbose_name = _("Part of a place")
        verbose_name_plural = _("Parts of places")
        constraints = [
            models.UniqueConstraint(fields=["project", "place"], name="project_share_once"),
            models.CheckConstraint(
                condition=Q(share__gt=Decimal(0)) & Q(share__lte=Decimal(1)),
                name="project_share_is_a_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.place_id} {self.share}"


class Member(models.Model):
    """Somebody who works on a project, from a day to a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="project_roles",
        verbose_name=_("Person"),
    )  # fmt: skip
    role = models.CharField(_("Role"), max_length=16, choices=TeamRole.choices)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Member of the team")
        verbose_name_plural = _("Team")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user", "role"],
                condition=Q(valid_to__isnull=True),
                name="project_member_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="project_member_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.user_id} {self.role}"
