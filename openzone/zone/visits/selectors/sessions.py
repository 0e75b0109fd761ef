"""Sessions on site with what they served, and what a year of them came to."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from openzone.zone.visits.enums import SessionKind, SessionState
from openzone.zone.visits.models import Finding, Guest, SiteSession


def served(sessions: QuerySet[SiteSession]) -> QuerySet[SiteSession]:
    """Return sessions with ``firms`` served, ``asked`` and ``passed_on``, counted."""
    counted = sessions.annotate(
        firms=Count("guests__enterprise", distinct=True),
        asked=Count("findings", distinct=True),
        passed_on=Count("findings", filter=Q(findings__case__isnull=False), distinct=True),
    )
    return counted.order_by("-starts_at", "-pk")


@dataclass(frozen=True, slots=True)
class Totals:
    """What the sessions of one kind came to in a year.

    ``attended`` sums what was counted, in ``counted`` of the sessions; the others are unknown.
    """

    kind: SessionKind
    held: int
    firms: int
    findings: int
    cases: int
    closed: int
    attended: int | None
    counted: int


def totals(year: int) -> list[Totals]:
    """Return the totals by kind; a firm that was served twice counts once."""
    return [_totals(kind, year) for kind in SessionKind]


def _totals(kind: SessionKind, year: int) -> Totals:
    held = SiteSession.objects.filter(kind=kind, state=SessionState.HELD, starts_at__year=year)
    found = Finding.objects.filter(session__in=held)
    passed = found.filter(case__isnull=False)
    counted = held.filter(attended__isnull=False)
    return Totals(
        kind,
        held.count(),
        Guest.objects.filter(session__in=held).values("enterprise__root").distinct().count(),
        found.count(),
        passed.count(),
        passed.filter(case__closed=True).count(),
        counted.aggregate(sum=Sum("attended"))["sum"],
        counted.count(),
    )
