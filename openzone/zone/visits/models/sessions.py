"""Sessions on site (益企诊所, 坝坝会), who came, and what came up there or on a visit."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.visits.enums import SessionKind, SessionState
from openzone.zone.visits.models.visits import Visit


class SiteSession(models.Model):
    """The zone goes where people are, for some hours: a clinic or a village meeting."""

    kind = models.CharField(_("Kind"), max_length=16, choices=SessionKind.choices)
    title = models.CharField(_("Title"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Host"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Place")
    )
    address = models.CharField(_("Where it is held"), max_length=200)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    state = models.CharField(
        _("State"), max_length=16, choices=SessionState.choices, default=SessionState.PLANNED
    )
    # Null while nobody counted: not known is not none.
    attended = models.PositiveIntegerField(_("People who came"), null=True, blank=True)
    counted_how = models.CharField(_("How they were counted"), max_length=100, blank=True)
    minutes = models.TextField(_("Minutes"), max_length=8000, blank=True)
    cancelled_because = models.CharField(_("Why it was called off"), max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name = _("Session on site")
        verbose_name_plural = _("Sessions on site")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="site_session_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Guest(models.Model):
    """An enterprise that a session served."""

    session = models.ForeignKey(SiteSession, models.PROTECT, related_name="guests")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("Noted at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Served enterprise")
        verbose_name_plural = _("Served enterprises")
        constraints = [
            models.UniqueConstraint(fields=["session", "enterprise"], name="guest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.enterprise_id}"


class Finding(models.Model):
    """What came up on a visit or at a session: answered there, or made a case."""

    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="findings")
    session = models.ForeignKey(
        SiteSession, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    # Who raised it at a meeting; may be left empty.
    name = models.CharField(_("Name"), max_length=100, blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    topic = models.CharField(_("Topic"), max_length=64)
    text = models.TextField(_("What came up"), max_length=4000)
    answer = models.TextField(_("Answered on the spot"), max_length=4000, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="finding")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Finding")
        verbose_name_plural = _("Findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, session__isnull=True)
                | Q(visit__isnull=True, session__isnull=False),
                name="finding_of_a_visit_or_a_session",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def origin(self) -> str:
        """What the case says it comes from."""
        return f"visit:{self.visit_id}" if self.visit_id else f"site_session:{self.session_id}"
