"""A track: asked for by the enterprise, taken on by the centre, ended by them or by the land."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from openzone.engines.text import Text
from openzone.packs.permits import ItemPack, PathPack
from openzone.zone.approvals.enums import TrackState
from openzone.zone.approvals.models import LandProof, Track, TrackItem
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.services.telling import tell_state
from openzone.zone.approvals.services.writing import (
    Upload,
    already_state,
    ensure_past,
    keep,
    live,
    note,
    running,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services import series
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.land.models import Parcel
from openzone.zone.land.selectors.digests import digest
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.projects.writing import locked as locked_project

NO_PATH = Text("没有名为“{path}”的审批路径", "there is no path called “{path}”")
VOLUNTARY = Text(
    "提前服务由企业自愿申请，须先确认告知内容",
    "it is asked for voluntarily: what is told has to be acknowledged first",
)
WHICH_LAND = Text("请选择拟取得的地块", "choose the parcel that is to be obtained")
AGAIN = Text("该项目的这一路径正在办理：{number}", "this path is under way already: {number}")
NO_UNIT = Text(
    "园区没有承接“{item}”的单位，也没有服务中心",
    "the zone has neither a unit for “{item}” nor a service centre",
)
NEEDS_NO_LAND = Text("该路径不涉及取得土地", "this path is not about obtaining land")
ORDER = Text("付款不能早于合同", "it is not paid before the contract")
WHY = Text("请写明原因", "say why")


@transaction.atomic
def ask(
    *, actor: Actor, project: Project, path: str, applicant: str, acknowledged: bool, user: User,
    now: dt.datetime, today: dt.date, parcel: Parcel | None = None,
    expected_on: dt.date | None = None,
) -> Track:  # fmt: skip
    """Ask for a path, of one's own will; what was acknowledged is kept in its words."""
    fresh = locked_project(project)
    chosen = _path(path)
    if not acknowledged:
        raise Refused(VOLUNTARY, field="acknowledged")
    if _needs_land(chosen) and parcel is None:
        raise Refused(WHICH_LAND, field="parcel")
    _ensure_none(fresh, path)
    made = Track(
        number=f"SP{today.year}-{series.take(f'approvals:{today.year}'):04}", project=fresh,
        path=path, label_zh=chosen.label.zh, label_en=chosen.label.en, goal=chosen.goal,
        parcel=parcel if _needs_land(chosen) else None, applicant=applicant.strip(),
        acknowledged=pack().acknowledgement.text.zh, asked_by=user, asked_at=now,
        expected_on=expected_on,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note(action="asked", actor=actor, track=made, payload={"path": path})
    return made


@transaction.atomic
def accept(
    *, actor: Actor, track: Track, user: User, now: dt.datetime,
    units: Mapping[str, Unit] | None = None,
) -> Track:  # fmt: skip
    """Take a request on: its items are copied from the pack, each with the unit that answers.

    ``units``: by authority of the pack; otherwise the unit of that code, else the service centre.
    """
    fresh = live(track)
    if fresh.state != TrackState.ASKED:
        raise Refused(already_state(fresh))
    path = _path(fresh.path)
    fresh.state, fresh.accepted_at, fresh.accepted_by = TrackState.RUNNING, now, user
    ensure_valid(fresh)
    fresh.save()
    for place, item in enumerate(pack().of_path(path)):
        _copied(fresh, place, item, path, _unit(item, units or {})).save()
    tell_state(fresh, user, now)
    note(action="accepted", actor=actor, track=fresh, payload={})
    return fresh


@transaction.atomic
def refuse(
    *, actor: Actor, track: Track, reason: str, user: User, now: dt.datetime, today: dt.date
) -> Track:
    """Do not take a request on, and say why."""
    fresh = live(track)
    if fresh.state != TrackState.ASKED:
        raise Refused(already_state(fresh))
    fresh.accepted_at, fresh.accepted_by = now, user
    tell_state(_ended(actor, fresh, TrackState.REFUSED, reason, user, today), user, now)
    return fresh


@transaction.atomic
def withdraw(
    *, actor: Actor, track: Track, reason: str, user: User, today: dt.date
) -> Track:  # fmt: skip
    """Take a request back: nobody has to go on with what was voluntary."""
    return _ended(actor, live(track), TrackState.WITHDRAWN, reason, user, today)


@transaction.atomic
def lose_land(
    *, actor: Actor, track: Track, on: dt.date, reason: str, user: User, today: dt.date,
    now: dt.datetime,
) -> Track:  # fmt: skip
    """Record that the land went elsewhere: every opinion lapses and nobody owes anything."""
    fresh = running(track)
    if fresh.parcel is None:
        raise Refused(NEEDS_NO_LAND)
    if LandProof.objects.filter(track=fresh).exists():
        raise Refused(Text("已登记取得土地", "the land was obtained already"))
    ensure_past(on, today, "on")
    tell_state(_ended(actor, fresh, TrackState.LAPSED, reason, user, on), user, now)
    return fresh


@transaction.atomic
def expect_land(*, actor: Actor, track: Track, on: dt.date) -> Track:
    """State when the land is to be obtained; forecasts rest on it."""
    fresh = running(track)
    fresh.expected_on = on
    fresh.save(update_fields=["expected_on"])
    note(action="land_expected", actor=actor, track=fresh, payload={"on": on.isoformat()})
    return fresh


@transaction.atomic
def obtain_land(
    *, actor: Actor, track: Track, contract_no: str, contracted_on: dt.date, paid_on: dt.date,
    file: Upload, user: User, now: dt.datetime, today: dt.date,
) -> LandProof:  # fmt: skip
    """Record contract and payment with their paper; from then on opinions can be made permits."""
    fresh = running(track)
    if fresh.parcel is None:
        raise Refused(NEEDS_NO_LAND)
    if (known := LandProof.objects.select_related("by").filter(track=fresh).first()) is not None:
        told = Text("已由{who}登记", "recorded already by {who}")
        raise Refused(told.format(who=known.by))
    ensure_past(paid_on, today, "paid_on")
    if paid_on < contracted_on:
        raise Refused(ORDER, field="paid_on")
    made = LandProof(
        track=fresh, contract_no=contract_no.strip(), contracted_on=contracted_on,
        paid_on=paid_on, land=digest(fresh.parcel), by=user, at=now,
    )  # fmt: skip
    keep(made, file)
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="land_obtained",
        actor=actor,
        track=fresh,
        payload={"contract": made.contract_no, "paid_on": paid_on.isoformat(),
                 "sha256": made.sha256},
    )  # fmt: skip
    return made


@transaction.atomic
def assign(*, actor: Actor, item: TrackItem, unit: Unit) -> TrackItem:
    """Give an item to the unit that answers it."""
    fresh = running(item.track)
    TrackItem.objects.filter(pk=item.pk).update(unit=unit)
    note(
        action="assigned", actor=actor, track=fresh, payload={"item": item.code, "unit": unit.code}
    )
    return TrackItem.objects.get(pk=item.pk)


def _path(name: str) -> PathPack:
    found = pack().path(name)
    if found is None:
        raise Refused(NO_PATH.format(path=name), field="path")
    return found


def _needs_land(path: PathPack) -> bool:
    return any(item.land for item in pack().of_path(path))


def _ensure_none(project: Project, path: str) -> None:
    known = Track.objects.filter(
        project=project, path=path, state__in=(TrackState.ASKED, TrackState.RUNNING)
    ).first()
    if known is not None:
        raise Refused(AGAIN.format(number=known.number), field="path")


def _unit(item: ItemPack, units: Mapping[str, Unit]) -> Unit:
    found = (
        units.get(item.authority)
        or Unit.objects.filter(code=item.authority).first()
        or Unit.objects.filter(kind=UnitKind.CENTRE).order_by("pk").first()
    )
    if found is None:
        raise Refused(
            Text(NO_UNIT.zh.format(item=item.label.zh), NO_UNIT.en.format(item=item.label.en))
        )
    return found


def _copied(track: Track, place: int, item: ItemPack, path: PathPack, unit: Unit) -> TrackItem:
    return TrackItem(
        track=track, code=item.id, position=place, label_zh=item.label.zh, label_en=item.label.en,
        unit=unit, workdays=item.workdays, formal=item.formal, after=list(item.after),
        ahead=item.ahead, land=item.land, committed=item.committed, trip=item.trip,
        bundle=path.bundle_of(item.id), papers=list(item.papers),
    )  # fmt: skip


def _ended(
    actor: Actor, track: Track, state: TrackState, reason: str, user: User, on: dt.date
) -> Track:
    if not reason.strip():
        raise Refused(WHY, field="reason")
    track.state, track.ended_on, track.ended_by = state, on, user
    track.ended_because = reason.strip()
    ensure_valid(track)
    track.save()
    note(action=state.value, actor=actor, track=track, payload={"reason": reason.strip()})
    return track
