"""The common log: one side writes down, the other confirms; findings and emergencies open cases."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.enums import EntryState, Kind
from openzone.zone.waters.models import Finding, LogEntry, Measure, Section, Water, WaterFile
from openzone.zone.waters.packs import ensure_term, monitoring, term_label
from openzone.zone.waters.services.telling import tell_entry
from openzone.zone.waters.writing import (
    ensure_past,
    ensure_said,
    entry_in,
    keep_files,
    note,
    side,
)

TASK, INCIDENT = "water_task", "water_incident"
SAME = Text("对方不能是本方", "the other side is your own")
NOT_THERE = Text("断面“{name}”不在所选水体", "section “{name}” is not on that water")
NOT_SIDES = Text("“{name}”不是这两方的断面", "“{name}” is no section of these two sides")
NOT_SHARED = Text("双方在“{name}”没有共同断面", "the two sides share no section of “{name}”")
WHO = Text("联合巡河须填写双方参加人员", "say who of both sides took part")
LEVEL = Text("没有“{name}”这一预警级别", "there is no level “{name}”")
OTHERS = Text("须由对方确认", "the other side confirms")
NOT_OWN = Text("仅由登记方撤回", "withdrawn by the side that recorded it")
ONLY_PATROL = Text("仅巡河可登记发现的问题", "findings belong to patrols")
NOT_CONFIRMED = Text(
    "应急处置由一方上报、对方核验办结", "an emergency is reported by one side, checked by the other"
)
ONLY_INCIDENT = Text("仅应急处置可登记", "for emergencies only")
IS_CASE = Text("已转为办件：{number}", "it is a case already: {number}")
PROOF = Text("请上传佐证材料", "bring a proof")
BEFORE = Text("不能早于 {day}", "not before {day}")
BOTH_ACT = Text("双方均须先登记处置措施", "both sides have to record what they did first")
OTHER_PERSON = Text("由上报人以外的对方人员核验", "somebody of the other side checks it")
HAS_CASE = Text("已有处置，不能撤回", "it is being handled and cannot be withdrawn")


@transaction.atomic
def record_entry(
    *, actor: Actor, user: User, kind: str, one: Unit, other: Unit, water: Water,
    section: Section | None, on: dt.date, title: str, now: dt.datetime,
    files: Sequence[Upload] = (), synthetic: bool = False, term: str = "", level: str = "",
    text: str = "", place: str = "", ours: str = "", theirs: str = "", reference: str = "",
    casualties: int | None = None,
) -> LogEntry:  # fmt: skip
    """Write an entry down for one's own side; an emergency opens its case at once.

    ``term`` and ``level`` are kinds of the pack, ``ours`` and ``theirs`` who went on a patrol.
    """
    said: dict[str, Any] = {
        "term": term, "level": level, "text": text, "place": place, "ours": ours,
        "theirs": theirs, "reference": reference, "casualties": casualties,
    }  # fmt: skip
    ensure_past(on, timezone.localdate(now))
    if one.pk == other.pk:
        raise Refused(SAME, field="other")
    side(user, (one,), timezone.localdate(now))
    _ensure_place(water, section, one, other)
    _ensure_sense(kind, said)
    made = LogEntry(
        kind=kind, one=one, other=other, water=water, section=section, on=on,
        title=title.strip(), recorded_by=user, made_by=actor.label[:150], made_at=now,
        synthetic=synthetic, **said,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    keep_files(made, files, actor, now)
    note(f"{kind}.recorded", actor, f"water_entry:{made.pk}",
         {"side": one.code, "other": other.code, "on": on.isoformat()})  # fmt: skip
    if kind == Kind.INCIDENT:
        _open(actor, user, made, now)
    tell_entry(made, other, now)
    return made


def _ensure_place(water: Water, section: Section | None, one: Unit, other: Unit) -> None:
    if section is None:
        pair = Q(one=one, other=other) | Q(one=other, other=one)
        if not Section.objects.filter(pair, water=water).exists():
            raise Refused(NOT_SHARED.format(name=water.name), field="other")
        return
    if section.water_id != water.pk:
        raise Refused(NOT_THERE.format(name=section.name), field="section")
    if {section.one_id, section.other_id} != {one.pk, other.pk}:
        raise Refused(NOT_SIDES.format(name=section.name), field="section")


def _ensure_sense(kind: str, said: dict[str, Any]) -> None:
    ensure_term(kind, said.get("term", ""))
    level = said.get("level", "")
    if level and level not in {one.id for one in monitoring().levels}:
        raise Refused(LEVEL.format(name=level), field="level")
    if kind == Kind.PATROL:
        for name in ("ours", "theirs"):
            if not said.get(name, "").strip():
                raise Refused(WHO, field=name)


def _open(actor: Actor, user: User, entry: LogEntry, now: dt.datetime) -> None:
    label = term_label(entry.kind, entry.term)
    entry.case = _case(
        actor, user, entry, now, kind=INCIDENT, title=entry.title, text=entry.text,
        fields={"water": entry.water.name, "place": entry.place, "what": label.zh},
    )  # fmt: skip
    entry.save(update_fields=["case"])


def _case(
    actor: Actor, user: User, entry: LogEntry, now: dt.datetime, *, kind: str, title: str,
    text: str, fields: dict[str, Any],
) -> Case:  # fmt: skip
    home = next((unit for unit in entry.sides if unit.kind != "partner"), None)
    return open_case(
        actor=actor, kind=kind, now=now, channel=Channel.SYSTEM, title=title[:200], text=text,
        requester=Requester(RequesterKind.UNIT, unit=centre_unit()), unit=home, fields=fields,
        origin=f"water_entry:{entry.pk}",
    ).case  # fmt: skip


@transaction.atomic
def confirm_entry(*, actor: Actor, user: User, entry: LogEntry, now: dt.datetime) -> LogEntry:
    """Confirm what the other side wrote down: that it was so, or that it came in."""
    if entry.kind == Kind.INCIDENT:
        raise Refused(NOT_CONFIRMED)
    fresh = entry_in(entry, EntryState.RECORDED)
    mine = side(user, fresh.sides, timezone.localdate(now))
    if mine.pk != fresh.other_id:
        raise Refused(OTHERS)
    _ended(fresh, EntryState.CONFIRMED, actor, now)
    tell_entry(fresh, fresh.one, now, answered=True)
    return fresh


@transaction.atomic
def withdraw_entry(
    *, actor: Actor, user: User, entry: LogEntry, reason: str, now: dt.datetime
) -> LogEntry:
    """Take back what one's own side wrote down, with a reason; it stays to be read."""
    fresh = entry_in(entry, EntryState.RECORDED, EntryState.CONFIRMED)
    mine = side(user, fresh.sides, timezone.localdate(now))
    if mine.pk != fresh.one_id:
        raise Refused(NOT_OWN)
    if fresh.case is not None or fresh.findings.filter(case__isnull=False).exists():
        raise Refused(HAS_CASE)
    fresh.reason = ensure_said(reason)
    _ended(fresh, EntryState.WITHDRAWN, actor, now)
    return fresh


def _ended(entry: LogEntry, state: EntryState, actor: Actor, now: dt.datetime) -> None:
    entry.state, entry.ended_by, entry.ended_at = state, actor.label[:150], now
    entry.save(update_fields=["state", "ended_by", "ended_at", "reason", "reported_side"])
    note(f"{entry.kind}.{state}", actor, f"water_entry:{entry.pk}", {"on": entry.on.isoformat()})


@transaction.atomic
def add_finding(
    *, actor: Actor, user: User, entry: LogEntry, text: str, now: dt.datetime, place: str = "",
    files: Sequence[Upload] = (),
) -> Finding:  # fmt: skip
    """Write down what a patrol came upon, with photographs."""
    if entry.kind != Kind.PATROL:
        raise Refused(ONLY_PATROL)
    fresh = entry_in(entry, EntryState.RECORDED, EntryState.CONFIRMED)
    mine = side(user, fresh.sides, timezone.localdate(now))
    made = Finding(entry=fresh, side=mine, text=text.strip(), place=place.strip(),
                   by=actor.label[:150], at=now)  # fmt: skip
    ensure_valid(made)
    made.save()
    kept = keep_files(fresh, files, actor, now, finding=made)
    note("patrol.finding", actor, f"water_entry:{fresh.pk}",
         {"finding": made.pk, "files": [one.sha256 for one in kept]})  # fmt: skip
    return made


@transaction.atomic
def make_case(*, actor: Actor, user: User, finding: Finding, now: dt.datetime) -> Case:
    """Open a task for a finding; it closes with a proof that somebody else checks."""
    fresh = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if fresh.case is not None:
        raise Refused(IS_CASE.format(number=fresh.case.number))
    entry = entry_in(fresh.entry, EntryState.RECORDED, EntryState.CONFIRMED)
    side(user, entry.sides, timezone.localdate(now))
    fresh.case = _case(
        actor, user, entry, now, kind=TASK, title=f"{entry.water.name}：{fresh.text}",
        text=fresh.text, fields={"what": "finding", "section": fresh.place or entry.place},
    )  # fmt: skip
    fresh.save(update_fields=["case"])
    note("patrol.case", actor, f"water_entry:{entry.pk}", {"case": fresh.case.number})
    return fresh.case


@transaction.atomic
def add_measure(
    *, actor: Actor, user: User, entry: LogEntry, on: dt.date, text: str, now: dt.datetime
) -> Measure:
    """Write down what one's own side did in an emergency."""
    fresh = _emergency(entry, EntryState.RECORDED)
    mine = side(user, fresh.sides, timezone.localdate(now))
    ensure_past(on, timezone.localdate(now))
    if on < fresh.on:
        raise Refused(BEFORE.format(day=fresh.on), field="on")
    made = Measure(entry=fresh, side=mine, on=on, text=text.strip(), by=actor.label[:150], at=now)
    ensure_valid(made)
    made.save(force_insert=True)
    _follow(actor, fresh, "measure", now, text=made.text)
    note("incident.measure", actor, f"water_entry:{fresh.pk}", {"side": mine.code})
    return made


def _emergency(entry: LogEntry, *states: EntryState) -> LogEntry:
    if entry.kind != Kind.INCIDENT:
        raise Refused(ONLY_INCIDENT)
    return entry_in(entry, *states)


def _follow(
    actor: Actor, entry: LogEntry, action: str, now: dt.datetime, *, text: str,
    files: Sequence[Upload] = (),
) -> None:  # fmt: skip
    if entry.case is not None:
        data = {"reason" if action == "return" else "text": text, "done_by": actor.label}
        act(actor=actor, case=entry.case, action=action, now=now, data=data, files=files)


@transaction.atomic
def report_done(
    *, actor: Actor, user: User, entry: LogEntry, text: str, files: Sequence[Upload],
    now: dt.datetime,
) -> LogEntry:  # fmt: skip
    """Report an emergency as over, with a proof; the other side checks it."""
    fresh = _emergency(entry, EntryState.RECORDED)
    mine = side(user, fresh.sides, timezone.localdate(now))
    if fresh.measures.values("side").distinct().count() < len(fresh.sides):
        raise Refused(BOTH_ACT)
    if not files:
        raise Refused(PROOF, field="photos")
    kept = keep_files(fresh, files, actor, now, proof=True)
    fresh.reported_side, fresh.reason = mine, ensure_said(text, "text")[:300]
    _follow(actor, fresh, "report", now, text=text.strip(),
            files=[Upload(one.name, one.data, "evidence") for one in files])  # fmt: skip
    _ended(fresh, EntryState.REPORTED, actor, now)
    note("incident.proved", actor, f"water_entry:{fresh.pk}",
         {"files": [one.sha256 for one in kept]})  # fmt: skip
    tell_entry(fresh, fresh.other if mine.pk == fresh.one_id else fresh.one, now)
    return fresh


@transaction.atomic
def check_done(
    *, actor: Actor, user: User, entry: LogEntry, good: bool, now: dt.datetime, reason: str = ""
) -> LogEntry:
    """Close an emergency as the side that did not report it, or send it back with a reason."""
    fresh = _emergency(entry, EntryState.REPORTED)
    mine = side(user, fresh.sides, timezone.localdate(now))
    if mine.pk == fresh.reported_side_id:
        raise Refused(OTHER_PERSON)
    said = reason.strip() if good else ensure_said(reason)
    _follow(actor, fresh, "close" if good else "return", now, text=said)
    reporter = fresh.reported_side or fresh.one
    if not good:
        fresh.reported_side = None
    fresh.reason = said or fresh.reason
    _ended(fresh, EntryState.CONFIRMED if good else EntryState.RECORDED, actor, now)
    tell_entry(fresh, reporter, now, answered=good)
    return fresh


@transaction.atomic
def note_look(*, actor: Actor, file: WaterFile) -> None:
    """Write down who was given a file."""
    note("file.seen", actor, f"water_entry:{file.entry_id}",
         {"file": file.pk, "sha256": file.sha256})  # fmt: skip
