"""A release: the whole set of rules as it was published. Append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.rulebook.enums import ReleaseOrigin


class RuleRelease(models.Model):
    """Catalogue, rules and relations as one text, which ``digest`` names.

    ``own`` are the ids of what the zone decides itself (rules it wrote, changed or withdrew), each
    with the digest of what the packs said when it did; packs adopted later leave them alone.
    ``cases`` are the golden cases of every rule, ``changes`` what differs from the release before,
    ``rehearsal`` what the change meant for the enterprises on record when it was published.
    """

    number = models.PositiveIntegerField(_("Release"), unique=True)
    digest = models.CharField(max_length=64)
    artefact = models.TextField()
    cases = models.JSONField(default=list)
    own = models.JSONField(default=dict)
    origin = models.CharField(_("Origin"), max_length=16, choices=ReleaseOrigin.choices)
    rule = models.CharField(_("Rule"), max_length=120, blank=True)
    title = models.CharField(_("What it changes"), max_length=200)
    note = models.TextField(_("When it takes effect"), blank=True)
    changes = models.JSONField(default=list)
    rehearsal = models.JSONField(default=dict)
    drafted_by = models.CharField(_("Drafted by"), max_length=150)
    approved_by = models.CharField(_("Approved by"), max_length=150)
    published_at = models.DateTimeField(_("Published at"))

    class Meta:
        ordering = ["-number"]
        verbose_name = _("Release")
        verbose_name_plural = _("Releases")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
