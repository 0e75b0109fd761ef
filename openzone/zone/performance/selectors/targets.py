"""Targets that stand, and how far each is on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.engines.projects import performance
from openzone.engines.projects.contributions import Measured
from openzone.engines.projects.performance import Signal
from openzone.packs.performance import IndicatorPack
from openzone.zone.people.models import User
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.models import Completion, Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.permissions import oversees, people_led
from openzone.zone.performance.selectors.measures import measure
from openzone.zone.performance.selectors.scopes import projects_for

WITH = ("unit", "person", "lead_unit", "first")
JUNE = (6, 30)


class Standing(NamedTuple):
    """A target with what was reached: measured, or the last confirmed report (``report``).

    ``waiting``: a newer report that nobody confirmed or returned.
    """

    target: Target
    indicator: IndicatorPack | None
    measured: Measured
    completion: performance.Completion
    signal: Signal
    report: Completion | None
    waiting: Completion | None

    @property
    def computed(self) -> bool:
        """Whether it is counted in the ledger."""
        return self.indicator is not None and self.indicator.measure is not None


class OverHalf(NamedTuple):
    """Whether time and task are over half (双过半): the headline targets as of the end of June."""

    verdict: bool | None
    on: dt.date
    standings: list[Standing]


def current() -> QuerySet[Target]:
    """Return the targets that stand: neither replaced nor withdrawn."""
    return Target.objects.filter(replaced_by=None, withdrawn=False).select_related(*WITH)


def visible(user: User | AnonymousUser, on: dt.date) -> QuerySet[Target]:
    """Return the targets somebody may see: people's only their own, unless one leads them."""
    if not isinstance(user, User):
        return current().none()
    if oversees(user, on):
        return current()
    led = people_led(user, on)
    return current().filter(~Q(scope=ScopeKind.PERSON) | Q(person=user.pk) | Q(person__in=led))


def of_year(found: QuerySet[Target], year: int) -> QuerySet[Target]:
    """Return the targets a year belongs to, those of several years too."""
    return found.filter(first_year__lte=year, last_year__gte=year)


def standings(targets: Iterable[Target], on: dt.date) -> list[Standing]:
    """Return how far targets are at the end of a day."""
    rows = list(targets)
    reports = _reports([one.root.pk for one in rows], on)
    return [_standing(one, reports.get(one.root.pk, []), on) for one in rows]


def standing(target: Target, on: dt.date) -> Standing:
    """Return how far a target is at the end of a day."""
    return standings([target], on)[0]


def over_half(year: int, today: dt.date) -> OverHalf:
    """Say whether the zone's headline targets of a year are over half by the end of June.

    Before that day, as of today. None while a figure or every target is missing.
    """
    on = min(today, dt.date(year, *JUNE))
    headline = [one.id for one in pack().indicators if one.headline]
    asked = current().filter(
        scope=ScopeKind.ZONE, indicator__in=headline, first_year=year, last_year=year
    )
    found = standings(asked, on)
    verdict = performance.over_half([one.completion for one in found])
    return OverHalf(None if verdict and len(found) < len(headline) else verdict, on, found)


def _standing(target: Target, reports: Sequence[Completion], on: dt.date) -> Standing:
    indicator = pack().indicator(target.indicator)
    answered = [one for one in reports if hasattr(one, "answer")]
    last = next((one for one in reversed(answered) if one.answer.confirmed), None)
    newest = reports[-1] if reports else None
    if indicator is not None and indicator.measure is not None:
        first = dt.date(target.first_year, 1, 1)
        until = min(on, dt.date(target.last_year, 12, 31))
        own = projects_for(target, first, until)
        found = measure(indicator.measure, own, first, until, target.person)
    else:
        found = Measured(last.value if last else None)
    asked = performance.Target(
        target.indicator, target.amount, target.first_year, target.last_year, is_level(indicator)
    )
    made = performance.completion(asked, found.value, on)
    return Standing(
        target, indicator, found, made, performance.signal(made, pack().warning.bounds), last,
        newest if newest is not None and not hasattr(newest, "answer") else None,
    )  # fmt: skip


def is_level(indicator: IndicatorPack | None) -> bool:
    """Whether an indicator is a rate, which is held and not filled bit by bit."""
    measured = indicator.measure if indicator is not None else None
    return measured is not None and measured.what == "rate"


def _reports(roots: Sequence[int], on: dt.date) -> dict[int, list[Completion]]:
    """Return what was reported up to a day, by target, the last day last."""
    found: dict[int, list[Completion]] = {}
    rows = Completion.objects.filter(target__in=roots, on__lte=on)
    for one in rows.select_related("answer").order_by("on", "pk"):
        found.setdefault(one.target_id, []).append(one)
    return found


def history(target: Target) -> QuerySet[Target]:
    """Return every row of a target's line, the last one first."""
    root = target.root
    return (
        Target.objects.filter(Q(pk=root.pk) | Q(first=root))
        .select_related("set_by")
        .order_by("-pk")
    )


def reports_of(target: Target) -> QuerySet[Completion]:
    """Return everything reported for a target, the last day first."""
    rows = Completion.objects.filter(target=target.root)
    return rows.select_related("answer__answered_by", "reported_by").order_by("-on", "-pk")
