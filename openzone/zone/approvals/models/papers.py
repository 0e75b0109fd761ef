"""What an enterprise hands in, what it promises for later, and how often it had to come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.approvals.enums import PromiseKind
from openzone.zone.approvals.models.tracks import Track


class Intake(models.Model):
    """One form for one or several items: of a bundle, or of a single item (``bundle`` empty)."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="intakes")
    bundle = models.SlugField(max_length=32, blank=True)
    items = models.JSONField(default=list)
    answers = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Handed in at"))

    class Meta:
        ordering = ["track_id", "id"]
        verbose_name = _("Form handed in")
        verbose_name_plural = _("Forms handed in")

    def __str__(self) -> str:
        return f"{self.track_id} {self.bundle}"


class Paper(models.Model):
    """A paper of a track, once for all its items; a newer one takes its place."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="papers")
    code = models.SlugField(_("Paper"), max_length=32)
    file = models.FileField(_("File"), upload_to="approvals/%Y/%m/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Handed in at"))

    class Meta:
        ordering = ["track_id", "id"]
        verbose_name = _("Paper of a track")
        verbose_name_plural = _("Papers of tracks")
        constraints = [
            models.CheckConstraint(condition=~Q(file=""), name="track_paper_is_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.track_id} {self.code}"


class Promise(models.Model):
    """That something comes by a day (容缺、告知承诺), in the words signed; the last holds."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="promises")
    kind = models.CharField(_("Kind"), max_length=16, choices=PromiseKind.choices)
    code = models.SlugField(_("What is promised"), max_length=32)
    until = models.DateField(_("Promised by"))
    text = models.TextField(_("What is signed"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Promised at"))

    class Meta:
        ordering = ["track_id", "id"]
        verbose_name = _("Promise of a track")
        verbose_name_plural = _("Promises of tracks")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="track_promise_is_words"),
        ]

    def __str__(self) -> str:
        return f"{self.track_id} {self.code} {self.until}"


class Trip(models.Model):
    """That somebody had to come, for which bundle or item, and why."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="trips")
    matter = models.SlugField(_("Came for"), max_length=32)
    on = models.DateField(_("Day"))
    reason = models.CharField(_("Why they had to come"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["track_id", "on", "id"]
        verbose_name = _("Trip")
        verbose_name_plural = _("Trips")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="trip_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.track_id} {self.matter} {self.on}"
