"""Policy documents and who issued them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.enums import DocumentStatus, Level


class Document(models.Model):
    """A document on the wall: who issued it, under which number, from when to when it holds.

    ``imported`` keeps the values the last import brought, so that a later import changes only what
    nobody edited by hand since.
    """

    code = models.SlugField(_("Code"), max_length=64, unique=True)
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    # Blank, not invented, where a document has none.
    number = models.CharField(_("Document number"), max_length=100, blank=True)
    level = models.CharField(_("Level"), max_length=16, choices=Level.choices)
    category = models.CharField(_("Category"), max_length=64, blank=True)
    adopted_on = models.DateField(_("Adopted on"), null=True, blank=True)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    effective_from = models.DateField(_("In force from"), null=True, blank=True)
    effective_to = models.DateField(_("In force until"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("Replaces"),
    )
    status = models.CharField(
        _("Status"), max_length=16, choices=DocumentStatus.choices, default=DocumentStatus.DRAFT
    )
    published_on = models.DateField(_("Published on"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(max_length=200, blank=True, editable=False)
    # Grows with every change of what the document says; answers remember the one they were given
    # under.
    version = models.PositiveIntegerField(_("Version"), default=1, editable=False)
    url = models.URLField(_("Address"), max_length=500, blank=True)
    text = models.TextField(_("Text"), blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    imported = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("Policy document")
        verbose_name_plural = _("Policy documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_to__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="document_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentIssuer(models.Model):
    """One of the issuers of a document. Of several, exactly one leads."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="issuers")
    name = models.CharField(_("Issuer"), max_length=128)
    # Null where the issuer is no unit of this zone, such as a ministry.
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="documents_issued"
    )
    leads = models.BooleanField(_("Lead unit"), default=False)

    class Meta:
        ordering = ["document_id", "-leads", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "name"], name="document_issuer_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(leads=True), name="document_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return self.name
