"""Whose figures they are, and what counts where without counting twice."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.indicators.enums import AttributionKey, EntityKind
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise


class Entity(models.Model):
    """A zone, a park, a division, a chain, an enterprise, a peer or the nation.

    ``unit`` reports for a park or division; ``enterprise`` is the root of its record.
    """

    kind = models.CharField(_("Kind"), max_length=16, choices=EntityKind.choices)
    name = models.CharField(_("Name"), max_length=200)
    # Null, not "": many have no code, and codes are unique.
    code = models.SlugField(_("Code"), max_length=32, unique=True, null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("Part of"),
    )  # fmt: skip
    enterprise = models.OneToOneField(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="entity",
        verbose_name=_("Enterprise"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="entities",
        verbose_name=_("Unit that reports"),
    )  # fmt: skip
    chain = models.SlugField(_("Chain"), max_length=64, blank=True)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("To"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["kind", "name", "id"]
        verbose_name = _("Subject of figures")
        verbose_name_plural = _("Subjects of figures")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"], condition=Q(enterprise__isnull=True),
                name="entity_name_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntityKind.ENTERPRISE, enterprise__isnull=False)
                | ~Q(kind=EntityKind.ENTERPRISE) & Q(enterprise__isnull=True),
                name="entity_enterprise_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EntityKind.CHAIN) | ~Q(chain=""), name="entity_chain_is_named"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="entity_dates_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Attribution(models.Model):
    """The share of an entity that counts in a park or division, by one of two keys.

    An enterprise or project in several parks is shared out and never counted twice.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="attributions")
    to = models.ForeignKey(
        Entity, models.PROTECT, related_name="attributed", verbose_name=_("Counts in")
    )
    key = models.CharField(_("By"), max_length=16, choices=AttributionKey.choices)
    share = models.DecimalField(_("Share"), max_digits=7, decimal_places=6)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    document = models.CharField(_("Document it stands in"), max_length=300)

    class Meta:
        ordering = ["entity_id", "key", "valid_from", "id"]
        verbose_name = _("Attribution")
        verbose_name_plural = _("Attributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="attribution_is_a_share"
            ),
            models.CheckConstraint(condition=~Q(entity=F("to")), name="attribution_to_another"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="attribution_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} → {self.to_id} {self.key} {self.share}"
