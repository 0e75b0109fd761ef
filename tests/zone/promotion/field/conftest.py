"""A bureau whose team travels, and firms it meets."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import Project, StageEvent
from openzone.zone.projects.services.projects import create_project
from openzone.zone.projects.writing import append, locked
from openzone.zone.promotion.models import FieldTeam, Investor, Lead, Trip
from openzone.zone.promotion.services.advisers import join_roster
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import record_lead
from openzone.zone.promotion.services.trips import Stop, open_team, plan_trip

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
MARCH = dt.date(2026, 3, 2)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
DAY = dt.timedelta(days=1)


class Bureau(NamedTuple):
    """A unit with its team and two clerks, one of them an adviser; another unit's clerk."""

    unit: Unit
    team: FieldTeam
    clerk: User
    colleague: User
    stranger: User


@pytest.fixture
def bureau(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Bureau:
    unit, other = (
        create_unit(
            actor=actor, code=code, name=name, kind=UnitKind.DEPARTMENT, parent=committee
        )
        for code, name in (("promotion", "示例投资促进局"), ("other", "示例税务局"))
    )  # fmt: skip
    clerk, colleague = (make_user(name, Role.HANDLER, unit) for name in ("zhaoshang", "tongshi"))
    stranger = make_user("luren", Role.HANDLER, other)
    join_roster(actor=actor, user=clerk, on=dt.date(2020, 1, 1))
    team = open_team(actor=actor, name="示例招商小分队", unit=unit, synthetic=True)
    return Bureau(unit, team, clerk, colleague, stranger)


@pytest.fixture
def firm(actor: Actor) -> Callable[..., Investor]:
    """Bring a firm into the record."""
    numbers = count(1)

    def make(name: str = "") -> Investor:
        said = name or f"示例第{next(numbers)}精密制造有限公司"
        return record_investor(actor=actor, name=said, now=NOW, sure=True, synthetic=True)

    return make


@pytest.fixture
def lead_of(actor: Actor, bureau: Bureau) -> Callable[[Investor], Lead]:
    """Make a firm a lead that the clerk follows."""

    def make(investor: Investor) -> Lead:
        return record_lead(
            actor=actor, investor=investor, title="示例模组工厂", source="trip", received_on=MARCH,
            now=NOW, adviser=bureau.clerk, unit=bureau.unit, synthetic=True,
        )  # fmt: skip

    return make


@pytest.fixture
def trip_to(actor: Actor, bureau: Bureau) -> Callable[..., Trip]:
    """Plan a trip: by default to 宁波 for three days."""

    def plan(*cities: str, begins: dt.date = MARCH, **given: Any) -> Trip:
        stops = [
            Stop(name, begins + n * DAY, begins + (n + 2) * DAY)
            for n, name in enumerate(cities or ("宁波",))
        ]
        said: dict[str, Any] = {
            "team": bureau.team, "title": "赴长三角上门招商", "channel": "visit",
            "purpose": "补汽车零部件缺口", "leader": bureau.clerk, "now": NOW,
        }  # fmt: skip
        return plan_trip(actor=actor, stops=stops, **said | given)

    return plan


@pytest.fixture
def signed(actor: Actor, bureau: Bureau) -> Callable[..., Project]:
    """A project whose log says that it was signed on a day."""

    def make(on: dt.date, name: str = "示例项目", **given: Any) -> Project:
        project = create_project(
            actor=actor, name=name, pipeline="six_batches", on=on, now=NOW,
            lead_unit=bureau.unit, synthetic=True, **given,
        )  # fmt: skip
        event = StageEvent(kind=StageEventKind.ENTERED, stage="signed", on=on, recorded_at=NOW)
        append(locked(project), event)
        return project

    return make
