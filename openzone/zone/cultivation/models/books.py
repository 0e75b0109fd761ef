"""Monthly figures and honours that came as a workbook."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.cultivation.enums import BookKind, ImportState
from openzone.zone.workbooks import Workbook


class CultivationBook(Workbook):
    """A workbook of one kind: judged row by row first, entered as a whole, once."""

    kind = models.CharField(_("Kind"), max_length=8, choices=BookKind.choices)
    file = models.FileField(_("File"), upload_to="cultivation-books/%Y/%m/")
    state = models.CharField(
        _("State"), max_length=16, choices=ImportState.choices, default=ImportState.CHECKED
    )

    class Meta(Workbook.Meta):
        verbose_name = _("Workbook of cultivation")
        verbose_name_plural = _("Workbooks of cultivation")
