"""The closed lists of the pipeline. What a zone would change stands in its pipeline pack."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.IntegerChoices):
    """The three sectors of industry (一二三产)."""

    PRIMARY = 1, _("Primary sector")
    SECONDARY = 2, _("Secondary sector")
    TERTIARY = 3, _("Tertiary sector")


class Origin(models.TextChoices):
    """Where the investor comes from."""

    IN_PROVINCE = "domestic_in_province", _("Domestic, in the province")
    OUTSIDE = "domestic_out", _("Domestic, outside the province")
    FOREIGN = "foreign", _("Foreign")


class StageEventKind(models.TextChoices):
    """What happened to a project's stage."""

    ENTERED = "entered", _("Entered")
    FELL_BACK = "fell_back", _("Went back")
    VOIDED = "voided", _("Taken back as a mistake")
    LEFT = "left", _("Left the pipeline")


class Currency(models.TextChoices):
    """The currencies amounts are stated in."""

    CNY = "CNY", _("yuan")
    USD = "USD", _("US dollar")
    EUR = "EUR", _("euro")
    HKD = "HKD", _("Hong Kong dollar")
    JPY = "JPY", _("yen")


class AmountKind(models.TextChoices):
    """What an amount is: the total is not the fixed investment."""

    TOTAL = "total", _("Total investment")
    FIXED = "fixed", _("Fixed-asset investment")
    FOREIGN = "foreign", _("Contracted foreign investment")
    OUTPUT = "output", _("Annual output at full capacity")
    TAX = "tax", _("Annual tax at full capacity")


class FundsKind(models.TextChoices):
    """What funds in place are for."""

    FIXED = "fixed", _("Fixed assets")
    WORKING = "working", _("Working capital")


class TeamRole(models.TextChoices):
    """What a person does for a project beside its chief."""

    MANAGER = "manager", _("Manager")
    PROMOTION = "promotion", _("Promotion")
    APPROVALS = "approvals", _("Approvals agent")
    SERVICE = "service", _("Service")
    INVESTOR = "investor", _("Contact of the investor")


class PoolKind(models.TextChoices):
    """The pools beside the investment pipeline."""

    RESERVE = "reserve", _("Rolling reserve")
    FUNDING = "funding", _("Upward funding")


class FundingStatus(models.TextChoices):
    """Where an application for upward funding stands."""

    PREPARED = "prepared", _("In preparation")
    SUBMITTED = "submitted", _("Submitted")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SheetState(models.TextChoices):
    """What became of a workbook of projects."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Entered in the record")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Put aside")
