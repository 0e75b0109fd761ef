"""Which firm stands at which node since when, who says so, and on what it rests."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.chains.enums import PlacementMethod
from openzone.zone.chains.models.changes import ChainSheet, PlacementChange
from openzone.zone.registry.models import Enterprise


class Placement(models.Model):
    """A confirmed placement: a dated fact.

    It holds from ``valid_from`` to the day before ``valid_to``. Like every fact it is not changed:
    a row that was wrong gets ``withdrawn_at`` and another takes its place, so that what was known
    on an earlier day can be read. ``share`` is the part of the whole firm that is here: on one day
    the shares of a firm, over all chains, come to 1. ``evidence`` are the words it rests on,
    ``version`` the number of the chain's release it was reviewed under (0: the packs' file).
    ``change`` is the act that made the row, ``withdrawn_in`` the one that took it back.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="placements", verbose_name=_("Enterprise")
    )
    chain = models.SlugField(_("Chain"), max_length=64)
    node = models.CharField(_("Link of the chain"), max_length=64)
    share = models.DecimalField(_("Share of the firm"), max_digits=9, decimal_places=8)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    method = models.CharField(_("How"), max_length=16, choices=PlacementMethod.choices)
    version = models.PositiveIntegerField(default=0)
    score = models.FloatField(_("Score"), null=True, blank=True)
    evidence = models.JSONField(_("What it rests on"), default=list)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    change = models.ForeignKey(
        PlacementChange, models.PROTECT, null=True, blank=True, related_name="made"
    )
    withdrawn_in = models.ForeignKey(
        PlacementChange, models.PROTECT, null=True, blank=True, related_name="withdrawn"
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Placement")
        verbose_name_plural = _("Placements")
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=Decimal(1)), name="placement_share_of_one"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "chain", "node", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="placement_once",
            ),
        ]
        indexes = [models.Index(fields=["chain", "node"], name="placement_node")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.chain}/{self.node}"


class NodeFigure(models.Model):
    """A figure of a node: capacity, output or share of the nation, with its source and date.

    ``kind`` is an id of the pack ``chain_figures.yaml``. ``enterprise`` is empty for a figure of
    the whole node. A figure that was wrong gets ``withdrawn_at``; the later takes its place.
    """

    chain = models.SlugField(_("Chain"), max_length=64)
    node = models.CharField(_("Link of the chain"), max_length=64)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="node_figures",
        verbose_name=_("Enterprise"),
    )  # fmt: skip
    kind = models.SlugField(_("Figure"), max_length=32)
    value = models.DecimalField(_("Value"), max_digits=20, decimal_places=6)
    unit = models.CharField(_("Unit"), max_length=32)
    qualifier = models.CharField(_("As published"), max_length=8, blank=True)
    period = models.CharField(_("Period"), max_length=32)
    source = models.CharField(_("Source"), max_length=300)
    published_on = models.DateField(_("Date of the source"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(_("Why it was taken back"), max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    sheet = models.ForeignKey(
        ChainSheet, models.PROTECT, null=True, blank=True, related_name="figures"
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Figure of a link")
        verbose_name_plural = _("Figures of links")
        indexes = [models.Index(fields=["chain", "node"], name="node_figure_node")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.node} {self.kind} {self.period}"
