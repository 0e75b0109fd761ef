"""A draft: what somebody proposes to make of a chain."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models.releases import ChainRelease
from openzone.zone.people.models import User


class ChainDraft(models.Model):
    """The file of a chain as it would be published by another person.

    ``base_number`` and ``base_text`` are what was in force when the work began, or what its
    editors have seen since (0: the packs' file, and no text for a chain that is new). ``revision``
    counts the saves, so that the slower of two people is told. ``moves`` names, for nodes that
    the draft no longer has, the node that takes over their firms.
    """

    chain = models.SlugField(_("Chain"), max_length=64)
    text = models.TextField(_("File"))
    note = models.CharField(_("What it changes"), max_length=300, blank=True)
    moves = models.JSONField(default=dict, blank=True)
    base_number = models.PositiveIntegerField(default=0)
    base_text = models.TextField(blank=True)
    state = models.CharField(
        _("State"), max_length=16, choices=ChainDraftState.choices, default=ChainDraftState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    editors = models.ManyToManyField(User, related_name="+")
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("Edited at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    release = models.OneToOneField(
        ChainRelease, models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        ordering = ["-edited_at", "-id"]
        verbose_name = _("Draft of a chain")
        verbose_name_plural = _("Drafts of chains")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ChainDraftState.PUBLISHED, release__isnull=False)
                | (~Q(state=ChainDraftState.PUBLISHED) & Q(release__isnull=True)),
                name="chain_draft_published_as_a_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.pk}"
