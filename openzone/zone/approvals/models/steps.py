"""What happened to an item, one step after the other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.approvals.enums import StepKind
from openzone.zone.approvals.models.papers import Intake
from openzone.zone.approvals.models.tracks import TrackItem


class Step(models.Model):
    """Handed in, sent back with what is missing, pre-reviewed, issued; nobody rewrites it.

    An opinion keeps until when it is good, the digest of the land it speaks of, and the papers
    it rests on (``basis``: paper → sha256). ``permit`` is the item again where the step issues it,
    so that the database sees that nothing is issued twice.
    """

    item = models.ForeignKey(TrackItem, models.PROTECT, related_name="steps")
    permit = models.OneToOneField(
        TrackItem, models.PROTECT, null=True, blank=True, related_name="permit"
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=StepKind.choices)
    at = models.DateTimeField(_("Time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    intake = models.ForeignKey(
        Intake, models.PROTECT, null=True, blank=True, related_name="steps"
    )  # fmt: skip
    number = models.CharField(_("Number of the document"), max_length=100, blank=True)
    text = models.TextField(_("What it says"), max_length=2000, blank=True)
    until = models.DateField(_("Good until"), null=True, blank=True)
    land = models.CharField(max_length=64, blank=True)
    basis = models.JSONField(default=dict, blank=True)
    file = models.FileField(_("Document"), upload_to="approvals/%Y/%m/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["item_id", "id"]
        verbose_name = _("Step of an item")
        verbose_name_plural = _("Steps of items")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StepKind.ISSUED, permit=models.F("item"))
                | ~Q(kind=StepKind.ISSUED) & Q(permit__isnull=True),
                name="item_issued_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.ISSUED) | ~Q(number=""), name="item_issued_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.REVIEWED)
                | Q(until__isnull=False) & ~Q(land="") & ~Q(text=""),
                name="item_opinion_is_limited",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.RETURNED) | ~Q(text=""), name="item_returned_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"
