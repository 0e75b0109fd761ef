"""What reading the texts of firms proposes, and what people decided about it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.chains.enums import Band, ProposalState
from openzone.zone.registry.models import Enterprise


class PlacingRun(models.Model):
    """One reading of the firms against some chains; ``results`` has the counts of each chain.

    ``upto`` is the last enterprise there was: whoever came later was not read. ``firms`` are those
    somebody chose, null for all.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("Asked for"))
    as_of = models.DateField(_("As of"))
    chains: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    firms: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)
    only_changed = models.BooleanField(_("Only what changed"), default=False)
    results: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    upto = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(_("Finished"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Reading of firms")
        verbose_name_plural = _("Readings of firms")

    def __str__(self) -> str:
        return f"{self.asked_at} {self.chains}"


class PlacementProposal(models.Model):
    """Where the texts of a firm put it in a chain: ``node`` first, ``alternatives`` after it.

    ``evidence`` is that of ``node``; each of ``alternatives`` is ``{node, score, evidence}``.
    ``digest`` says whether a later reading found the same, ``chosen`` which nodes were confirmed.
    """

    run = models.ForeignKey(PlacingRun, models.PROTECT, related_name="proposals")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="placement_proposals",
        verbose_name=_("Enterprise"),
    )  # fmt: skip
    chain = models.SlugField(_("Chain"), max_length=64)
    version = models.PositiveIntegerField(default=0)
    band = models.CharField(_("Band"), max_length=8, choices=Band.choices)
    node = models.CharField(_("Link of the chain"), max_length=64)
    score = models.FloatField(_("Score"))
    evidence: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    alternatives: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    state = models.CharField(
        _("State"), max_length=12, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    chosen: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("Proposed"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Proposal where a firm stands")
        verbose_name_plural = _("Proposals where firms stand")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "chain"], condition=Q(state=ProposalState.WAITING),
                name="placement_proposal_one_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProposalState.CONFIRMED, ProposalState.REJECTED])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="placement_proposal_decided_by_somebody",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "chain", "node"], name="placement_proposal_queue")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.chain}/{self.node} {self.state}"
