"""Honours of people and teams, milestones and market ranks, shares such as 6 of 12."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.registry.models import Enterprise


class Honour(models.Model):
    """A row of the register; ``kind`` is an id of the pack. One entered by mistake is withdrawn.

    What an enterprise was recognised as stands among the recognitions, not here. ``place`` is a
    rank within ``scope`` (第4 of the world); ``part`` of ``whole`` is a share.
    """

    kind = models.SlugField(_("Kind"), max_length=24)
    holder = models.CharField(_("Who or what"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="honours",
        verbose_name=_("Enterprise"),
    )  # fmt: skip
    level = models.CharField(_("Level"), max_length=32, blank=True)
    on = models.DateField(_("Date"))
    place = models.PositiveIntegerField(_("Rank"), null=True, blank=True)
    scope = models.CharField(_("Among whom"), max_length=200, blank=True)
    part = models.PositiveIntegerField(_("Part of it"), null=True, blank=True)
    whole = models.PositiveIntegerField(_("Whole it is of"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=255)
    entered_by = models.CharField(_("Entered by"), max_length=150)
    entered_at = models.DateTimeField(_("Entered at"), auto_now_add=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    withdrawn_because = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Honour")
        verbose_name_plural = _("Honours")
        constraints = [
            models.CheckConstraint(
                condition=Q(whole__isnull=True) | Q(part__lte=F("whole"), whole__gt=0),
                name="honour_part_of_whole",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(place__gt=0) & ~Q(scope=""),
                name="honour_rank_among_somebody",
            ),
            models.UniqueConstraint(
                fields=["kind", "holder", "level", "on"],
                condition=Q(withdrawn_on__isnull=True), name="honour_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.holder

    @property
    def percent(self) -> str:
        """The share in per cent with one decimal, empty where a part is not known."""
        if self.part is None or not self.whole:
            return ""
        found = (Decimal(self.part) * 100 / self.whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{found}"
