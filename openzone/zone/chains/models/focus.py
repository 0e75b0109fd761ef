"""Which chains the zone works on, under whom (链长制): from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit


class ChainFocus(models.Model):
    """A chain the zone works on. ``head`` is its chain head (链长), who often has no account.

    Whoever takes over begins a new row: the earlier one ends the day before.
    """

    chain = models.SlugField(_("Chain"), max_length=64)
    head = models.CharField(
        _("Chain head"), max_length=100, help_text=_("Name and office of the leader in charge.")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="chains", verbose_name=_("Lead office")
    )
    force = models.CharField(_("Task force"), max_length=100, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="chains_followed", verbose_name=_("Person in charge"),
    )  # fmt: skip
    document = models.CharField(_("Document"), max_length=200, blank=True)
    valid_from = models.DateField(_("Since"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Chain the zone works on")
        verbose_name_plural = _("Chains the zone works on")
        constraints = [
            models.UniqueConstraint(
                fields=["chain"], condition=Q(valid_to__isnull=True), name="chain_focus_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="chain_focus_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.head}"
