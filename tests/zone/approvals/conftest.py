"""A battery plant that wants to build on the day it has the land; three who act."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.approvals.models import Intake, LandProof, Step, Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.services import answering, intake, tracks
from openzone.zone.approvals.services.writing import Upload
from openzone.zone.audit.actors import Actor
from openzone.zone.land.models import Parcel
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.projects import create_project
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff

# A Monday; the working days after it are the rest of the week.
NOW = dt.datetime(2026, 6, 1, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PAPER = Upload("示例.pdf", PDF)
OTHER = Upload("示例二.pdf", PDF + b"\n")
FORM = {"contact": "示例", "phone": "0000", "floor_area": "1000"}
OWED = ("builder_contract", "wage_account")


class Plant(NamedTuple):
    """The plant and its parcel, and who acts: the enterprise, a planner, the centre."""

    project: Project
    parcel: Parcel
    company: Enterprise
    investor: User
    planner: User
    builder: User
    centre: User


@pytest.fixture
def plant(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Plant:
    units = {
        code: create_unit(actor=actor, code=code, name=name, kind=kind, parent=committee)
        for code, name, kind in (
            ("centre", "示例服务中心", UnitKind.CENTRE),
            ("planning", "示例规划局", UnitKind.DEPARTMENT),
            ("construction", "示例住建局", UnitKind.DEPARTMENT),
            ("bureau", "示例投资局", UnitKind.DEPARTMENT),
        )
    }
    company = create_enterprise(actor=actor, name="示例电池有限公司", synthetic=True)
    investor = make_user("touzifang")
    add_staff(
        actor=actor, user=investor, enterprise=company, role=StaffRole.STAFF,
        valid_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    project = create_project(
        actor=actor, name="示例电池工厂", pipeline="six_batches", on=TODAY, now=NOW,
        lead_unit=units["bureau"], enterprise=company, synthetic=True,
    )  # fmt: skip
    parcel = Parcel.objects.create(
        number="示例-2026-01", name="示例一号地", area_m2=Decimal(66_667), use="industrial",
        created_at=NOW, synthetic=True,
    )  # fmt: skip
    return Plant(
        project, parcel, company, investor,
        make_user("guihua", Role.HANDLER, units["planning"]),
        make_user("zhujian", Role.HANDLER, units["construction"]),
        make_user("zhongxin", Role.CENTRE, units["centre"]),
    )  # fmt: skip


@pytest.fixture
def asked(actor: Actor, plant: Plant) -> Callable[..., Track]:
    """Ask for a path, by default the one with four certificates."""

    def ask(**given: Any) -> Track:
        said = {
            "project": plant.project, "path": "four", "applicant": "示例", "acknowledged": True,
            "parcel": plant.parcel, "user": plant.investor, "now": NOW, "today": TODAY,
        }  # fmt: skip
        return tracks.ask(actor=actor, **said | given)

    return ask


@pytest.fixture
def track(actor: Actor, plant: Plant, asked: Callable[..., Track]) -> Track:
    """A track that was taken on."""
    return tracks.accept(actor=actor, track=asked(), user=plant.centre, now=NOW)


@pytest.fixture
def item(track: Track) -> Callable[[str], TrackItem]:
    """Return an item of the track."""
    return lambda code: track.items.select_related("track__project", "unit").get(code=code)


@pytest.fixture
def handed(actor: Actor, plant: Plant, track: Track) -> Callable[..., Intake]:
    """Hand in an item with all its papers, except those that come with the land."""

    def give(code: str, now: dt.datetime = NOW, **given: Any) -> Intake:
        wanted = [one for one in pack().item(code).papers if not pack().paper(one).land]
        said = {"files": dict.fromkeys(wanted, PAPER), "today": now.date()} | given
        return intake.hand_in(
            actor=actor, track=track, item=code, user=plant.investor, now=now, **said
        )

    return give


@pytest.fixture
def bundled(actor: Actor, plant: Plant, track: Track) -> Callable[..., Intake]:
    """Hand in the start of building as one thing, two papers promised for later."""

    def give(now: dt.datetime = NOW, **given: Any) -> Intake:
        bundle = pack().path("four").bundle("start")
        wanted = [one.id for one, _ in pack().papers_once(bundle.items) if not one.land]
        said = {
            "answers": FORM,
            "files": {code: PAPER for code in wanted if code not in OWED},
            "promises": dict.fromkeys(OWED, TODAY + 30 * DAY),
            "today": now.date(),
        }
        return intake.hand_in_bundle(
            actor=actor, track=track, bundle="start", user=plant.investor, now=now, **said | given
        )

    return give


@pytest.fixture
def reviewed(actor: Actor, plant: Plant, item: Callable[[str], TrackItem]) -> Callable[..., Step]:
    """Give an opinion."""

    def give(code: str, now: dt.datetime = NOW, **given: Any) -> Step:
        said = {"text": "同意预审", "user": plant.planner} | given
        return answering.review_ahead(
            actor=actor, item=item(code), now=now, today=now.date(), **said
        )

    return give


@pytest.fixture
def issued(actor: Actor, plant: Plant, item: Callable[[str], TrackItem]) -> Callable[..., Step]:
    """Issue an item."""

    def give(code: str, now: dt.datetime = NOW, **given: Any) -> Step:
        said = {"number": f"示例{code}1号", "user": plant.planner} | given
        return answering.issue(actor=actor, item=item(code), now=now, today=now.date(), **said)

    return give


@pytest.fixture
def landed(actor: Actor, plant: Plant, track: Track) -> Callable[..., LandProof]:
    """Record contract and payment of today."""

    def give(day: dt.date = TODAY, **given: Any) -> LandProof:
        said = {
            "contract_no": "示例出让1号", "contracted_on": day, "paid_on": day, "file": PAPER,
            "user": plant.centre, "now": NOW, "today": day,
        }  # fmt: skip
        return tracks.obtain_land(actor=actor, track=track, **said | given)

    return give
