"""A chain as it was published. Append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainRelease(models.Model):
    """One version of a chain, in force from ``valid_from`` until the next begins.

    ``text`` is the YAML file as it would lie in a pack folder, ``digest`` its SHA-256. Before a
    chain's first release the file of the packs is in force. ``reason`` says why a version applies
    from a day before it was published.
    """

    chain = models.SlugField(_("Chain"), max_length=64)
    number = models.PositiveIntegerField(_("Version"))
    title = models.CharField(_("Name"), max_length=200)
    text = models.TextField(_("File"))
    digest = models.CharField(max_length=64)
    valid_from = models.DateField(_("In force from"))
    note = models.TextField(_("What it changes"), max_length=2000)
    reason = models.CharField(_("Why from an earlier day"), max_length=300, blank=True)
    drafted_by = models.CharField(_("Drafted by"), max_length=150)
    approved_by = models.CharField(_("Approved by"), max_length=150)
    published_at = models.DateTimeField(_("Published at"))

    class Meta:
        ordering = ["chain", "number"]
        verbose_name = _("Version of a chain")
        verbose_name_plural = _("Versions of chains")
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="chain_release_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"
