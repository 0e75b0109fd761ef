"""What a document grants, item by item."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.enums import DeliveryMode, ItemKind, ItemStatus
from openzone.zone.policies.models.documents import Document


class Item(models.Model):
    """One thing an enterprise can have from a document (政策事项).

    ``rule_id`` names the rule that decides it and gives the amount; without one, a person decides.
    The window is when applications are taken; both days are inclusive.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="items")
    code = models.SlugField(_("Code"), max_length=64, unique=True)
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    clause = models.CharField(_("Clause"), max_length=64, blank=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=ItemKind.choices)
    mode = models.CharField(_("Way of delivery"), max_length=16, choices=DeliveryMode.choices)
    rule_id = models.CharField(_("Rule"), max_length=64, blank=True)
    region = models.CharField(_("Region"), max_length=6, blank=True)
    owner = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items_owned",
        verbose_name=_("Responsible unit"),
    )
    window_from = models.DateField(_("Applications from"), null=True, blank=True)
    window_to = models.DateField(_("Applications until"), null=True, blank=True)
    # The account the money comes from (ledger); blank where no money flows.
    budget = models.ForeignKey(
        "ledger.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items_funded",
        verbose_name=_("Budget"),
    )
    status = models.CharField(
        _("Status"), max_length=16, choices=ItemStatus.choices, default=ItemStatus.DRAFT
    )
    published_on = models.DateField(_("Published on"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(_("Version"), default=1, editable=False)
    # Read out of a text by the program; a person has to confirm it before it can be published.
    suggested = models.BooleanField(_("Suggested"), default=False, editable=False)
    excerpt = models.TextField(_("Wording"), blank=True)
    imported = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["document_id", "code"]
        verbose_name = _("Policy item")
        verbose_name_plural = _("Policy items")
        constraints = [
            models.CheckConstraint(
                condition=Q(window_from__isnull=True)
                | Q(window_to__isnull=True)
                | Q(window_to__gte=F("window_from")),
                name="item_window_in_order",
            ),
        ]
        indexes = [models.Index(fields=["rule_id"], name="item_rule")]

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """A paper an application needs. One that the record can answer is not asked for."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Name"), max_length=200)
    required = models.BooleanField(_("Required"), default=True)
    # The series of the fact catalogue that makes the paper unnecessary, where there is one.
    series = models.CharField(_("Answered by"), max_length=64, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        ordering = ["item_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "name"], name="material_once"),
        ]

    def __str__(self) -> str:
        return self.name
