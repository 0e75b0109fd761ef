"""A small ledger of projects, the bureau that promotes them, and who sets, confirms, answers."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.performance.models import Completion, Round, Target
from openzone.zone.performance.services import completions, rounds
from openzone.zone.performance.services.targets import set_target
from openzone.zone.projects.models import Amount, Arrival, MonthlyReport, Project, StageEvent
from openzone.zone.projects.services.projects import create_project
from openzone.zone.projects.writing import append

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
MARCH = dt.date(2026, 3, 1)
YI, WAN = 100_000_000, 10_000
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


class People(NamedTuple):
    """Two of the bureau, its head, two of the service centre, a leader of the zone."""

    bureau: Unit
    clerk: User
    colleague: User
    head: User
    keeper: User
    second: User
    leader: User


@pytest.fixture
def people(committee: Unit, leader: User, actor: Actor, make_user: Callable[..., User]) -> People:
    bureau, centre = (
        create_unit(actor=actor, code=code, name=name, kind=kind, parent=committee)
        for code, name, kind in (
            ("promotion", "示例投资促进局", UnitKind.DEPARTMENT),
            ("centre", "示例服务中心", UnitKind.CENTRE),
        )
    )
    return People(
        bureau,
        make_user("zhaoshang", Role.HANDLER, bureau), make_user("tongshi", Role.HANDLER, bureau),
        make_user("juzhang", Role.LEADER, bureau), make_user("zhongxin", Role.CENTRE, centre),
        make_user("fuhe", Role.CENTRE, centre), leader,
    )  # fmt: skip


@pytest.fixture
def ledger(actor: Actor) -> Callable[..., Project]:
    """Put a project into the ledger: the days of its stages, its total in 亿元, what it is."""

    def add(
        name: str, total: object = None, stages: dict[str, dt.date] | None = None, **what: Any
    ) -> Project:
        project = create_project(
            actor=actor, name=f"示例{name}", pipeline="six_batches", on=dt.date(2026, 1, 1),
            now=NOW, synthetic=True, **what,
        )  # fmt: skip
        if total is not None:
            Amount.objects.create(
                project=project, kind="total", value=Decimal(str(total)) * YI,
                on=dt.date(2025, 1, 1), stated_at=NOW,
            )  # fmt: skip
        for stage, on in (stages or {}).items():
            event = StageEvent(kind="entered", stage=stage, on=on, recorded_at=NOW)
            append(project, event)
        return project

    return add


@pytest.fixture
def signed(ledger: Callable[..., Project]) -> Callable[..., Project]:
    """Put a project into the ledger that was signed on the first of March."""

    def add(name: str, total: object = 1, on: dt.date = MARCH, **what: Any) -> Project:
        return ledger(name, total, {"signed": on}, **what)

    return add


def arrived(project: Project, yi: object, on: dt.date = MARCH, **more: Any) -> Arrival:
    """Let funds arrive, in 亿元."""
    return Arrival.objects.create(
        project=project, kind=more.pop("kind", "fixed"), on=on, recorded_at=NOW,
        amount=Decimal(str(yi)) * YI, **more,
    )  # fmt: skip


def invested(project: Project, month: dt.date, yi: object) -> MonthlyReport:
    """Report a month's investment, in 亿元."""
    return MonthlyReport.objects.create(
        project=project, month=month, invested=Decimal(str(yi)) * YI, reported_at=NOW
    )


@pytest.fixture
def target(actor: Actor, people: People) -> Callable[..., Target]:
    """Set a target of 2026, for the zone unless told otherwise."""

    def put(indicator: str, amount: object, **more: Any) -> Target:
        said = {
            "scope": "zone",
            "first_year": 2026,
            "last_year": 2026,
            "document": "示例〔2026〕1号",
        }
        return set_target(
            actor=actor, user=people.keeper, indicator=indicator, amount=Decimal(str(amount)),
            now=NOW, **said | more,
        )  # fmt: skip

    return put


@pytest.fixture
def reported(actor: Actor, people: People) -> Callable[..., Completion]:
    """Report what was reached."""

    def say(found: Target, value: object, on: dt.date = TODAY, **more: Any) -> Completion:
        said = {"user": people.clerk, "text": "统计报表", "file_name": "报表.pdf", "data": PDF}
        return completions.report_completion(
            actor=actor, target=found, on=on, value=Decimal(str(value)), now=NOW, today=TODAY,
            **said | more,
        )  # fmt: skip

    return say


@pytest.fixture
def answered(actor: Actor, people: People) -> Callable[..., Any]:
    """Confirm what was reported."""

    def say(found: Completion, user: User | None = None, **more: Any) -> Any:
        return completions.answer_completion(
            actor=actor, user=user or people.head, completion=found, now=NOW,
            **{"confirmed": True} | more,
        )  # fmt: skip

    return say


@pytest.fixture
def opened(actor: Actor, people: People) -> Callable[..., Round]:
    """Open an evaluation of promotion staff up to the end of June."""

    def put(*who: User | Unit, scheme: str = "promotion_posts", post: str = "key") -> Round:
        made = rounds.open_round(
            actor=actor, user=people.keeper, scheme=scheme, title="示例半年考核", on=TODAY,
            now=NOW, today=TODAY, synthetic=True,
        )  # fmt: skip
        for one in who:
            named = {"unit": one} if isinstance(one, Unit) else {"person": one}
            rounds.add_participant(actor=actor, found=made, post=post, **named)  # type: ignore[arg-type]
        return made

    return put
