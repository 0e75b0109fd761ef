"""What the policies brought: take-up, time to money, who was paid, cost, what changed since.

Every figure carries the rows it was counted from. Where a group holds fewer than three enterprises
its figures are left out: one of two would know the other's.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from django.db.models import Sum

from openzone.engines.worktime.localtime import to_local
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import published
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import FAILED, PaymentState, Stage
from openzone.zone.redemption.models import Application, Payment, Step
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import Population, population

FEWEST = 3


@dataclass(frozen=True, slots=True)
class TakeUp:
    """One item: who is entitled by the rules, who asked, who was paid, and how much (fen)."""

    item: Item
    entitled: frozenset[int] | None  # None where no rule says who
    applied: frozenset[int]
    paid: frozenset[int]
    amount: int

    @property
    def share(self) -> float | None:
        """The share of the entitled who asked, ``None`` where nobody knows or nobody is."""
        if not self.entitled:
            return None
        return len(self.entitled & self.applied) / len(self.entitled)


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long applications stayed at a stage: median and longest, in working days."""

    stage: Stage
    count: int
    middle: float
    longest: float


@dataclass(frozen=True, slots=True)
class Group:
    """What one group of enterprises was paid; hidden where it is too small."""

    label: str
    enterprises: frozenset[int]
    amount: int

    @property
    def hidden(self) -> bool:
        """Whether a figure could be traced to one enterprise."""
        return len(self.enterprises) < FEWEST


def take_up(on: dt.date, paid_from: dt.date) -> list[TakeUp]:
    """Return the items in the library, with those who asked and were paid since a day."""
    answers = population(on)
    applied, paid, amounts = _applied(on, paid_from), _paid(on, paid_from), _amounts(on, paid_from)
    return [
        TakeUp(
            item,
            _entitled(answers, item),
            frozenset(applied.get(item.pk, ())),
            frozenset(paid.get(item.pk, ())),
            amounts.get(item.pk, 0),
        )
        for item in published(on).order_by("document", "code")
    ]


def _entitled(answers: Population, item: Item) -> frozenset[int] | None:
    if not item.rule_id or item.rule_id not in answers.counts():
        return None
    return frozenset(answers.standing(item.rule_id, Standing.MET))


def _applied(on: dt.date, since: dt.date) -> Mapping[int, set[int]]:
    rows = Application.objects.filter(
        submitted_at__date__lte=on, submitted_at__date__gte=since
    ).exclude(stage__in=sorted(FAILED - {Stage.REJECTED}))
    return _by_item(rows.order_by().values_list("item", "enterprise__root"))


def _paid(on: dt.date, since: dt.date) -> Mapping[int, set[int]]:
    rows = Payment.objects.filter(state=PaymentState.PAID, paid_on__lte=on, paid_on__gte=since)
    return _by_item(
        rows.order_by().values_list("application__item", "application__enterprise__root")
    )


def _amounts(on: dt.date, since: dt.date) -> Mapping[int, int]:
    rows = Payment.objects.filter(state=PaymentState.PAID, paid_on__lte=on, paid_on__gte=since)
    summed = rows.order_by().values("application__item").annotate(total=Sum("paid"))
    return {row["application__item"]: row["total"] for row in summed}


def _by_item(pairs: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for item, enterprise in pairs:
        found[item].add(enterprise)
    return found


def stage_times(on: dt.date, since: dt.date) -> list[StageTime]:
    """Return how long each stage took, from the steps alone, for what was paid in a time."""
    paid = Payment.objects.filter(state=PaymentState.PAID, paid_on__lte=on, paid_on__gte=since)
    ids = set(paid.order_by().values_list("application", flat=True))
    stays: dict[Stage, list[float]] = defaultdict(list)
    for steps in _steps_of(ids).values():
        for stage, spent in stays_of(steps).items():
            stays[stage].append(spent)
    return [
        StageTime(stage, len(days), median(days), max(days))
        for stage in Stage
        if (days := stays.get(stage))
    ]


def _steps_of(applications: set[int]) -> Mapping[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    rows = Step.objects.filter(application__in=applications).order_by("application", "seq")
    for step in rows.only("application_id", "seq", "at", "stage_from", "stage_to"):
        found[step.application_id].append(step)
    return found


def stays_of(steps: list[Step]) -> dict[Stage, float]:
    """Return the working days an application spent at each stage, by its steps in order.

    A working day is as long as the zone works on a usual day; what is still open is not counted.
    """
    calendar, _receipt = packs.worktime()
    day = usual_day_minutes()
    spent: dict[Stage, float] = defaultdict(float)
    for one, following in pairwise(steps):
        minutes = calendar.working_minutes_between(to_local(one.at), to_local(following.at))
        spent[Stage(one.stage_to)] += minutes / day
    return dict(spent)


def usual_day_minutes() -> int:
    """Return how many minutes a usual working day has: that of the first full week of 2026."""
    calendar, _receipt = packs.worktime()
    first = dt.datetime(2026, 1, 5, 0, 0)  # noqa: DTZ001 - wall-clock time of the zone
    return max(1, calendar.working_minutes_between(first, first + dt.timedelta(days=1)))


def time_to_money(on: dt.date, since: dt.date) -> list[tuple[Application, float]]:
    """Return what was paid in a time with the working days from handing in to the money."""
    calendar, _receipt = packs.worktime()
    rows = Application.objects.filter(
        payments__state=PaymentState.PAID,
        payments__paid_on__gte=since,
        payments__paid_on__lte=on,
        submitted_at__isnull=False,
        paid_at__isnull=False,
    ).select_related("item", "enterprise")
    day = usual_day_minutes()
    found = []
    for one in rows.distinct().order_by("pk"):
        if one.submitted_at and one.paid_at:
            minutes = calendar.working_minutes_between(
                to_local(one.submitted_at), to_local(one.paid_at)
            )
            found.append((one, minutes / day))
    return found


def paid_by(key: Callable[[Enterprise], str], on: dt.date, since: dt.date) -> list[Group]:
    """Return what was paid by some property of the enterprise, the largest sum first."""
    rows = Payment.objects.filter(state=PaymentState.PAID, paid_on__lte=on, paid_on__gte=since)
    sums = rows.order_by().values("application__enterprise__root").annotate(total=Sum("paid"))
    totals = {row["application__enterprise__root"]: row["total"] for row in sums}
    members: dict[str, set[int]] = defaultdict(set)
    for firm in Enterprise.objects.filter(pk__in=totals).select_related("place").order_by("pk"):
        members[key(firm)].add(firm.pk)
    groups = [
        Group(label, frozenset(ids), sum(totals[pk] for pk in ids))
        for label, ids in members.items()
    ]
    return sorted(groups, key=lambda group: (-group.amount, group.label))


def by_industry(firm: Enterprise) -> str:
    """The section of GB/T 4754, a letter; empty where the industry is not known."""
    return firm.industry[:1]


def by_place(firm: Enterprise) -> str:
    """The park; empty where it is not known."""
    return firm.place.name if firm.place else ""


def size_classes(on: dt.date) -> Callable[[Enterprise], str]:
    """Return the size class by the national rule; empty where it is not known."""
    answers = population(on)
    rule = "cn.size_class"
    known: dict[int, str] = {}
    if rule in answers.counts():
        answer = answers.result[rule]
        names = ["", *(name for name, _ in answer.rule.levels)]
        values = answer.value.tolist() if answer.value is not None else []
        known = {
            int(pk): names[value]
            for pk, value in zip(answers.enterprises.tolist(), values, strict=False)
        }
    return lambda firm: known.get(firm.root_id, "")


@dataclass(frozen=True, slots=True)
class Change:
    """How a fact moved for those who were paid and for those who just missed, year on year."""

    fact: str
    who: str  # paid or near
    enterprises: frozenset[int]
    before: float | None
    after: float | None

    @property
    def hidden(self) -> bool:
        """Whether the figures could be traced to one enterprise."""
        return len(self.enterprises) < FEWEST

    @property
    def growth(self) -> float | None:
        """The change of the medians, as a share."""
        if not self.before or self.after is None:
            return None
        return self.after / self.before - 1


CHOSEN = (
    ("revenue_y2", "revenue_y1"),
    ("employees_y1", "employees"),
    ("rd_expense_y2", "rd_expense_y1"),
)


def changes(on: dt.date, since: dt.date) -> list[Change]:
    """Compare the medians of some facts before and after, for the paid and the near misses.

    Only enterprises for which both are known count. It is a comparison, not a cause.
    """
    paid = {pk for ids in _paid(on, since).values() for pk in ids}
    answers = population(on)
    near = {
        pk
        for item in published(on).exclude(rule_id="")
        if item.rule_id in answers.counts()
        for pk in answers.standing(item.rule_id, Standing.NEAR)
    } - paid
    found = []
    for before, after in _known_pairs():
        values = columns(on, [before, after], sorted(paid | near))
        pairs = {
            pk: (one, two)
            for pk, one, two in zip(
                values.enterprises, values.values[before], values.values[after], strict=True
            )
            if one is not None and two is not None
        }
        found += [_change(after, "paid", paid, pairs), _change(after, "near", near, pairs)]
    return found


def _known_pairs() -> list[tuple[str, str]]:
    from openzone.zone.registry.packs import catalogue

    names = catalogue()
    return [(one, two) for one, two in CHOSEN if one in names and two in names]


def _change(
    fact: str, who: str, ids: set[int], pairs: Mapping[int, tuple[object, object]]
) -> Change:
    both = [pairs[pk] for pk in sorted(ids) if pk in pairs]
    return Change(
        fact,
        who,
        frozenset(pk for pk in ids if pk in pairs),
        median(float(str(one)) for one, _ in both) if both else None,
        median(float(str(two)) for _, two in both) if both else None,
    )
