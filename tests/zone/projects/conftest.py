"""A battery plant in the pipeline, two places, the bureau that looks after it."""

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
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.amounts import add_paper, state_amount
from openzone.zone.projects.services.projects import create_project
from openzone.zone.projects.services.stages import enter_stage
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
JANUARY = dt.date(2026, 1, 15)


class Pipe(NamedTuple):
    """The plant, the places, and who works on it."""

    plant: Project
    west: Place
    east: Place
    bureau: Unit
    clerk: User
    colleague: User


@pytest.fixture
def pipe(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Pipe:
    bureau = create_unit(
        actor=actor, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=committee,
    )  # fmt: skip
    west, east = (
        Place.objects.create(code=code, name=name, kind=PlaceKind.PARK)
        for code, name in (("west", "示例西区"), ("east", "示例东区"))
    )
    plant = create_project(
        actor=actor, name="示例电池工厂", pipeline="six_batches", on=JANUARY, now=NOW,
        summary="年产15吉瓦时电池", investor_name="示例新能源", origin="domestic_out",
        industry="C384", sector=2, lead_unit=bureau, place=west,
        planned_start=dt.date(2026, 5, 1), synthetic=True,
    )  # fmt: skip
    return Pipe(
        plant, west, east, bureau,
        make_user("zhaoshang", Role.HANDLER, bureau), make_user("tongshi", Role.HANDLER, bureau),
    )  # fmt: skip


@pytest.fixture
def filed(actor: Actor) -> Callable[..., None]:
    """Put papers of these kinds on a project's file."""

    def put(project: Project, *kinds: str) -> None:
        for kind in kinds:
            add_paper(
                actor=actor, project=project, kind=kind, title=kind, document_no="示例1号", now=NOW
            )

    return put


@pytest.fixture
def priced(actor: Actor) -> Callable[..., Any]:
    """State a total in yuan."""

    def state(project: Project, value: int, **more: Any) -> Any:
        return state_amount(
            actor=actor, project=project, kind="total", value=Decimal(value),
            on=more.pop("on", JANUARY), now=NOW, **more,
        )  # fmt: skip

    return state


@pytest.fixture
def entered(actor: Actor) -> Callable[..., Project]:
    """Let a project enter a stage."""

    def enter(project: Project, stage: str, on: dt.date = JANUARY, **more: Any) -> Project:
        return enter_stage(
            actor=actor, project=project, stage=stage, on=on, now=NOW, today=TODAY, **more
        )

    return enter
