"""Photographs and papers that prove a hand-over or a home visit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.community.enums import ProofKind

_ONE_OWNER = Q(order__isnull=False, filing__isnull=True) | Q(
    order__isnull=True, filing__isnull=False
)


class Proof(models.Model):
    """A file that shows that papers changed hands, or that a home was visited.

    It may show an identity card: it is given out one at a time, and the log says to whom. A
    hand-over that is taken back leaves its photographs with the order.
    """

    order = models.ForeignKey(
        "community.Order", models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    filing = models.ForeignKey(
        "community.Filing", models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    hand_over = models.ForeignKey(
        "community.HandOver", models.SET_NULL, null=True, blank=True, related_name="proofs"
    )
    what = models.CharField(_("What it proves"), max_length=16, choices=ProofKind.choices)
    file = models.FileField(_("File"), upload_to="neighbourhood/%Y/%m/")
    name = models.CharField(_("File name"), max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Proof of a hand-over or visit")
        verbose_name_plural = _("Proofs of hand-overs and visits")
        constraints = [
            models.CheckConstraint(condition=_ONE_OWNER, name="proof_of_one_thing"),
            models.CheckConstraint(
                condition=~Q(what=ProofKind.VISIT) | Q(hand_over__isnull=True),
                name="proof_of_a_visit_is_of_no_hand_over",
            ),
        ]

    def __str__(self) -> str:
        return self.name
