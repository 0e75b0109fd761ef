"""What a policy means in plain words: interpretations and answers, by version."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.enums import DraftedBy, TextStatus
from openzone.zone.policies.models.documents import Document
from openzone.zone.policies.models.items import Item


class Reviewed(models.Model):
    """A text somebody wrote and, where a model drafted it, somebody else reviewed."""

    status = models.CharField(
        _("Status"), max_length=16, choices=TextStatus.choices, default=TextStatus.DRAFT
    )
    drafted_by = models.CharField(
        _("Drafted by"), max_length=16, choices=DraftedBy.choices, default=DraftedBy.PERSON
    )
    # Who answers for the draft: the writer, or whoever asked the model for it.
    author_id = models.CharField(max_length=64)
    author = models.CharField(_("Author"), max_length=150)
    # Everybody who had a hand in the draft: none of them reviews it.
    hands: "models.JSONField[Any, Any]" = models.JSONField(default=list, editable=False)
    written_at = models.DateTimeField(_("Written at"), auto_now_add=True)
    reviewer_id = models.CharField(max_length=64, blank=True)
    reviewer = models.CharField(_("Reviewed by"), max_length=150, blank=True)
    reviewed_at = models.DateTimeField(_("Reviewed at"), null=True, blank=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    # The versions the text speaks of.
    document_version = models.PositiveIntegerField()
    item_version = models.PositiveIntegerField(null=True, blank=True)
    rule_version = models.CharField(max_length=128, blank=True)

    class Meta:
        abstract = True

    @property
    def by_model(self) -> bool:
        """Whether a model drafted it."""
        return self.drafted_by == DraftedBy.MODEL

    @property
    def needs_review(self) -> bool:
        """Whether a person other than the drafter still has to look at it."""
        return self.by_model and self.reviewed_at is None


class Interpretation(Reviewed):
    """The five fields that explain a document, or one of its items, in one version."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="interpretations")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="interpretations"
    )
    number = models.PositiveIntegerField(_("Version"))
    content = models.TextField(_("What the policy gives"))
    audience = models.TextField(_("Whom it is for"))
    period = models.TextField(_("When it applies"))
    conditions = models.TextField(_("Conditions"))
    materials = models.TextField(_("Papers to hand in"))

    class Meta:
        ordering = ["document_id", "item_id", "number"]
        verbose_name = _("Interpretation")
        verbose_name_plural = _("Interpretations")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                condition=Q(item__isnull=True),
                name="interpretation_once_document",
            ),
            models.UniqueConstraint(
                fields=["item", "number"],
                condition=Q(item__isnull=False),
                name="interpretation_once_item",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(item__isnull=True, status=TextStatus.PUBLISHED),
                name="interpretation_one_document",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(item__isnull=False, status=TextStatus.PUBLISHED),
                name="interpretation_one_item",
            ),
            models.CheckConstraint(
                condition=Q(drafted_by=DraftedBy.PERSON)
                | ~Q(status=TextStatus.PUBLISHED)
                | (Q(reviewed_at__isnull=False) & ~Q(reviewer_id=F("author_id"))),
                name="interpretation_model_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item or self.document} · {self.number}"


class Answer(Reviewed):
    """A question about a policy with its answer, and what both were said under."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="answers")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="answers")
    question = models.TextField(_("Question"))
    text = models.TextField(_("Answer given"))
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_answers",
        verbose_name=_("Unit"),
    )
    answered_on = models.DateField(_("Answered on"))
    # Where the question came from, as ``kind:id``; empty where the unit wrote both.
    asked = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        ordering = ["-answered_on", "-id"]
        verbose_name = _("Policy answer")
        verbose_name_plural = _("Policy answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(drafted_by=DraftedBy.PERSON)
                | ~Q(status=TextStatus.PUBLISHED)
                | (Q(reviewed_at__isnull=False) & ~Q(reviewer_id=F("author_id"))),
                name="answer_model_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return self.question[:80]
