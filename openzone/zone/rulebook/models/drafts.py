"""A draft: what somebody proposes, with the cases that it must answer rightly."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import User
from openzone.zone.rulebook.enums import DraftKind, DraftState
from openzone.zone.rulebook.models.releases import RuleRelease


class RuleDraft(models.Model):
    """One file as it would be published: a rule, the relations, or nothing for a withdrawal.

    ``base_text`` is the same file as it was in force when the work began (empty for a new rule):
    whatever was published since is told before anything is overwritten. ``revision`` counts the
    saves, so that the later of two people who edit is told.
    """

    kind = models.CharField(_("Kind"), max_length=16, choices=DraftKind.choices)
    rule = models.CharField(_("Rule"), max_length=120, blank=True)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"), blank=True)
    base = models.ForeignKey(RuleRelease, models.PROTECT, null=True, blank=True, related_name="+")
    base_text = models.TextField(blank=True)
    state = models.CharField(
        _("State"), max_length=16, choices=DraftState.choices, default=DraftState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    editors = models.ManyToManyField(User, related_name="+")
    edited_at = models.DateTimeField(_("Edited at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, blank=True)
    effect = models.TextField(_("When it takes effect"), blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    release = models.OneToOneField(
        RuleRelease, models.PROTECT, null=True, blank=True, related_name="draft"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-edited_at", "-id"]
        verbose_name = _("Rule draft")
        verbose_name_plural = _("Rule drafts")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DraftState.PUBLISHED, release__isnull=False)
                | (~Q(state=DraftState.PUBLISHED) & Q(release__isnull=True)),
                name="draft_published_in_a_release",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GoldenCase(models.Model):
    """An enterprise made up of a few facts, and what the rule must answer for it.

    ``kept`` cases came with the rule from a release: they stay with it for life and can be
    corrected but not taken away.
    """

    draft = models.ForeignKey(RuleDraft, models.CASCADE, related_name="cases")
    name = models.CharField(_("Name"), max_length=120)
    on = models.DateField(_("Day"))
    facts = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(_("Expected answer"), max_length=16)
    value = models.CharField(_("Expected class"), max_length=64, blank=True)
    amount = models.DecimalField(
        _("Expected amount"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("Note"), blank=True)
    kept = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Golden case")
        verbose_name_plural = _("Golden cases")
        constraints = [
            models.UniqueConstraint(fields=["draft", "name"], name="case_name_once_in_a_draft"),
        ]

    def __str__(self) -> str:
        return self.name
