"""Who speaks for a unit's policies, from when to when, and who instead."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openzone.zone.audit.triggers import Trigger


class Spokesperson(models.Model):
    """The term of a unit's spokesperson (惠企政策发言人), both days included.

    Terms of one unit never overlap: the database refuses it (see ``one_at_a_time``). A term that
    ended stays, so that everybody can see who spoke when.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="spokespersons")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="speaks_for_units"
    )
    # Published without a login: the line people may call, not a private number.
    phone = models.CharField(_("Public telephone"), max_length=32)
    appointment = models.CharField(_("Appointed by"), max_length=200, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["unit__code", "valid_from", "id"]
        verbose_name = _("Spokesperson")
        verbose_name_plural = _("Spokespersons")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="spokesperson_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_to__isnull=True),
                name="spokesperson_one_without_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit}"


class Absence(models.Model):
    """Days on which somebody else answers for the spokesperson, both included."""

    spokesperson = models.ForeignKey(Spokesperson, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in_for"
    )
    first = models.DateField(_("First day"))
    last = models.DateField(_("Last day"))
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        ordering = ["spokesperson_id", "first", "id"]
        verbose_name = _("Absence")
        verbose_name_plural = _("Absences")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} {self.first}–{self.last}"


def one_at_a_time(model: type[models.Model]) -> list[Trigger]:
    """Return the trigger that refuses a second spokesperson of a unit on any day.

    Exclusion constraints exist on one of the two databases only; a partial unique key sees terms
    without an end only.
    """
    table = model._meta.db_table
    taken = (
        f"EXISTS (SELECT 1 FROM {table} WHERE id <> COALESCE(NEW.id, -1) "  # noqa: S608 - its own
        "AND unit_id = NEW.unit_id "
        "AND (valid_to IS NULL OR valid_to >= NEW.valid_from) "
        "AND (NEW.valid_to IS NULL OR valid_from <= NEW.valid_to))"
    )
    reason = f"{table}: 每个单位同一天只能有一名发言人 / one spokesperson per unit and day"
    return [_trigger(table, event, taken, reason) for event in ("INSERT", "UPDATE")]


def _trigger(table: str, event: str, taken: str, reason: str) -> Trigger:
    return Trigger(
        f"{table}_one_at_a_time_{event.lower()}",
        table,
        sqlite=f"AFTER {event} ON {table} WHEN {taken} BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        postgresql=f"AFTER {event} ON {table} FOR EACH ROW",
        body=f"BEGIN IF {taken} THEN RAISE EXCEPTION '{reason}'; END IF; RETURN NEW; END",
    )
