"""The common log of two sides: exchanges, patrols, emergencies, warnings; findings and measures."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.cases.models import Case
from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import EntryState, Kind
from openzone.zone.waters.models.register import Section, Water


class LogEntry(models.Model):
    """Something both sides did or told each other; one writes it down, the other confirms.

    ``term``: the kind by the pack; ``level``: of a warning. ``ours`` and ``theirs``: who went on a
    patrol. ``casualties``: of a flood, where they are known. An emergency has a case.
    """

    kind = models.CharField(_("Log"), max_length=16, choices=Kind.choices)
    term = models.SlugField(_("Kind"), max_length=32, blank=True)
    level = models.SlugField(_("Level of warning"), max_length=16, blank=True)
    one = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Recorded by side")
    )
    other = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Other side"))
    water = models.ForeignKey(Water, models.PROTECT, related_name="log", verbose_name=_("Water"))
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="log",
        verbose_name=_("Section"),
    )  # fmt: skip
    on = models.DateField(_("Day"))
    title = models.CharField(_("What"), max_length=200)
    text = models.TextField(_("Description"), max_length=4000, blank=True)
    place = models.CharField(_("Place on the water"), max_length=200, blank=True)
    ours = models.CharField(_("Who took part (our side)"), max_length=200, blank=True)
    theirs = models.CharField(_("Who took part (other side)"), max_length=200, blank=True)
    reference = models.CharField(_("Letter or document"), max_length=100, blank=True)
    casualties = models.PositiveIntegerField(_("Casualties"), null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        _("State"), max_length=16, choices=EntryState.choices, default=EntryState.RECORDED
    )
    reported_side = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.CharField(_("Who"), max_length=150, blank=True)
    ended_at = models.DateTimeField(_("When"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(_("Who"), max_length=150)
    made_at = models.DateTimeField(_("Recorded at"))
    synthetic = models.BooleanField(_("Synthetic (example)"), default=False)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("Entry of the common log")
        verbose_name_plural = _("Entries of the common log")
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="log_of_two_sides"),
            models.CheckConstraint(
                condition=~Q(state=EntryState.WITHDRAWN) | ~Q(reason=""),
                name="log_withdrawn_says_why",
            ),
        ]
        indexes = [models.Index(fields=["kind", "on"], name="water_log")]

    def __str__(self) -> str:
        return self.title

    @property
    def sides(self) -> tuple[Unit, Unit]:
        """Both sides."""
        return self.one, self.other


class Finding(models.Model):
    """What a patrol came upon; it may become a case."""

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="findings")
    side = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField(_("What the patrol found"), max_length=2000)
    place = models.CharField(_("Place on the water"), max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Finding of a patrol")
        verbose_name_plural = _("Findings of patrols")

    def __str__(self) -> str:
        return self.text[:60]


class Measure(models.Model):
    """What a side did in an emergency, on a day. Append-only."""

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="measures")
    side = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField(_("Day"))
    text = models.CharField(_("What our side did"), max_length=1000)
    by = models.CharField(_("Who"), max_length=150)
    at = models.DateTimeField(_("Recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("Measure in an emergency")
        verbose_name_plural = _("Measures in emergencies")

    def __str__(self) -> str:
        return self.text[:60]
