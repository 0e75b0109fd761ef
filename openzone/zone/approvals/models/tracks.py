"""A project's way through the approvals, its items, and the proof that the land is theirs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.engines.text import Text
from openzone.zone.approvals.enums import TrackState
from openzone.zone.land.models import Parcel
from openzone.zone.people.models import Unit
from openzone.zone.projects.models import Project


class Track(models.Model):
    """What an enterprise asked for of its own will, and what it acknowledged in these words.

    ``path`` is one of the pack; its items are copied when the track is taken on, so that promised
    times stay as they were promised. ``expected_on`` is when the land is to be obtained.
    """

    number = models.CharField(_("Number"), max_length=32, unique=True)
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="tracks", verbose_name=_("Project")
    )
    path = models.SlugField(_("Path"), max_length=32)
    label_zh = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    goal = models.SlugField(max_length=32)
    parcel = models.ForeignKey(
        Parcel, models.PROTECT, null=True, blank=True, related_name="tracks",
        verbose_name=_("Parcel"),
    )  # fmt: skip
    state = models.CharField(
        _("State"), max_length=16, choices=TrackState.choices, default=TrackState.ASKED
    )
    applicant = models.CharField(_("Asked for by"), max_length=100)
    acknowledged = models.TextField(_("What was acknowledged"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Recorded by")
    )
    asked_at = models.DateTimeField(_("Asked at"))
    accepted_at = models.DateTimeField(_("Request taken on at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    expected_on = models.DateField(_("Land expected on"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    ended_because = models.CharField(_("Why it ended"), max_length=500, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("Track of approvals")
        verbose_name_plural = _("Tracks of approvals")
        constraints = [
            models.CheckConstraint(condition=~Q(acknowledged=""), name="track_is_acknowledged"),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "withdrawn", "lapsed"))
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="track_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "refused", "withdrawn", "lapsed"))
                | Q(accepted_at__isnull=False),
                name="track_runs_once_taken_on",
            ),
            models.UniqueConstraint(
                fields=["project", "path"], condition=Q(state__in=("asked", "running")),
                name="track_once_at_a_time",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state"], name="track_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.label_zh}"

    @property
    def label(self) -> Text:
        """What the path is called."""
        return Text(self.label_zh, self.label_en)


class TrackItem(models.Model):
    """An item of a track as the pack had it, and the unit that answers it."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="items")
    code = models.SlugField(_("Item"), max_length=32)
    position = models.PositiveSmallIntegerField()
    label_zh = models.CharField(max_length=100)
    label_en = models.CharField(max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="approval_items", verbose_name=_("Unit")
    )
    workdays = models.PositiveSmallIntegerField(_("Working days"))
    formal = models.PositiveSmallIntegerField(null=True, blank=True)
    after = models.JSONField(default=list, blank=True)
    ahead = models.BooleanField(default=False)
    land = models.BooleanField(default=True)
    committed = models.BooleanField(default=False)
    trip = models.BooleanField(default=False)
    bundle = models.SlugField(max_length=32, blank=True)
    papers = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["track_id", "position"]
        verbose_name = _("Item of a track")
        verbose_name_plural = _("Items of tracks")
        constraints = [
            models.UniqueConstraint(fields=["track", "code"], name="track_item_once"),
            models.CheckConstraint(condition=Q(workdays__gt=0), name="track_item_takes_time"),
        ]

    def __str__(self) -> str:
        return self.label_zh


class LandProof(models.Model):
    """That the land is the applicant's: the contract, the payment, the paper of both."""

    track = models.OneToOneField(Track, models.PROTECT, related_name="proof")
    contract_no = models.CharField(_("Number of the land contract"), max_length=100)
    contracted_on = models.DateField(_("Contract of"))
    paid_on = models.DateField(_("Paid on"))
    land = models.CharField(max_length=64)
    file = models.FileField(_("Contract and proof of payment"), upload_to="approvals/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        verbose_name = _("Proof of the land")
        verbose_name_plural = _("Proofs of land")
        constraints = [
            models.CheckConstraint(condition=~Q(file=""), name="land_proof_is_a_paper"),
            models.CheckConstraint(
                condition=Q(paid_on__gte=F("contracted_on")), name="land_paid_after_contract"
            ),
        ]

    def __str__(self) -> str:
        return self.contract_no
