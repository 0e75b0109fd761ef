"""Task forces (专班): who works on which projects together, from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project
from openzone.zone.reviews.enums import ForceDuty


class TaskForce(models.Model):
    """A task force under a lead office; ended ones stay on record."""

    name = models.CharField(_("Name"), max_length=100)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="task_forces", verbose_name=_("Lead office")
    )
    document_no = models.CharField(_("Document number"), max_length=100, blank=True)
    begun_on = models.DateField(_("Since"))
    ended_on = models.DateField(_("Until"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Task force")
        verbose_name_plural = _("Task forces")
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(ended_on__isnull=True), name="task_force_name_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("begun_on")),
                name="task_force_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ForceGroup(models.Model):
    """A working group of a task force, with the line of service it holds."""

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="groups")
    name = models.CharField(_("Working group"), max_length=100)
    service_line = models.CharField(
        _("Line of service"), max_length=100,
        help_text=_("What it looks after, such as approvals, land and works, recruiting."),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Led by")
    )

    class Meta:
        ordering = ["force_id", "id"]
        verbose_name = _("Working group")
        verbose_name_plural = _("Working groups")
        constraints = [
            models.UniqueConstraint(fields=["force", "name"], name="force_group_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ForceMember(models.Model):
    """Somebody in a task force, from a day to a day, both included."""

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members")
    group = models.ForeignKey(
        ForceGroup, models.PROTECT, null=True, blank=True, related_name="members",
        verbose_name=_("Working group"),
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="force_posts",
        verbose_name=_("Person"),
    )  # fmt: skip
    duty = models.CharField(
        _("Duty"), max_length=16, choices=ForceDuty.choices, default=ForceDuty.MEMBER
    )
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["force_id", "id"]
        verbose_name = _("Member of a task force")
        verbose_name_plural = _("Members of task forces")
        constraints = [
            models.UniqueConstraint(
                fields=["force", "group", "user"],
                condition=Q(valid_to__isnull=True),
                name="force_member_once",
            ),
            models.UniqueConstraint(
                fields=["force", "user"],
                condition=Q(valid_to__isnull=True, group__isnull=True),
                name="force_member_without_group_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="force_member_dates",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.force_id} {self.user_id}"


class ForceProject(models.Model):
    """A project in the hands of a task force, from a day to a day, both included."""

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="projects")
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="task_forces", verbose_name=_("Project")
    )
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["force_id", "id"]
        verbose_name = _("Project of a task force")
        verbose_name_plural = _("Projects of task forces")
        constraints = [
            models.UniqueConstraint(
                fields=["force", "project"], condition=Q(valid_to__isnull=True),
                name="force_project_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="force_project_dates",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.force_id} {self.project_id}"
