"""Waters that cross a border, their sections, and what holds for a section from a day on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import BodyKind


class Water(models.Model):
    """A river or a lake on a border."""

    name = models.CharField(_("Water"), max_length=64, unique=True)
    body = models.CharField(_("Kind of water"), max_length=8, choices=BodyKind.choices)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Water")
        verbose_name_plural = _("Waters")

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A place where both sides sample. ``one`` and ``other`` are units of two zones or cities."""

    water = models.ForeignKey(
        Water, models.PROTECT, related_name="sections", verbose_name=_("Water")
    )
    code = models.SlugField(_("Code"), max_length=32, unique=True)
    name = models.CharField(_("Section"), max_length=64)
    one = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("First side"))
    other = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Second side"))
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["water", "code"]
        verbose_name = _("Section")
        verbose_name_plural = _("Sections")
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="section_of_two_sides"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="section_place_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="section_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.water.name} {self.name}"

    @property
    def sides(self) -> tuple[Unit, Unit]:
        """Both sides."""
        return self.one, self.other


class SectionTarget(models.Model):
    """The class a section has to have from a day on, by a document. Append-only."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="targets")
    level = models.CharField(_("Target class"), max_length=8)
    valid_from = models.DateField(_("From"))
    document = models.CharField(_("Document"), max_length=200)
    document_on = models.DateField(_("Date of the document"))
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["valid_from", "id"]
        verbose_name = _("Target of a section")
        verbose_name_plural = _("Targets of sections")

    def __str__(self) -> str:
        return f"{self.section_id} {self.level} {self.valid_from}"


class RiverChief(models.Model):
    """Who answers for a section on one side from a day on. Append-only."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="chiefs")
    side = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Side"))
    name = models.CharField(_("River chief"), max_length=64)
    post = models.CharField(_("Post"), max_length=100, blank=True)
    valid_from = models.DateField(_("From"))
    document = models.CharField(_("Document"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["valid_from", "id"]
        verbose_name = _("River chief")
        verbose_name_plural = _("River chiefs")

    def __str__(self) -> str:
        return self.name
