"""Members of a season as the engine takes them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import QuerySet

from openzone.engines.resumption.model import Member as Listed
from openzone.engines.resumption.model import Said, Span, Statement
from openzone.packs.resumption import Measures
from openzone.zone.projects.permissions import Visitor
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.resumption.models import Member, Membership, PowerReading, Season, WorkReport

HUNDRED = Decimal(100)


def rules_of(season: Season) -> Measures:
    """Return the measures a season was opened with."""
    return Measures.model_validate(season.rules)


def members(season: Season) -> QuerySet[Member]:
    """Return everybody who was ever on the roster."""
    found = Member.objects.filter(season=season)
    return found.select_related("season", "enterprise", "project__enterprise").order_by("pk")


def own_members(user: Visitor, on: dt.date) -> QuerySet[Member]:
    """Return what somebody's firms have on the rosters of open seasons."""
    firms = list(spoken_for(user, on).values_list("pk", flat=True))
    found = Member.objects.filter(season__closed_on__isnull=True, season__first_on__lte=on)
    found = found.filter(enterprise__root__in=firms) | found.filter(
        project__enterprise__root__in=firms
    )
    related = found.select_related("season", "enterprise", "project__enterprise")
    return related.prefetch_related("memberships").distinct().order_by("-season__first_on", "pk")


def listed(season: Season, rows: Iterable[Member], first: dt.date, last: dt.date) -> list[Listed]:
    """Return members with what they said and used from ``first`` to ``last``."""
    spans, said = _spans(season), _statements(season, first, last)
    power = _power(season, first, last)
    return [
        Listed(
            row.pk, spans.get(row.pk, ()), said.get(row.pk, ()),
            _whole_days(power.get(row.pk, {}), row.bases),
            _base(row.bases), row.unplanned_from,
        )
        for row in rows
    ]  # fmt: skip


def _base(bases: Mapping[str, str]) -> Decimal | None:
    return sum((Decimal(one) for one in bases.values()), Decimal(0)) if bases else None


def _spans(season: Season) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Membership.objects.filter(member__season=season).order_by("first_on", "pk")
    for member, klass, first, last in rows.values_list("member", "klass", "first_on", "last_on"):
        found[member].append(Span(klass, first, last))
    return found


def _statements(
    season: Season, first: dt.date, last: dt.date
) -> Mapping[int, tuple[Statement, ...]]:
    rows = WorkReport.objects.filter(member__season=season, on__range=(first, last))
    latest: dict[int, dict[dt.date, Statement]] = defaultdict(dict)
    names = ("member", "on", "resumed", "staff", "staff_normal", "capacity")
    for member, on, resumed, staff, normal, capacity in rows.order_by("on", "pk").values_list(
        *names
    ):
        share = None if capacity is None else capacity / HUNDRED
        latest[member][on] = Statement(on, Said(resumed), _whole(staff), _whole(normal), share)
    return {member: tuple(days.values()) for member, days in latest.items()}


def _whole(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


Days = Mapping[dt.date, Mapping[str, Decimal]]


def _power(season: Season, first: dt.date, last: dt.date) -> Mapping[int, Days]:
    rows = PowerReading.objects.filter(member__season=season, on__range=(first, last))
    found: dict[int, dict[dt.date, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for member, on, account, kwh in rows.order_by("pk").values_list(
        "member", "on", "account", "kwh"
    ):
        found[member][on][account] = kwh
    return found


def _whole_days(days: Days, bases: Mapping[str, str]) -> dict[dt.date, Decimal]:
    """Return the days of which every account of the base month was read: a part is no use."""
    return {
        on: sum((read[name] for name in bases), Decimal(0))
        for on, read in days.items()
        if bases and set(bases) <= set(read)
    }
