"""What the zone means to grant, and the fair-competition reviews of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.agreements.enums import CLEARING, Conclusion
from openzone.zone.policies.models import Item
from openzone.zone.projects.models import Project


class Incentive(models.Model):
    """An advantage somebody proposes to grant to a project; ``kind`` is one of the pack."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="incentives")
    text = models.TextField(_("What is granted"), max_length=2000)
    kind = models.SlugField(_("Kind"), max_length=32)
    amount = models.DecimalField(
        _("Amount (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Policy item"),
    )  # fmt: skip
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Proposed by")
    )
    proposed_at = models.DateTimeField(_("Proposed at"))

    class Meta:
        ordering = ["project_id", "id"]
        verbose_name = _("Incentive of a project")
        verbose_name_plural = _("Incentives of projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="incentive_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FairReview(models.Model):
    """A fair-competition review (公平竞争审查) of an incentive; the last one holds.

    ``clearance`` is the key by which a clause refers to it. Only a review that clears has one, so
    that no clause can stand on any other. ``proposed_by`` is kept beside the reviewer, so that the
    database sees that they are two.
    """

    incentive = models.ForeignKey(Incentive, models.PROTECT, related_name="reviews")
    seq = models.PositiveSmallIntegerField()
    conclusion = models.CharField(_("Conclusion"), max_length=16, choices=Conclusion.choices)
    clearance = models.CharField(max_length=32, unique=True, null=True, blank=True)
    basis_kind = models.SlugField(_("Kind of basis"), max_length=32)
    basis = models.CharField(_("Legal basis"), max_length=500)
    article = models.SlugField(_("Exception"), max_length=64, blank=True)
    ends = models.CharField(_("Term or condition that ends it"), max_length=300, blank=True)
    on = models.DateField(_("Reviewed on"))
    file = models.FileField(_("Paper"), upload_to="agreements/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Reviewer")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Proposed by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["incentive_id", "seq"]
        verbose_name = _("Fair-competition review")
        verbose_name_plural = _("Fair-competition reviews")
        constraints = [
            models.UniqueConstraint(fields=["incentive", "seq"], name="fair_review_once"),
            models.CheckConstraint(
                condition=Q(conclusion__in=CLEARING, clearance__isnull=False)
                | Q(conclusion=Conclusion.NOT_ALLOWED, clearance__isnull=True),
                name="fair_review_clears_or_not",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="fair_review_has_a_basis"),
            models.CheckConstraint(
                condition=~Q(conclusion=Conclusion.EXCEPTION) | ~Q(article="") & ~Q(ends=""),
                name="fair_review_exception_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=models.F("proposed_by")), name="fair_review_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incentive_id}/{self.seq} {self.conclusion}"
