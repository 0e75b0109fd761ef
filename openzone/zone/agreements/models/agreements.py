"""An agreement, and the promises in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.agreements.enums import INCENTIVE, AgreementKind, AgreementState, Side
from openzone.zone.agreements.models.incentives import FairReview
from openzone.zone.projects.models import Project


class Agreement(models.Model):
    """What an investor and the zone agreed on. Signed, its terms stay; an amendment is a new one.

    ``amends`` is the agreement it takes the place of on the day it is signed.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="agreements")
    kind = models.CharField(_("Kind"), max_length=16, choices=AgreementKind.choices)
    number = models.CharField(_("Number"), max_length=64, unique=True)
    title = models.CharField(_("Title"), max_length=200)
    state = models.CharField(
        _("State"), max_length=16, choices=AgreementState.choices, default=AgreementState.DRAFT
    )
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    file = models.FileField(_("Signed paper"), upload_to="agreements/%Y/%m/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    amends = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="amended_by",
        verbose_name=_("Amends"),
    )  # fmt: skip
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    ended_because = models.CharField(_("Why it ended"), max_length=500, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Agreement")
        verbose_name_plural = _("Agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AgreementState.DRAFT)
                | Q(signed_on__isnull=False) & ~Q(file="") & ~Q(sha256=""),
                name="agreement_signed_is_a_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.ENDED)
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="agreement_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Clause(models.Model):
    """One promise of one side: a quantity by a day, or a deed by a day.

    An incentive stands in an agreement through the review that clears it: ``review`` points at the
    key that only a clearing review has, and the incentive is that of the review. ``first`` is the
    clause it goes on from in an amended agreement; what was fulfilled there counts on.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    side = models.CharField(_("Who promises"), max_length=16, choices=Side.choices)
    kind = models.SlugField(_("Kind"), max_length=32)
    text = models.CharField(_("Promise"), max_length=500)
    quantity = models.DecimalField(
        _("Quantity"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    begins = models.DateField(_("Can begin on"), null=True, blank=True)
    due = models.DateField(_("Due on"))
    review = models.ForeignKey(
        FairReview, models.PROTECT, to_field="clearance", null=True, blank=True,
        related_name="clauses", verbose_name=_("Fair-competition review"),
    )  # fmt: skip
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued"
    )
    sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["agreement_id", "due", "id"]
        verbose_name = _("Promise")
        verbose_name_plural = _("Promises")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=INCENTIVE, side=Side.ZONE, review__isnull=False)
                | ~Q(kind=INCENTIVE) & Q(review__isnull=True),
                name="clause_incentive_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0),
                name="clause_quantity_is_something",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(begins__lt=models.F("due")),
                name="clause_days_in_order",
            ),
            models.UniqueConstraint(fields=["agreement", "review"], name="clause_review_once"),
        ]
        indexes = [models.Index(fields=["due", "side"], name="clause_due")]

    def __str__(self) -> str:
        return self.text
