"""The work: milestones, physical progress in its own units, people and machines on site."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.models.projects import Project


class Milestone(models.Model):
    """A point of the plan. ``after`` are codes of the milestones it waits for.

    ``fixed`` is a day that cannot move, ``fixed_reason`` why: the flood season, a season to plant.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    code = models.SlugField(_("Code"), max_length=32)
    title = models.CharField(_("Milestone"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    planned = models.DateField(_("Planned"), null=True, blank=True)
    actual = models.DateField(_("Done"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("Days needed"), null=True, blank=True)
    fixed = models.DateField(_("Cannot be later than"), null=True, blank=True)
    fixed_reason = models.CharField(_("Why not later"), max_length=200, blank=True)
    after = models.JSONField(_("Waits for"), default=list, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)

    class Meta:
        ordering = ["project_id", "order", "id"]
        verbose_name = _("Milestone")
        verbose_name_plural = _("Milestones")
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(fixed__isnull=True) | ~Q(fixed_reason=""), name="milestone_fixed_why"
            ),
        ]
        indexes = [models.Index(fields=["planned", "actual"], name="milestone_days")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.title}"


class PhysicalItem(models.Model):
    """A piece of work in its own unit: 16万 m³ of concrete, 6 gates."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="items")
    code = models.SlugField(_("Code"), max_length=32)
    title = models.CharField(_("Work"), max_length=200)
    unit = models.CharField(_("Unit"), max_length=16)
    total = models.DecimalField(_("Whole amount"), max_digits=18, decimal_places=3)
    begins = models.DateField(_("Begins"))
    weight = models.DecimalField(_("Weight"), max_digits=7, decimal_places=2, default=Decimal(1))

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Piece of work")
        verbose_name_plural = _("Pieces of work")
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="physical_item_once"),
            models.CheckConstraint(
                condition=Q(total__gt=0) & Q(weight__gt=0), name="physical_item_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.title}"


class PlanPoint(models.Model):
    """So much of a piece of work is planned to be done, in all, by the end of a day."""

    item = models.ForeignKey(PhysicalItem, models.CASCADE, related_name="plan")
    on = models.DateField(_("By"))
    quantity = models.DecimalField(_("In all"), max_digits=18, decimal_places=3)

    class Meta:
        ordering = ["item_id", "on"]
        verbose_name = _("Point of the plan")
        verbose_name_plural = _("Points of the plan")
        constraints = [models.UniqueConstraint(fields=["item", "on"], name="plan_point_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.on} {self.quantity}"


class PhysicalReport(models.Model):
    """So much was done, in all, by the end of a day. A correction is a new row with its reason."""

    item = models.ForeignKey(PhysicalItem, models.PROTECT, related_name="reports")
    on = models.DateField(_("By"))
    quantity = models.DecimalField(_("In all"), max_digits=18, decimal_places=3)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    correction = models.CharField(_("Why it is corrected"), max_length=500, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["item_id", "on", "id"]
        verbose_name = _("Report of work")
        verbose_name_plural = _("Reports of work")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="physical_report_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.on} {self.quantity}"


class SiteDay(models.Model):
    """People and machines on site on a day, as counted; what was not counted is empty."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="site_days")
    on = models.DateField(_("Day"))
    workers = models.PositiveIntegerField(_("Workers"), null=True, blank=True)
    machines = models.PositiveIntegerField(_("Machines"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["project_id", "on", "id"]
        verbose_name = _("Day on site")
        verbose_name_plural = _("Days on site")
        constraints = [
            models.CheckConstraint(
                condition=Q(workers__isnull=False) | Q(machines__isnull=False),
                name="site_day_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}"


class Photo(models.Model):
    """A picture of the site on a day."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="photos")
    on = models.DateField(_("Day"))
    caption = models.CharField(_("What it shows"), max_length=200)
    file = models.FileField(_("Picture"), upload_to="projects/photos/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        ordering = ["project_id", "on", "id"]
        verbose_name = _("Picture")
        verbose_name_plural = _("Pictures")

    def __str__(self) -> str:
        return f"{self.project_id} {self.on} {self.caption}"
