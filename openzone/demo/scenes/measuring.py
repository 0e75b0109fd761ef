"""Targets of the year with the published figures, a half-year evaluation, an objection to it.

Funds in place are filled up to 15.76 billion yuan of 28.4 by the end of June, foreign investment to
15.9 million dollars of 7: 55.49 % and 227.14 %, as one place published them.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from openzone.demo.projects_book import split
from openzone.demo.scenes.cast import Cast
from openzone.zone.performance.models import Target
from openzone.zone.performance.services import completions, objections, rounds
from openzone.zone.performance.services.targets import change_target, set_target
from openzone.zone.projects.enums import FundsKind
from openzone.zone.projects.models import Arrival, Project
from openzone.zone.projects.services.amounts import record_arrival
from openzone.zone.projects.services.projects import change_project

YI = 100_000_000
DOCUMENT = "示例管委会〔{year}〕1号 年度招商引资目标任务"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
FUNDS, DOLLARS = Decimal(15_760_000_000), Decimal(15_900_000)
_ZONE = (
    ("funds_in_place", Decimal(28_400_000_000)), ("foreign_investment", Decimal(7_000_000)),
    ("signed_projects", Decimal(24)), ("started_projects", Decimal(90)),
    ("manufacturing_investment", Decimal(30 * YI)),
)  # fmt: skip


def measuring(cast: Cast) -> None:
    """Let money arrive, set targets, report one, evaluate two people."""
    _arrivals(cast)
    _zone(cast)
    plan = _several_years(cast)
    _reports(cast, plan)
    _evaluation(cast)


def _half(cast: Cast) -> dt.date:
    """The end of June, or today where it has not come yet."""
    return min(cast.today, dt.date(cast.today.year, 6, 30))


def _arrivals(cast: Cast) -> None:
    """Fill funds in place up to the published sums, from the projects signed or being built."""
    half = _half(cast)
    came = Arrival.objects.filter(on__range=(half.replace(month=1, day=1), half), corrected_by=None)
    known = came.filter(currency="CNY").aggregate(sum=Sum("amount", default=Decimal(0)))["sum"]
    usd = came.filter(foreign=True).aggregate(sum=Sum("usd", default=Decimal(0)))["sum"]
    built = list(Project.objects.filter(stage__in=("started", "completed", "in_production"))
                 .exclude(total=None).order_by("pk")[:40])  # fmt: skip
    missing = (FUNDS - known) / YI
    given: dict[str, Any] = {"actor": cast.actor, "now": cast.at(0, 17), "today": cast.today}
    for n, amount in enumerate(split(missing, len(built), Decimal("0.5"))):
        kind = FundsKind.WORKING if n % 4 == 3 else FundsKind.FIXED
        on = half - dt.timedelta(days=(n * 4) % max((half - half.replace(month=1, day=1)).days, 1))
        record_arrival(**given, project=built[n], kind=kind, on=on, amount=amount * YI)
    record_arrival(
        **given, project=built[0], kind=FundsKind.FIXED, on=half, amount=DOLLARS - usd,
        currency="USD", foreign=True, usd=DOLLARS - usd,
    )  # fmt: skip


def _set(cast: Cast, indicator: str, amount: Decimal, **whose: Any) -> Target:
    actor, user = cast.who("centre")
    year = cast.today.year
    said: dict[str, Any] = {"scope": "zone", "first_year": year, "last_year": year} | whose
    return set_target(
        actor=actor, user=user, indicator=indicator, amount=amount, now=cast.at(180),
        document=DOCUMENT.format(year=year), **said,
    )  # fmt: skip


def _zone(cast: Cast) -> None:
    """The zone's targets; that of contracts was raised in the middle of the year."""
    made = {name: _set(cast, name, amount) for name, amount in _ZONE}
    actor, user = cast.who("centre")
    change_target(
        actor=actor, user=user, target=made["signed_projects"], amount=Decimal(30),
        document=f"示例管委会〔{cast.today.year}〕9号", reason="年中调增（示例）", now=cast.at(90),
    )  # fmt: skip
    _set(cast, "signed_projects", Decimal(16), scope="unit", unit=cast.units["economy"])


def _several_years(cast: Cast) -> Target:
    """500 hundred million of new capacity in three years."""
    year = cast.today.year
    return _set(
        cast, "new_capacity", Decimal(500 * YI), first_year=year - 1, last_year=year + 1,
        lead_unit=cast.units["industry"],
    )  # fmt: skip


def _reports(cast: Cast, plan: Target) -> None:
    """Reported twice: the first confirmed, the second waits."""
    actor, user = cast.who("reviewer")
    for ago, value in ((60, 210), (5, 245)):
        made = completions.report_completion(
            actor=actor, user=user, target=plan, on=cast.day(ago), value=Decimal(value * YI),
            text="投产项目设计产能合计（示例）", file_name="示例产能统计.pdf", data=PDF,
            now=cast.at(ago), today=cast.today,
        )  # fmt: skip
        if ago == 60:
            checker, by = cast.who("leader")
            completions.answer_completion(
                actor=checker, user=by, completion=made, confirmed=True, now=cast.at(ago - 1)
            )


def _evaluation(cast: Cast) -> None:
    """Two people for the half-year, fixed, confirmed, one objection that waits for a third."""
    half = _half(cast)
    actor, keeper = cast.who("centre")
    people = [cast.users["reviewer"], cast.users["handler"]]
    _share_out(cast, people)
    made = rounds.open_round(
        actor=actor, user=keeper, scheme="promotion_posts", title="示例招商人员半年考核", on=half,
        now=cast.at(3), today=cast.today, synthetic=True,
    )  # fmt: skip
    for n, person in enumerate(people):
        for indicator, amount in (
            ("signed_projects", Decimal(8)), ("funds_in_place", Decimal((60 - 30 * n) * YI)),
            ("landing_rate", Decimal("0.5")),
        ):  # fmt: skip
            _set(cast, indicator, amount, scope="person", person=person)
        post = "key" if n == 0 else "ordinary"
        rounds.add_participant(actor=actor, found=made, post=post, person=person)
    rounds.close_round(actor=actor, user=keeper, found=made, now=cast.at(2))
    leader, by = cast.who("leader")
    rounds.confirm_round(actor=leader, user=by, found=made, now=cast.at(1), today=cast.day(1))
    objector, person = cast.who("handler")
    objections.object_to(
        actor=objector, user=person, participant=made.participants.get(person=person),
        text="二季度引进的一个项目未登记我为招商负责人（示例）", now=cast.at(0), today=cast.today,
    )  # fmt: skip
    rounds.open_round(
        actor=actor, user=keeper, scheme="county_groundwork", title="示例单位招商工作考核",
        on=cast.today, now=cast.at(0), today=cast.today, synthetic=True,
    )  # fmt: skip


def _share_out(cast: Cast, people: list[Any]) -> None:
    """Give the contracts of this year without a chief to the two, one after the other."""
    year = cast.today.replace(month=1, day=1)
    free = Project.objects.filter(chief=None, log__stage="signed", log__on__gte=year).distinct()
    for n, project in enumerate(free.order_by("pk")[:12]):
        change_project(actor=cast.actor, project=project, chief=people[n % len(people)])
