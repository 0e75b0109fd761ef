"""Chain leaders and supporting firms: what an office named them, with its document."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.chains.enums import ChainRoleKind
from openzone.zone.chains.models.changes import ChainSheet
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.models import Enterprise


class ChainRole(models.Model):
    """A role of a firm in a chain. A leader (链主) is named by a document, not by its size.

    A role that ends is written anew with its last day and ``ended_because``; the row before it is
    withdrawn, so that what was known on an earlier day can be read.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="chain_roles", verbose_name=_("Enterprise")
    )
    chain = models.SlugField(_("Chain"), max_length=64)
    kind = models.CharField(_("Role"), max_length=16, choices=ChainRoleKind.choices)
    leader = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="supporters",
        verbose_name=_("Leader it supports"),
    )  # fmt: skip
    document_no = models.CharField(_("Document number"), max_length=100, blank=True)
    document = models.CharField(_("Document"), max_length=200, blank=True)
    issued_by = models.CharField(_("Issued by"), max_length=200, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("Remark"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(_("Why it was taken back"), max_length=300, blank=True)
    ended_because = models.CharField(_("Why it ended"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    sheet = models.ForeignKey(
        ChainSheet, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Role in a chain")
        verbose_name_plural = _("Roles in chains")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ChainRoleKind.LEADER)
                | (~Q(document_no="") & ~Q(document="") & ~Q(issued_by="")),
                name="chain_leader_by_document",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="chain_role_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.chain} {self.kind}"


class Introduction(models.Model):
    """A leader brought a lead or a project (以商招商), as somebody says who was there."""

    leader = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="introductions", verbose_name=_("Chain leader")
    )
    chain = models.SlugField(_("Chain"), max_length=64)
    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="introductions",
        verbose_name=_("Lead"),
    )  # fmt: skip
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="introductions",
        verbose_name=_("Project"),
    )  # fmt: skip
    on = models.DateField(_("Day"))
    note = models.CharField(_("How"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Introduction by a leader")
        verbose_name_plural = _("Introductions by leaders")
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False, project__isnull=True)
                | Q(lead__isnull=True, project__isnull=False),
                name="introduction_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader_id} {self.lead_id or self.project_id}"
