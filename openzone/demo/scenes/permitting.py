"""Start on land acquisition: one plant on its way, one request, one that did not get the land."""

import datetime as dt
from decimal import Decimal

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.papers import proof
from openzone.zone.approvals.models import Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.services import answering, intake, tracks, trips
from openzone.zone.approvals.services.writing import Upload
from openzone.zone.audit.actors import Actor
from openzone.zone.land.models import Parcel
from openzone.zone.land.services.parcels import create_parcel
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.projects import create_project

PLANT, REQUEST, LOST = "示例精密轴承工厂", "示例传感器组装线", "示例储能电池包基地"
_UNITS = {
    "planning": "science", "construction": "industry", "economy": "industry",
    "environment": "industry", "water": "industry", "registry": "centre",
}  # fmt: skip
_FORM = {"contact": "示例财务", "phone": "0000-0000000", "floor_area": "42000"}
_OWED = ("builder_contract", "wage_account")
_OPINION = "经预审，设计方案符合规划条件；取得土地后按程序核发正式许可。（示例）"


def permits(cast: Cast) -> None:
    """Let a plant be reviewed ahead and get its land; let another one lose it."""
    plant = _asked(cast, PLANT, "four", 66)
    _taken_on(cast, plant, 64)
    _reviewed(cast, plant)
    _with_the_land(cast, plant)
    _asked(cast, REQUEST, "five", 2)
    lost = _asked(cast, LOST, "four", 80)
    _taken_on(cast, lost, 79)
    _handed(cast, lost, "drawings", 75)
    _opinion(cast, lost, "drawings", "reviewer", 70)
    actor, user = cast.who("centre")
    tracks.lose_land(
        actor=actor, track=lost, on=cast.day(40), reason="土地由其他竞买人取得（示例）", user=user,
        today=cast.day(40), now=cast.at(40),
    )  # fmt: skip


def _asked(cast: Cast, name: str, path: str, ago: int) -> Track:
    project = create_project(
        actor=cast.actor, name=name, pipeline="six_batches", on=cast.day(ago), now=cast.at(ago),
        lead_unit=cast.units["economy"], enterprise=cast.firm, synthetic=True,
        summary="拿地即开工示例项目",
    )  # fmt: skip
    actor, user = cast.who("qiye")
    return tracks.ask(
        actor=actor, project=project, path=path, applicant="示例财务", acknowledged=True,
        user=user, now=cast.at(ago), today=cast.day(ago), parcel=_parcel(cast, project),
        expected_on=cast.today + dt.timedelta(days=30),
    )  # fmt: skip


def _parcel(cast: Cast, project: Project) -> Parcel:
    return create_parcel(
        actor=cast.actor, number=f"示例-地-{project.number}", name=f"{project.name}地块（示例）",
        area_m2=Decimal(66_667), use="industrial", now=cast.at(90), synthetic=True,
    )  # fmt: skip


def _taken_on(cast: Cast, track: Track, ago: int) -> None:
    actor, user = cast.who("centre")
    units = {authority: cast.units[code] for authority, code in _UNITS.items()}
    tracks.accept(actor=actor, track=track, user=user, now=cast.at(ago), units=units)


def _reviewed(cast: Cast, track: Track) -> None:
    """Hand in what can come, the bundle by one form; opinions while the land is announced."""
    for code, ago in (("filing", 62), ("drawings", 60), ("environment", 58)):
        _handed(cast, track, code, ago)
    _issued(cast, track, "filing", "reviewer", 61)
    _issued(cast, track, "environment", "reviewer", 50)
    actor, user = cast.who("qiye")
    items = pack().path(track.path).bundle("start").items  # type: ignore[union-attr]
    wanted = [one.id for one, _ in pack().papers_once(items) if not one.land]
    there = {*_OWED, *track.papers.values_list("code", flat=True)}
    intake.hand_in_bundle(
        actor=actor, track=track, bundle="start", answers=_FORM, user=user, now=cast.at(56),
        today=cast.day(56), files={code: _file() for code in wanted if code not in there},
        promises=dict.fromkeys(_OWED, cast.today + dt.timedelta(days=10)),
    )  # fmt: skip
    for code, by, ago in (("land_use", "handler", 52), ("plan", "handler", 45)):
        _opinion(cast, track, code, by, ago)
    for code, ago in (("build", 54), ("drawings", 48)):
        _opinion(cast, track, code, "reviewer", ago)


def _with_the_land(cast: Cast, track: Track) -> None:
    """The land comes; two opinions become permits, the plan is late, somebody came twice."""
    actor, user = cast.who("centre")
    tracks.obtain_land(
        actor=actor, track=track, contract_no="示例出让〔示例〕7号", contracted_on=cast.day(12),
        paid_on=cast.day(12), file=_file(), user=user, now=cast.at(12), today=cast.day(12),
    )  # fmt: skip
    _issued(cast, track, "land_use", "handler", 11)
    _issued(cast, track, "drawings", "reviewer", 10)
    _issued(cast, track, "property", "centre", 9)
    for ago, reason in ((11, "领取证照（示例）"), (6, "补签字（示例）")):
        trips.record_trip(
            actor=actor, track=track, matter="start", on=cast.day(ago), reason=reason, user=user,
            now=cast.at(ago), today=cast.day(ago),
        )  # fmt: skip


def _handed(cast: Cast, track: Track, code: str, ago: int) -> None:
    actor, user = cast.who("qiye")
    item = pack().item(code)
    known = set(track.papers.values_list("code", flat=True))
    intake.hand_in(
        actor=actor, track=track, item=code, user=user, now=cast.at(ago), today=cast.day(ago),
        files={paper: _file() for paper in item.papers if paper not in known} if item else {},
    )  # fmt: skip


def _opinion(cast: Cast, track: Track, code: str, by: str, ago: int) -> None:
    actor, user = cast.who(by)
    answering.review_ahead(
        actor=actor, item=_item(track, code), text=_OPINION, user=user, now=cast.at(ago, 15),
        today=cast.day(ago),
    )  # fmt: skip


def _issued(cast: Cast, track: Track, code: str, by: str, ago: int) -> None:
    user: User = cast.users[by]
    answering.issue(
        actor=Actor.of(user), item=_item(track, code), number=f"示例{code}〔示例〕1号", user=user,
        now=cast.at(ago, 16), today=cast.day(ago),
    )  # fmt: skip


def _item(track: Track, code: str) -> TrackItem:
    return track.items.select_related("track__project", "unit").get(code=code)


def _file() -> Upload:
    picture = proof("paper")
    return Upload(picture.name, picture.data)
