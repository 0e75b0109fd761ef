"""Papers of an order or a filing, and every time they change hands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.community.enums import PaperHolder

_ONE_OWNER = Q(order__isnull=False, filing__isnull=True) | Q(
    order__isnull=True, filing__isnull=False
)


class Paper(models.Model):
    """A paper that is out of its owner's hands. ``keep_until`` binds originals only."""

    order = models.ForeignKey(
        "community.Order", models.PROTECT, null=True, blank=True, related_name="papers"
    )
    filing = models.ForeignKey(
        "community.Filing", models.PROTECT, null=True, blank=True, related_name="papers"
    )
    name = models.CharField(_("Paper"), max_length=200)
    original = models.BooleanField(_("Original"), default=False)
    holder = models.CharField(
        _("Held by"), max_length=16, choices=PaperHolder.choices, default=PaperHolder.APPLICANT
    )
    holder_name = models.CharField(_("Who holds it"), max_length=64, blank=True)
    since = models.DateTimeField(_("Since"))
    keep_until = models.DateTimeField(_("May be kept until"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Paper")
        verbose_name_plural = _("Papers")
        constraints = [models.CheckConstraint(condition=_ONE_OWNER, name="paper_of_one_thing")]
        indexes = [models.Index(fields=["holder", "keep_until"], name="paper_holder_until")]

    def __str__(self) -> str:
        return self.name


class HandOver(models.Model):
    """Papers changing hands. They belong to the giver until the taker signed too."""

    order = models.ForeignKey(
        "community.Order", models.PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    filing = models.ForeignKey(
        "community.Filing", models.PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    papers = models.ManyToManyField(Paper, related_name="hand_overs")
    giver = models.CharField(_("From"), max_length=16, choices=PaperHolder.choices)
    taker = models.CharField(_("To"), max_length=16, choices=PaperHolder.choices)
    given_by = models.CharField(_("Given by"), max_length=64)
    given_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(_("Given"))
    taken_by = models.CharField(_("Taken by"), max_length=64, blank=True)
    taken_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(_("Taken"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Hand-over of papers")
        verbose_name_plural = _("Hand-overs of papers")
        constraints = [
            models.CheckConstraint(condition=_ONE_OWNER, name="hand_over_of_one_thing"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | ~Q(taken_by=""),
                name="hand_over_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
