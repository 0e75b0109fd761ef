"""The closed lists of reform programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeState(models.TextChoices):
    """Where a programme stands."""

    DRAFT = "draft", _("In preparation")
    RUNNING = "running", _("Under way")
    FINISHED = "finished", _("Finished")


class SheetState(models.TextChoices):
    """Where a spreadsheet stands."""

    CHECKED = "checked", _("Checked, not entered yet")
    APPLIED = "applied", _("Entered")
    DISCARDED = "discarded", _("Discarded")
