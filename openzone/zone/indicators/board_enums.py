"""The closed lists of boards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetWay(models.TextChoices):
    """How years count: the last one is to be so much, or all of them together."""

    REACH = "reach", _("To be reached by the last year")
    SUM = "sum", _("All years together")
