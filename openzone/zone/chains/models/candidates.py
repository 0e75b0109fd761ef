"""Lists of outside firms, the leads made of them, and the weights they are ranked by."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.projects.enums import SheetState
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.models import Enterprise


class CandidateList(models.Model):
    """A workbook of outside firms: checked row by row, entered as a whole, taken back as a whole.

    ``rows`` are the good rows as they are entered, ``problems`` what is wrong with the others.
    """

    name = models.CharField(_("Name of the list"), max_length=200)
    source = models.CharField(_("Where the list comes from"), max_length=300)
    as_of = models.DateField(_("As of"))
    file = models.FileField(_("File"), upload_to="candidate-lists/%Y/%m/")
    file_name = models.CharField(_("File"), max_length=255)
    state = models.CharField(
        _("State"), max_length=16, choices=SheetState.choices, default=SheetState.CHECKED
    )
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Uploaded"))
    decided_by = models.CharField(_("Dealt with by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("Dealt with"), null=True, blank=True)
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("List of outside firms")
        verbose_name_plural = _("Lists of outside firms")

    def __str__(self) -> str:
        return self.name


class CandidateFirm(models.Model):
    """A firm as a list has it. Empty means that the list does not say it.

    ``alike`` is the name as names are compared. ``enterprise`` is the firm of the record that it
    is, or may be: ``here`` says which, ``match`` why, in both languages. ``ties`` are its
    customers and suppliers here: name, kind, number of the enterprise where it is on record.
    """

    listing = models.ForeignKey(CandidateList, models.PROTECT, related_name="firms")
    row = models.PositiveIntegerField(_("Row"))
    name = models.CharField(_("Name"), max_length=200)
    alike = models.CharField(max_length=200, db_index=True, editable=False)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    province = models.CharField(_("Province"), max_length=64, blank=True)
    city = models.CharField(_("City"), max_length=64, blank=True)
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)
    products = models.CharField(_("Products"), max_length=1000, blank=True)
    scope = models.TextField(_("Business scope"), max_length=4000, blank=True)
    revenue = models.DecimalField(
        _("Revenue (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    expansion = models.CharField(_("Signal of expansion"), max_length=500, blank=True)
    expansion_source = models.CharField(_("Source of the signal"), max_length=300, blank=True)
    expansion_on = models.DateField(_("Date of the signal"), null=True, blank=True)
    encouraged = models.BooleanField(_("Encouraged by policy"), null=True, blank=True)
    risk = models.CharField(_("Risk"), max_length=500, blank=True)
    ties: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="candidate_rows",
        verbose_name=_("Enterprise on record"),
    )  # fmt: skip
    here = models.BooleanField(_("Is here already"), default=False)
    match: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["listing_id", "row"]
        verbose_name = _("Outside firm")
        verbose_name_plural = _("Outside firms")
        constraints = [
            models.UniqueConstraint(fields=["listing", "alike"], name="candidate_once_a_list"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="candidate_place_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(expansion="") | ~Q(expansion_source="") & Q(expansion_on__isnull=False),
                name="candidate_signal_has_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CandidateLead(models.Model):
    """A lead made of a candidate for a gap, once. ``values`` is what was known of it by term."""

    chain = models.SlugField(_("Chain"), max_length=64)
    node = models.CharField(_("Link of the chain"), max_length=64)
    firm_key = models.CharField(max_length=220)
    name = models.CharField(_("Name"), max_length=200)
    lead = models.OneToOneField(Lead, models.PROTECT, related_name="candidate")
    values: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    score = models.FloatField(_("Score"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Lead made of a candidate")
        verbose_name_plural = _("Leads made of candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["firm_key", "chain", "node"], name="candidate_lead_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.chain}/{self.node}"


class InviteWeights(models.Model):
    """Weights of the score that somebody adopted, in force from a day. Append-only.

    Fitted weights come with what they are worth: ``auc`` on leads left out of the fit, beside
    ``baseline``, that of the plainest term.
    """

    weights: "models.JSONField[Any, Any]" = models.JSONField()
    valid_from = models.DateField(_("In force from"))
    reason = models.CharField(_("Reason"), max_length=500)
    auc = models.FloatField(null=True, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    baseline_term = models.CharField(max_length=32, blank=True)
    came = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    adopted_by = models.CharField(_("Adopted by"), max_length=150)
    adopted_at = models.DateTimeField(_("Adopted"))

    class Meta:
        ordering = ["valid_from", "id"]
        verbose_name = _("Weights of candidates")
        verbose_name_plural = _("Weights of candidates")

    def __str__(self) -> str:
        return f"{self.valid_from} {self.adopted_by}"
