"""A cycle from opening to the final list: posted, locked by another, published, final."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.scoring.model import Scored
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.evaluations.enums import About, CycleKind, CycleState, RunKind
from openzone.zone.evaluations.models import Column, Cycle, Outcome, Protest, Run
from openzone.zone.evaluations.packs import calendar, pack, scheme_named
from openzone.zone.evaluations.permissions import may_lock
from openzone.zone.evaluations.selectors.data import entrants_of, gaps
from openzone.zone.evaluations.selectors.items import (
    counted,
    items_of,
    kind_of,
    quantities,
)
from openzone.zone.evaluations.selectors.results import (
    detail_of,
    latest_run,
    work_out,
)
from openzone.zone.evaluations.services.panel import settle_marks
from openzone.zone.evaluations.services.telling import tell_evaluated
from openzone.zone.evaluations.writing import ensure_allowed, ensure_said, locked, note
from openzone.zone.people.models import Unit, User

TWICE = Text("该办法在这一年已有评价", "there is an evaluation by this scheme of this year")
YEAR = Text("{year} 年还没有结束的数据", "there is no data of {year} yet")
NOBODY = Text("还没有参评对象", "nobody is in it yet")
NO_LAND = Text("以下对象没有用地面积：{names}", "these have no land area: {names}")
ONLY_LAND = Text("只有亩均评价公示用地面积", "only evaluations of output per mu post land areas")
NOT_POSTED = Text("用地面积尚未公示", "the land areas were not posted yet")
NOT_OVER = Text("异议期到 {day} 才结束", "objections are possible until {day}")
WAITING = Text("还有 {n} 件异议未答复", "{n} objections are not answered yet")
GAPS = Text(
    "还缺数据：{names}；请补齐，或勾选“按缺失处理”",
    "figures are missing: {names}; fill them in, or tick that they stay missing",
)
NO_ITEM = Text("没有这一列", "there is no such column")
TOO_LARGE = Text(
    "{names}的得分过大，请核对数据", "the score of {names} is too large: look at the data"
)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")


@transaction.atomic
def open_cycle(
    *, actor: Actor, user: User, scheme: str, year: int, title: str, now: dt.datetime,
    synthetic: bool = False,
) -> Cycle:  # fmt: skip
    """Open an evaluation of a year; the scheme and the days are kept as they are today."""
    found = scheme_named(scheme)
    if year > timezone.localdate(now).year:
        raise Refused(YEAR.format(year=year), field="year")
    if Cycle.objects.filter(scheme=scheme, year=year).exists():
        raise Refused(TWICE, field="scheme")
    made = Cycle(
        kind=kind_of(found), scheme=scheme, definition=found.model_dump(mode="json"), year=year,
        title=title.strip(), opened_by=user, opened_at=now, synthetic=synthetic,
        rules={"post_days": pack().post_days, "objection_days": pack().objection_days},
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    names = counted(found) + (quantities() if made.kind == CycleKind.LAND else [])
    units = _units()
    Column.objects.bulk_create(
        Column(cycle=made, item=name, unit=units.get(name)) for name in dict.fromkeys(names)
    )
    note("cycle.opened", actor, made, scheme=scheme, year=year)
    return made


def _units() -> dict[str, Unit]:
    """Return the unit that is there for each column, by the codes of the pack."""
    codes = {code: one for one in pack().bureaus for code in one.units}
    return {
        item: unit
        for unit in Unit.objects.filter(code__in=codes)
        for item in codes[unit.code].items
    }


@transaction.atomic
def assign_column(
    *, actor: Actor, cycle: Cycle, item: str, unit: Unit | None
) -> Column:  # fmt: skip
    """Say which unit enters a column; without one, who runs the evaluation."""
    fresh = locked(cycle, CycleState.GATHERING, CycleState.POSTED)
    column = fresh.columns.filter(item=item).first()
    if column is None:
        raise Refused(NO_ITEM, field="item")
    column.unit = unit
    column.save(update_fields=["unit"])
    note("column.assigned", actor, fresh, item=item, unit=unit.code if unit else "")
    return column


@transaction.atomic
def post_land(*, actor: Actor, user: User, cycle: Cycle, now: dt.datetime) -> Cycle:
    """Post the land areas for objection; who is to be scored by land has one by now."""
    fresh = locked(cycle, CycleState.GATHERING)
    if fresh.kind != CycleKind.LAND:
        raise Refused(ONLY_LAND)
    if not fresh.entrants.exists():
        raise Refused(NOBODY)
    fresh.state, fresh.posted_by, fresh.posted_at = CycleState.POSTED, user, now
    fresh.post_until = _until(fresh, "post_days", now)
    fresh.save(update_fields=["state", "posted_by", "posted_at", "post_until"])
    note("areas.posted", actor, fresh, until=fresh.post_until.isoformat())
    tell_evaluated(fresh, "land", fresh.post_until, now)
    return fresh


@transaction.atomic
def lock_data(
    *, actor: Actor, user: User, cycle: Cycle, data_on: dt.date, now: dt.datetime,
    accept_gaps: bool = False,
) -> Cycle:  # fmt: skip
    """Lock the data as of a day, as somebody else than who opened the cycle."""
    fresh = locked(cycle, CycleState.GATHERING, CycleState.POSTED)
    today = timezone.localdate(now)
    ensure_allowed(may_lock(user, fresh, today))
    if data_on > today:
        raise Refused(TO_COME.format(day=data_on), field="data_on")
    if not fresh.entrants.exists():
        raise Refused(NOBODY)
    if fresh.kind == CycleKind.LAND:
        _ensure_posted(fresh, today)
    else:
        settle_marks(fresh, now)
    missing = gaps(fresh)
    if missing and not accept_gaps:
        raise Refused(GAPS.format(names=_missing(fresh)), field="accept_gaps")
    fresh.state, fresh.locked_by, fresh.locked_at = CycleState.LOCKED, user, now
    fresh.data_on = data_on
    fresh.save(update_fields=["state", "locked_by", "locked_at", "data_on"])
    note("data.locked", actor, fresh, data_on=data_on.isoformat(), missing=len(missing))
    return fresh


def _ensure_posted(cycle: Cycle, today: dt.date) -> None:
    if cycle.state != CycleState.POSTED or cycle.post_until is None:
        raise Refused(NOT_POSTED)
    if today <= cycle.post_until:
        raise Refused(NOT_OVER.format(day=cycle.post_until))
    _ensure_answered(cycle, About.LAND)


def _missing(cycle: Cycle) -> str:
    labels = {one.name: one.label.zh for one in items_of(cycle)}
    return "；".join(
        f"{labels[item]}：{'、'.join(one.name for one in those[:5])}"
        + (f"等{len(those)}家" if len(those) > 5 else "")
        for item, those in gaps(cycle).items()
    )


@transaction.atomic
def return_data(*, actor: Actor, user: User, cycle: Cycle, remark: str) -> Cycle:
    """Open locked data again before anything was published, with the reason."""
    fresh = locked(cycle, CycleState.LOCKED)
    fresh.remark = ensure_said(remark, "remark")[:500]
    fresh.state, fresh.locked_by, fresh.locked_at = CycleState.GATHERING, None, None
    if fresh.kind == CycleKind.LAND:
        fresh.state = CycleState.POSTED
    fresh.save(update_fields=["state", "locked_by", "locked_at", "remark"])
    note("data.returned", actor, fresh, remark=fresh.remark)
    return fresh


@transaction.atomic
def publish_list(*, actor: Actor, user: User, cycle: Cycle, now: dt.datetime) -> Cycle:
    """Work everybody out from the locked data and publish the preliminary list."""
    fresh = locked(cycle, CycleState.LOCKED)
    write_run(fresh, RunKind.PRELIMINARY, user, now)
    fresh.state, fresh.published_by, fresh.published_at = CycleState.PUBLISHED, user, now
    fresh.objections_until = _until(fresh, "objection_days", now)
    fresh.save(update_fields=["state", "published_by", "published_at", "objections_until"])
    note("list.published", actor, fresh, until=fresh.objections_until.isoformat())
    tell_evaluated(fresh, "result", fresh.objections_until, now)
    return fresh


def _until(cycle: Cycle, days: str, now: dt.datetime) -> dt.date:
    return calendar().shift_workdays(timezone.localdate(now), int(cycle.rules[days]))


def write_run(
    cycle: Cycle, kind: RunKind, user: User, now: dt.datetime, found: list[Scored] | None = None
) -> Run:
    """Write everybody's results down as they come out of the data now."""
    worked = work_out(cycle) if found is None else found
    _ensure_kept(worked)
    made = Run.objects.create(
        cycle=cycle, seq=cycle.runs.count() + 1, kind=kind, made_by=user, made_at=now
    )
    names = {str(one.pk): one.name for one in entrants_of(cycle)}
    Outcome.objects.bulk_create(
        Outcome(
            run=made, entrant_id=int(one.entry.id), group=one.entry.group,
            score=one.score, rank=one.rank, of=one.of, grade=one.class_ or "",
            detail=detail_of(one, names),
        )
        for one in worked
    )  # fmt: skip
    return made


def _ensure_kept(worked: list[Scored]) -> None:
    """Refuse a score that no column holds: only a mistake in the data brings one about."""
    field = Outcome._meta.get_field("score")
    most = field.max_digits - field.decimal_places
    if names := [one.entry.name for one in worked if one.score and one.score.adjusted() >= most]:
        raise Refused(TOO_LARGE.format(names="、".join(names)))


@transaction.atomic
def finish_cycle(*, actor: Actor, user: User, cycle: Cycle, now: dt.datetime) -> Cycle:
    """Make the newest results the final list once the days are over and all is answered."""
    fresh = locked(cycle, CycleState.PUBLISHED)
    until = fresh.objections_until
    if until is not None and timezone.localdate(now) <= until:
        raise Refused(NOT_OVER.format(day=until))
    _ensure_answered(fresh, About.RESULT)
    fresh.final_run = latest_run(fresh)
    fresh.state, fresh.final_by, fresh.final_at = CycleState.FINAL, user, now
    fresh.save(update_fields=["state", "final_by", "final_at", "final_run"])
    note("list.final", actor, fresh, run=fresh.final_run_id)
    tell_evaluated(fresh, "final", None, now)
    return fresh


def _ensure_answered(cycle: Cycle, about: About) -> None:
    waiting = Protest.objects.filter(entrant__cycle=cycle, about=about, answer=None).count()
    if waiting:
        raise Refused(WAITING.format(n=waiting))
