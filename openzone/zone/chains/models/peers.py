"""Other zones and the firms they have in a chain, as a list brought them. Never mixed with ours."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PeerZone(models.Model):
    """Another zone that ours is laid beside."""

    name = models.CharField(_("Zone"), max_length=200, unique=True)
    region = models.CharField(_("Province, city"), max_length=100, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("Other zone")
        verbose_name_plural = _("Other zones")

    def __str__(self) -> str:
        return self.name


class PeerList(models.Model):
    """What a source said on a day about the firms of another zone in one chain."""

    peer = models.ForeignKey(PeerZone, models.PROTECT, related_name="lists")
    chain = models.SlugField(_("Chain"), max_length=64)
    source = models.CharField(_("Source"), max_length=300)
    as_of = models.DateField(_("Date of the source"))
    file_name = models.CharField(_("File"), max_length=255)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["-as_of", "-id"]
        verbose_name = _("List of another zone")
        verbose_name_plural = _("Lists of other zones")

    def __str__(self) -> str:
        return f"{self.peer} {self.chain} {self.as_of}"


class PeerPlacement(models.Model):
    """A firm of another zone at a node."""

    listing = models.ForeignKey(PeerList, models.CASCADE, related_name="placements")
    firm = models.CharField(_("Firm"), max_length=200)
    node = models.CharField(_("Link of the chain"), max_length=64)

    class Meta:
        ordering = ["listing_id", "id"]
        verbose_name = _("Firm of another zone")
        verbose_name_plural = _("Firms of other zones")
        constraints = [
            models.UniqueConstraint(fields=["listing", "node", "firm"], name="peer_firm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.node}"
