"""Targets of the zone, of units and people, and what was reported for those nobody can count."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.performance.enums import ScopeKind


class Target(models.Model):
    """What is to be reached in a year or several, in the base unit of its indicator.

    Rows are not rewritten: a target that is changed or withdrawn is replaced by a new row, with the
    reason. ``first`` is the first row of the line, to which reports belong; it alone has the
    ``line_key`` of indicator, scope and years, so that there is one line of each.
    """

    indicator = models.SlugField(_("Indicator"), max_length=64)
    scope = models.CharField(_("Whose target"), max_length=8, choices=ScopeKind.choices)
    scope_key = models.CharField(max_length=32, editable=False)
    line_key = models.CharField(max_length=128, unique=True, null=True, editable=False)  # noqa: DJ001
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("Unit")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="targets",
        verbose_name=_("Person"),
    )  # fmt: skip
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Lead unit")
    )
    first_year = models.PositiveSmallIntegerField(_("First year"))
    last_year = models.PositiveSmallIntegerField(_("Last year"))
    amount = models.DecimalField(_("Target"), max_digits=20, decimal_places=4)
    document = models.CharField(_("Document it stands in"), max_length=300)
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="line", editable=False
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    reason = models.CharField(_("Why it was changed"), max_length=500, blank=True)
    withdrawn = models.BooleanField(_("Withdrawn"), default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["first_year", "last_year", "scope_key", "indicator", "id"]
        verbose_name = _("Target")
        verbose_name_plural = _("Targets")
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, line_key__isnull=False)
                | Q(replaces__isnull=False, line_key__isnull=True),
                name="target_line_begins_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_above_zero"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="target_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="target_change_says_why"
            ),
            models.CheckConstraint(
                condition=Q(scope=ScopeKind.ZONE, unit__isnull=True, person__isnull=True)
                | Q(scope=ScopeKind.UNIT, unit__isnull=False, person__isnull=True)
                | Q(scope=ScopeKind.PERSON, unit__isnull=True, person__isnull=False),
                name="target_is_of_somebody",
            ),
        ]
        indexes = [models.Index(fields=["scope_key", "last_year"], name="target_scope")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.scope_key} {self.first_year}-{self.last_year}"

    @property
    def root(self) -> "Target":
        """The first row of its line."""
        return self.first or self


class Completion(models.Model):
    """What was reached from the first day of a target up to a day, as somebody reports it."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="completions")
    on = models.DateField(_("Up to"))
    value = models.DecimalField(_("Reached"), max_digits=20, decimal_places=4)
    text = models.CharField(_("Source of the figure"), max_length=500)
    file = models.FileField(_("Evidence"), upload_to="performance/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("Reported at"))

    class Meta:
        ordering = ["target_id", "on", "id"]
        verbose_name = _("Completion reported")
        verbose_name_plural = _("Completions reported")
        constraints = [
            models.CheckConstraint(condition=~Q(file=""), name="completion_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.on} {self.value}"


class Answer(models.Model):
    """A report confirmed or returned: once, and not by who reported it."""

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="answer")
    confirmed = models.BooleanField(_("Confirmed"))
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Answered at"))

    class Meta:
        ordering = ["completion_id"]
        verbose_name = _("Answer to a completion")
        verbose_name_plural = _("Answers to completions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(answered_by=F("reported_by")), name="completion_answer_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(remark=""), name="completion_return_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.completion_id} {self.confirmed}"
