"""A cross-region filing: received by one authority, decided by another, one case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.community.enums import Delivery, Fault, FilingStatus


class Filing(models.Model):
    """A filing with its two clocks.

    The receiving side checks form and identity and never decides (不改变原有办理事权): who received
    or sent it cannot be who decided it. ``deciding_due`` runs from when the deciding side has it.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="filing")
    offer = models.ForeignKey("catalogue.RegionOffer", models.PROTECT, related_name="filings")
    applicant = models.CharField(_("Applicant"), max_length=64)
    identity = models.CharField(_("Identity number"), max_length=32)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    receiving_unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Receiving unit"),
    )
    deciding_unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Deciding unit"),
    )
    receiving_name = models.CharField(_("Receiving authority"), max_length=128)
    deciding_name = models.CharField(_("Deciding authority"), max_length=128)
    status = models.CharField(
        _("Status"), max_length=16, choices=FilingStatus.choices, default=FilingStatus.RECEIVED
    )
    received_at = models.DateTimeField(_("Received"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiving_due = models.DateTimeField(_("Form check due"))
    identity_checked = models.BooleanField(_("Identity checked"), default=False)
    notice = models.TextField(_("Notice of what is missing"), blank=True)
    noticed_at = models.DateTimeField(_("Told what is missing"), null=True, blank=True)
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True)
    tracking = models.CharField(_("Number of the parcel"), max_length=64, blank=True)
    accepted_at = models.DateTimeField(_("Accepted by the deciding side"), null=True, blank=True)
    deciding_due = models.DateTimeField(_("Decision due"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    decided_by = models.CharField(_("Decided by"), max_length=128, blank=True)
    granted = models.BooleanField(_("Granted"), null=True, blank=True)
    decision = models.CharField(_("Decision"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("Delivered"), null=True, blank=True)
    delivery = models.CharField(
        _("How delivered"), max_length=16, choices=Delivery.choices, blank=True
    )
    rating = models.PositiveSmallIntegerField(_("Rating"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    closing_note = models.CharField(_("Why it ended"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Cross-region filing")
        verbose_name_plural = _("Cross-region filings")
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)),
                name="filing_rating_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(receiving_unit__isnull=True)
                | Q(deciding_unit__isnull=True)
                | ~Q(receiving_unit=models.F("deciding_unit")),
                name="filing_of_two_authorities",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.applicant}"

    @property
    def open(self) -> bool:
        """Whether anything is still to be done."""
        return self.status not in (FilingStatus.CLOSED, FilingStatus.WITHDRAWN)


class Liability(models.Model):
    """Who answers for something that went wrong with a filing; recorded, never erased."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="liabilities")
    side = models.CharField(_("Who answers"), max_length=16, choices=Fault.choices)
    what = models.CharField(_("What went wrong"), max_length=300)
    document = models.CharField(_("Document"), max_length=200, blank=True)
    recorded_by = models.CharField(_("Recorded by"), max_length=150)
    recorded_at = models.DateTimeField(_("Recorded"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what


class Trip(models.Model):
    """One time an applicant had to come in person because of a case (最多跑一次)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="trips")
    item = models.ForeignKey("catalogue.ServiceItem", models.PROTECT, related_name="made_trips")
    on = models.DateField(_("Day"))
    where = models.CharField(_("Where"), max_length=128)
    why = models.CharField(_("Why"), max_length=200)

    class Meta:
        ordering = ["case_id", "on", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"
