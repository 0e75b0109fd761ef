"""The closed lists of figures over time. What an indicator is stands in the dictionary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntityKind(models.TextChoices):
    """Whose figures they are."""

    ZONE = "zone", _("Zone as a whole")
    PARK = "park", _("Park of the zone")
    DIVISION = "division", _("Administrative division")
    CHAIN = "chain", _("Output of a chain")
    ENTERPRISE = "enterprise", _("Reporting enterprise")
    PEER = "peer", _("Place to compare with")
    NATION = "nation", _("Nation or province")


class AttributionKey(models.TextChoices):
    """By which key something counts; the two know nothing of each other."""

    ECONOMIC = "economic", _("Economic zone")
    DIVISION = "division", _("Administrative division")


class FigureState(models.TextChoices):
    """Whether there is a number: nothing reported is not zero, and neither is not applicable."""

    REPORTED = "reported", _("Number given")
    MISSING = "missing", _("Not reported")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class FigureStatus(models.TextChoices):
    """How final a figure is; all are kept."""

    EXPECTED = "expected", _("Expected figure")
    FLASH = "flash", _("Flash figure")
    PRELIMINARY = "preliminary", _("Preliminary figure")
    FINAL = "final", _("Final figure")
    RESTATED = "restated", _("Restated figure")


class BatchKind(models.TextChoices):
    """How figures came."""

    HAND = "hand", _("Entered by hand")
    TABLE = "table", _("From a workbook")
    SUBMISSION = "submission", _("From a report")
    PAGE = "page", _("Read from a page")


class BatchState(models.TextChoices):
    """How far a batch is on its way to the record."""

    DRAFT = "draft", _("Being prepared")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Sent back")
    APPROVED = "approved", _("Approved and locked")
    DISCARDED = "discarded", _("Put aside")


OPEN = (BatchState.DRAFT, BatchState.RETURNED)
"""Rows of these can be changed."""


class ReportState(models.TextChoices):
    """How far a report of a firm or park is."""

    DUE = "due", _("Report not begun")
    DRAFT = "draft", _("Report begun")
    SUBMITTED = "submitted", _("Report to be approved")
    RETURNED = "returned", _("Report sent back")
    APPROVED = "approved", _("Report approved and locked")
    CORRECTING = "correcting", _("Report being corrected")
    EXCUSED = "excused", _("Excused from reporting")


FILLABLE = (ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED, ReportState.CORRECTING)
"""Whoever reports may type."""

OWED = (ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED)
"""Nothing that counts has been handed in."""

BY_HAND = "hand"
"""What reminders a person sent begin with; their day follows."""
