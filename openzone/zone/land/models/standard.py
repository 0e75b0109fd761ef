"""Standard land (标准地): what was promised with a parcel, the checks, what a miss obliges to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.land.enums import CheckStage, StandardState
from openzone.zone.land.models.parcels import Parcel
from openzone.zone.projects.models import Project
from openzone.zone.registry.models import Enterprise


class StandardLand(models.Model):
    """The supervision agreement of a parcel. Signed, its promises stay.

    ``control`` names the row of published control indicators it may not fall short of
    (``table.row`` of the pack), empty where none is published.
    """

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="standards")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="standards",
        verbose_name=_("Project"),
    )  # fmt: skip
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="standards",
        verbose_name=_("Who promises, on record"),
    )  # fmt: skip
    promiser = models.CharField(_("Who promises"), max_length=200)
    number = models.CharField(_("Agreement number"), max_length=100, unique=True)
    control = models.CharField(_("Control indicators"), max_length=80, blank=True)
    state = models.CharField(
        _("State"), max_length=16, choices=StandardState.choices, default=StandardState.DRAFT
    )
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    completion_due = models.DateField(_("Check at completion due"))
    full_output_due = models.DateField(_("Check at full output due"))
    file = models.FileField(_("Signed paper"), upload_to="land/%Y/%m/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField(_("Recorded at"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Signing recorded by"),
    )  # fmt: skip
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    ended_because = models.CharField(_("Why it ended"), max_length=500, blank=True)

    class Meta:
        ordering = ["parcel_id", "id"]
        verbose_name = _("Agreement of standard land")
        verbose_name_plural = _("Agreements of standard land")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"], condition=~Q(state=StandardState.ENDED),
                name="standard_land_once",
            ),
            models.CheckConstraint(
                condition=Q(state=StandardState.DRAFT)
                | Q(signed_on__isnull=False) & ~Q(file="") & ~Q(sha256=""),
                name="standard_land_signed_is_a_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state=StandardState.ENDED)
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="standard_land_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(full_output_due__gt=F("completion_due")),
                name="standard_land_days_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class LandPromise(models.Model):
    """A promised figure, in the unit of its indicator."""

    standard = models.ForeignKey(StandardLand, models.CASCADE, related_name="promises")
    indicator = models.SlugField(_("Indicator"), max_length=32)
    value = models.DecimalField(_("Promised figure"), max_digits=18, decimal_places=4)
    sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["standard_id", "id"]
        verbose_name = _("Promise of standard land")
        verbose_name_plural = _("Promises of standard land")
        constraints = [
            models.UniqueConstraint(fields=["standard", "indicator"], name="land_promise_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="land_promise_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.indicator}"


class LandCheck(models.Model):
    """A check on a day by somebody who neither promises nor recorded the promise."""

    standard = models.ForeignKey(StandardLand, models.PROTECT, related_name="checks")
    stage = models.CharField(_("Check"), max_length=16, choices=CheckStage.choices)
    seq = models.PositiveSmallIntegerField()
    on = models.DateField(_("Day"))
    remark = models.CharField(_("Remark"), max_length=500, blank=True)
    file = models.FileField(_("Evidence"), upload_to="land/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Checked by")
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["standard_id", "seq"]
        verbose_name = _("Check of standard land")
        verbose_name_plural = _("Checks of standard land")
        constraints = [
            models.UniqueConstraint(fields=["standard", "seq"], name="land_check_once"),
            models.CheckConstraint(condition=~Q(file=""), name="land_check_has_evidence"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(checker=F("signed_by")),
                name="land_check_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.stage} {self.on}"


class CheckFigure(models.Model):
    """What a check found of one promise; without a value nobody knows yet."""

    check_of = models.ForeignKey(LandCheck, models.PROTECT, related_name="figures")
    indicator = models.SlugField(_("Indicator"), max_length=32)
    promised = models.DecimalField(_("Promised figure"), max_digits=18, decimal_places=4)
    value = models.DecimalField(
        _("Figure reached"), max_digits=18, decimal_places=4, null=True, blank=True
    )

    class Meta:
        ordering = ["check_of_id", "id"]
        verbose_name = _("Figure of a check")
        verbose_name_plural = _("Figures of checks")
        constraints = [
            models.UniqueConstraint(fields=["check_of", "indicator"], name="check_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.indicator}"


class Obligation(models.Model):
    """What a missed promise obliges to; the case has its owner and its clock, and its proof."""

    figure = models.OneToOneField(CheckFigure, models.PROTECT, related_name="obligation")
    consequence = models.SlugField(_("What follows"), max_length=16)
    case = models.OneToOneField(Case, models.PROTECT, related_name="land_obligation")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Obligation of standard land")
        verbose_name_plural = _("Obligations of standard land")

    def __str__(self) -> str:
        return f"{self.figure_id} {self.consequence}"
