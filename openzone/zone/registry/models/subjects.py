"""What facts can be about, and where it is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.registry.enums import NameKind, PlaceKind, SubjectKind


class Subject(models.Model):
    """Anything facts can be about. The noun itself points here with its primary key."""

    kind = models.CharField(_("Kind"), max_length=16, choices=SubjectKind.choices)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class Place(models.Model):
    """A zone, park, street, community, grid or parcel, inside another one."""

    code = models.SlugField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Name"), max_length=128)
    kind = models.CharField(_("Kind"), max_length=16, choices=PlaceKind.choices)
    division = models.CharField(_("Division code"), max_length=6, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Part of"),
    )
    area_m2 = models.DecimalField(
        _("Area (m²)"), max_digits=16, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("Place")
        verbose_name_plural = _("Places")

    def __str__(self) -> str:
        return self.name


class Enterprise(models.Model):
    """A company of the zone. What is known about it stands in facts; here is who it is.

    ``merged_into`` is the enterprise it was merged into, ``root`` the end of that chain (itself
    when not merged). All enterprises with the same root are read as one.
    """

    subject = models.OneToOneField(
        Subject, models.PROTECT, primary_key=True, related_name="enterprise"
    )
    external_id = models.CharField(
        _("Own number"), max_length=64, unique=True, null=True, blank=True
    )
    # Null, not "": an enterprise without a code is one of many, and codes are unique.
    uscc = models.CharField(  # noqa: DJ001
        _("Unified social credit code"), max_length=18, null=True, blank=True
    )
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=64, blank=True)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enterprises",
        verbose_name=_("Park"),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    root = models.ForeignKey(
        "self", models.PROTECT, related_name="cluster", blank=True, editable=False
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    # What lists search and filter by, derived from names and facts: see services.listing.
    search_text = models.TextField(editable=False, default="")
    industry = models.CharField(_("Industry"), max_length=8, editable=False, default="")

    class Meta:
        ordering = ["subject_id"]
        verbose_name = _("Enterprise")
        verbose_name_plural = _("Enterprises")
        constraints = [
            # An absorbed enterprise keeps its code, so that an un-merge is exact.
            models.UniqueConstraint(
                fields=["uscc"],
                condition=Q(merged_into__isnull=True),
                name="enterprise_uscc_unique",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, root=F("subject"))
                | (Q(merged_into__isnull=False) & ~Q(root=F("subject"))),
                name="enterprise_root_follows_merge",
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="enterprise_name"),
            models.Index(fields=["industry"], name="enterprise_industry"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def identifier(self) -> str:
        """What files and answers call it: its own number, else its code, else ours."""
        return self.external_id or self.uscc or str(self.pk)


class EnterpriseName(models.Model):
    """A name an enterprise has or had beside its present full name."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="names")
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=16, choices=NameKind.choices)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("To"), null=True, blank=True)
    source = models.ForeignKey("registry.Source", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["enterprise_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "name"], name="enterprise_name_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="enterprise_name_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="enterprisename_name")]

    def __str__(self) -> str:
        return self.name
