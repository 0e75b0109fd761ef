"""Projects that came as a workbook, and projects that are one."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.models.projects import Project
from openzone.zone.workbooks import Workbook


class ProjectSheet(Workbook):
    """A workbook of projects: read and judged row by row, then entered as a whole, once.

    ``rows`` are the good ones as they are stored until then, ``problems`` everything else.
    ``touched`` is what each project was before and after, for undoing; ``kept`` what could not be
    undone, each with its reason.
    """

    pipeline = models.SlugField(_("Pipeline"), max_length=64)
    file = models.FileField(_("File"), upload_to="project-sheets/%Y/%m/")
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    touched: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    kept: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    sure = models.BooleanField(_("The unit and the digits were checked"), default=False)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    undone_reason = models.CharField(_("Why it was undone"), max_length=500, blank=True)

    class Meta(Workbook.Meta):
        verbose_name = _("Workbook of projects")
        verbose_name_plural = _("Workbooks of projects")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SheetState.UNDONE) | ~Q(undone_reason=""),
                name="project_sheet_undone_why",
            ),
        ]


class ProjectMerge(models.Model):
    """One project is read as part of another; nothing of it moves, so that undoing is exact."""

    survivor = models.ForeignKey(Project, models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Project, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=500)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(_("Merged"))
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)
    undone_reason = models.CharField(_("Why it was undone"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Merge of projects")
        verbose_name_plural = _("Merges of projects")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="project_merged_once",
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("absorbed")), name="project_merge_of_two"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_reason=""),
                name="project_merge_undone_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.survivor_id}"
