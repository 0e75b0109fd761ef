"""Leads that came as a workbook."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import SheetState
from openzone.zone.workbooks import Workbook


class LeadSheet(Workbook):
    """A workbook of leads: read and judged row by row, then entered as a whole, once.

    ``rows`` are the good ones as they are stored until then, ``problems`` everything else.
    """

    file = models.FileField(_("File"), upload_to="lead-sheets/%Y/%m/")
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta(Workbook.Meta):
        verbose_name = _("Workbook of leads")
        verbose_name_plural = _("Workbooks of leads")
