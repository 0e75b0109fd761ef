"""Programmes, areas, tasks and their steps."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.reforms.enums import ProgrammeState, SheetState


class Programme(models.Model):
    """A plan of reforms, such as a version of the business environment programme."""

    title = models.CharField(_("Title"), max_length=160)
    document = models.CharField(_("Document"), max_length=200, blank=True)
    first_on = models.DateField(_("From"))
    last_on = models.DateField(_("To"))
    state = models.CharField(
        _("Status"), max_length=16, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-first_on", "-id"]
        verbose_name = _("Reform programme")
        verbose_name_plural = _("Reform programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="programme_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Area(models.Model):
    """A field of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="areas")
    title = models.CharField(_("Area"), max_length=100)

    class Meta:
        ordering = ["programme_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "title"], name="area_once_a_programme"),
        ]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """A task with one lead unit, one person and one day.

    ``due_on`` moves only by a granted extension; ``first_due_on`` is the day of the programme.
    The case it carries gives it its number, the unit's acceptance and the closing by somebody
    else; it is opened when the programme begins.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="tasks")
    number = models.CharField(_("Number"), max_length=16)
    title = models.CharField(_("Task"), max_length=200)
    content = models.TextField(_("What is to be done"), max_length=4000, blank=True)
    lead = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="reform_tasks", verbose_name=_("Lead unit")
    )
    assisting = models.ManyToManyField(
        "people.Unit",
        blank=True,
        related_name="assisted_reform_tasks",
        verbose_name=_("Assisting units"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reform_tasks",
        verbose_name=_("Responsible person"),
    )
    first_due_on = models.DateField(_("Due by the programme"))
    due_on = models.DateField(_("Due"))
    weight = models.DecimalField(
        _("Weight"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    case = models.OneToOneField(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="reform_task"
    )
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        ordering = ["area_id", "number", "id"]
        verbose_name = _("Reform task")
        verbose_name_plural = _("Reform tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("first_due_on")), name="reform_task_due_only_later"
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="reform_task_weighs_something"),
        ]
        indexes = [models.Index(fields=["due_on", "done_on"], name="reform_task_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Step(models.Model):
    """A sub-task or milestone of a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="steps")
    title = models.CharField(_("Sub-task or milestone"), max_length=200)
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Unit"),
    )  # fmt: skip
    due_on = models.DateField(_("Due"))
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    proof = models.CharField(_("What proves it"), max_length=300, blank=True)
    done_by = models.CharField(_("Noted by"), max_length=150, blank=True)

    class Meta:
        ordering = ["task_id", "due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(proof=""), name="reform_step_done_with_proof"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TaskSheet(models.Model):
    """A spreadsheet of tasks: its good rows, and what is wrong with the others."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sheets")
    file_name = models.CharField(_("File name"), max_length=255)
    state = models.CharField(
        _("Status"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    uploaded_by = models.CharField(_("Uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("Uploaded at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Spreadsheet of reform tasks")
        verbose_name_plural = _("Spreadsheets of reform tasks")

    def __str__(self) -> str:
        return self.file_name
