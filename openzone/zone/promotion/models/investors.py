"""Who may invest: the firm, the people who speak for it, and firms that turned out to be one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import Origin
from openzone.zone.promotion.enums import Consent
from openzone.zone.registry.models import Enterprise


class Investor(models.Model):
    """A firm that may invest; ``enterprise`` where it is on the zone's record already.

    ``alike`` and ``group_alike`` are the name and the group as they are compared, ``core`` the
    brand and trade of the name. ``root`` is the end of ``merged_into`` (itself when not merged):
    all investors of one root are read as one.
    """

    # Null, not "": an investor without a code is one of many, and codes are unique.
    uscc = models.CharField(  # noqa: DJ001
        _("Unified social credit code"), max_length=18, null=True, blank=True
    )
    name = models.CharField(_("Name"), max_length=200)
    group = models.CharField(_("Group of firms"), max_length=200, blank=True)
    alike = models.CharField(max_length=200, db_index=True, editable=False)
    core = models.CharField(max_length=200, db_index=True, blank=True, editable=False)
    group_alike = models.CharField(max_length=200, db_index=True, blank=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="investor_cards",
        verbose_name=_("Enterprise on record"),
    )  # fmt: skip
    country = models.CharField(_("Country or region"), max_length=64, blank=True)
    region = models.CharField(_("Province, city"), max_length=100, blank=True)
    origin = models.CharField(
        _("Origin of capital"), max_length=24, choices=Origin.choices, blank=True
    )
    business = models.CharField(_("Main business"), max_length=300, blank=True)
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", editable=False
    )
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Investor")
        verbose_name_plural = _("Investors")
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=Q(uscc__isnull=False, merged_into__isnull=True),
                name="investor_code_once",
            ),
            models.CheckConstraint(
                condition=Q(uscc__isnull=True) | ~Q(uscc=""), name="investor_code_or_null"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="investor_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person of an investor. Numbers are kept only with consent, and erased when it ends."""

    investor = models.ForeignKey(Investor, models.PROTECT, related_name="contacts")
    name = models.CharField(_("Name"), max_length=64)
    post = models.CharField(_("Post"), max_length=100, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    consent_on = models.DateField(_("Consent given on"), null=True, blank=True)
    consent_by = models.SlugField(_("How consent was given"), max_length=32, blank=True)
    withdrawn_on = models.DateField(_("Consent withdrawn on"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        ordering = ["investor_id", "id"]
        verbose_name = _("Contact person")
        verbose_name_plural = _("Contact persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_on__isnull=False) & ~Q(consent_by="")
                | Q(consent_on__isnull=True, consent_by="", withdrawn_on__isnull=True),
                name="contact_consent_day_and_way",
            ),
            models.CheckConstraint(
                condition=Q(phone="", email="")
                | Q(consent_on__isnull=False, withdrawn_on__isnull=True),
                name="contact_numbers_need_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("consent_on")),
                name="contact_consent_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def consent(self) -> Consent:
        """Whether the person may be called or written to."""
        if self.withdrawn_on is not None:
            return Consent.WITHDRAWN
        return Consent.GIVEN if self.consent_on is not None else Consent.NONE


class InvestorMerge(models.Model):
    """One investor is read as another; nothing of it moves, so that undoing is exact."""

    survivor = models.ForeignKey(Investor, models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Investor, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=500)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(_("Merged"))
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)
    undone_reason = models.CharField(_("Why it was undone"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Merge of investors")
        verbose_name_plural = _("Merges of investors")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="investor_merged_once",
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("absorbed")), name="investor_merge_of_two"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_reason=""),
                name="investor_merge_undone_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.survivor_id}"
