"""What stands beside the text of a policy: papers, graphics, videos."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.policies.enums import MediaKind
from openzone.zone.policies.models.documents import Document
from openzone.zone.policies.models.items import Item


class Media(models.Model):
    """A file, or the address of a video; never both."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="media")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="media")
    kind = models.CharField(_("Kind"), max_length=16, choices=MediaKind.choices)
    title = models.CharField(_("Title"), max_length=200)
    file = models.FileField(_("File"), upload_to="policies/%Y/%m/", blank=True)
    file_name = models.CharField(_("File name"), max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("Size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField(_("Address"), max_length=500, blank=True)
    added_by = models.CharField(_("Added by"), max_length=150)
    added_at = models.DateTimeField(_("Added at"), auto_now_add=True)
    removed = models.BooleanField(_("Removed"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("Medium")
        verbose_name_plural = _("Media")
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                name="media_file_or_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title
