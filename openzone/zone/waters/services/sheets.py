"""Workbooks of one side: samples of a campaign, sections, exchanges, patrols; row by row."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.text import Text
from openzone.engines.water.joint import SATURATION
from openzone.engines.water.table import item_fields, level_of
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.enums import SheetState
from openzone.zone.rowwise import Values
from openzone.zone.waters.enums import Kind
from openzone.zone.waters.models import Campaign, LogEntry, Planned, Water, WaterSheet
from openzone.zone.waters.packs import pack, standard, terms
from openzone.zone.waters.permissions import may_keep
from openzone.zone.waters.services.log import record_entry
from openzone.zone.waters.services.register import add_section
from openzone.zone.waters.services.samples import record_sample
from openzone.zone.waters.writing import note, side

NO_KIND: Final = Text("没有这种工作簿", "there is no such workbook")
NO_SECTION: Final = Text("本次监测没有断面“{name}”", "section “{name}” is not in this campaign")
NO_WATER: Final = Text("没有登记水体“{name}”", "no water “{name}” is on record")
NO_UNIT: Final = Text("没有单位“{name}”", "there is no unit “{name}”")
NO_CLASS: Final = Text("没有水质类别“{name}”", "there is no class “{name}”")
TWICE: Final = Text("工作簿中该断面出现了两次", "the section is in the workbook twice")
KNOWN: Final = Text("已有同一日期、同一内容的记录", "the same is on record for that day")
SAMPLES, SECTIONS = "samples", "sections"
WHAT = (SAMPLES, SECTIONS, Kind.EXCHANGE.value, Kind.PATROL.value)
_BODIES = (
    Choice("river", ("河流", "河", "river")),
    Choice("lake", ("湖库", "湖泊", "水库", "lake")),
)


def vocabulary(what: str) -> Vocabulary:
    """Return the columns a workbook may have."""
    found = {SAMPLES: _sample_fields, SECTIONS: _section_fields}.get(what)
    return Vocabulary(found() if found else tuple(_entry_fields(what)))


def _sample_fields() -> tuple[Field, ...]:
    items = item_fields(standard(), {one.id: one.aliases for one in pack().items})
    return (
        Field("section", "text", None, "断面", "Section", ("断面名称", "断面编号", "点位"),
              required=True),
        Field("on", "date", None, "采样日期", "Sampled on", ("日期", "监测日期"), required=True),
        Field("laboratory", "text", None, "实验室", "Laboratory", ("监测单位",), required=True),
        *items,
        Field("reason", "text", None, "理由", "Reason", ("未采样理由", "更正理由")),
    )  # fmt: skip


def _section_fields() -> tuple[Field, ...]:
    return (
        Field("water", "text", None, "水体", "Water", ("河流", "河流名称"), required=True),
        Field("body", "text", None, "水体类型", "Kind of water", (), _BODIES, required=True),
        Field("code", "text", None, "断面编号", "Code", ("编号",), required=True),
        Field("name", "text", None, "断面", "Section", ("断面名称",), required=True),
        Field("other", "text", None, "对方单位", "Other side", ("对方",), required=True),
        Field("level", "text", None, "目标类别", "Target class", ("水质目标",), required=True),
        Field("document", "text", None, "依据文件", "Document", ("文件",), required=True),
        Field("document_on", "date", None, "文件日期", "Date of the document", (), required=True),
        Field("valid_from", "date", None, "启用日期", "From", ("生效日期",), required=True),
        Field("longitude", "number", None, "经度", "Longitude", ()),
        Field("latitude", "number", None, "纬度", "Latitude", ()),
    )  # fmt: skip


def _entry_fields(what: str) -> list[Field]:
    kinds = tuple(Choice(one.id, (one.label.text.zh, one.label.text.en)) for one in terms(what))
    fields = [
        Field("on", "date", None, "日期", "Day", ("时间",), required=True),
        Field("water", "text", None, "水体", "Water", ("河流", "河流名称"), required=True),
        Field("other", "text", None, "对方单位", "Other side", ("对方",), required=True),
        Field("title", "text", None, "内容", "What", ("事项", "交换内容"), required=True),
        Field("text", "text", None, "说明", "Description", ("备注",)),
        Field("place", "text", None, "地点", "Where", ("巡查河段", "河段")),
        Field("reference", "text", None, "文号", "Letter or document", ("函号",)),
        Field("ours", "text", None, "本方人员", "Who took part (our side)", ("我方人员",),
              required=not kinds),
        Field("theirs", "text", None, "对方人员", "Who took part (other side)", (),
              required=not kinds),
    ]  # fmt: skip
    if kinds:
        fields.append(Field("term", "text", None, "类别", "Kind", ("类型",), kinds, required=True))
    return fields


@transaction.atomic
def check_sheet(
    *, actor: Actor, user: User, what: str, mine: Unit, file_name: str, data: bytes,
    now: dt.datetime, campaign: Campaign | None = None,
) -> WaterSheet:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet."""
    if what not in WHAT or (what == SAMPLES) != (campaign is not None):
        raise Refused(NO_KIND)
    _ensure_may(user, what, mine, now)
    words = vocabulary(what)
    reading = rowwise.read(file_name, data, words, timezone.localdate(now))
    sheet = WaterSheet(
        what=what, campaign=campaign, side=mine, file_name=workbooks.short(file_name),
        uploaded_by=user, uploaded_at=now,
    )  # fmt: skip
    enter = _entering(sheet, actor, user, now)
    checked = rowwise.check(reading, words, workbooks.stored, enter)
    sheet.rows, sheet.problems = checked.rows, checked.problems
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


def _ensure_may(user: User, what: str, mine: Unit, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    side(user, (mine,), today)
    if what == SECTIONS and not (keeps := may_keep(user, today)).allowed:
        raise Refused(keeps.reason)


@transaction.atomic
def apply_sheet(*, actor: Actor, user: User, sheet: WaterSheet, now: dt.datetime) -> WaterSheet:
    """Enter every good row; where one has become impossible, none."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    _ensure_may(user, current.what, current.side, now)
    workbooks.enter_all(current, _entering(current, actor, user, now))
    return _decided(current, SheetState.APPLIED, "applied", actor)


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: WaterSheet) -> WaterSheet:
    """Put a checked workbook aside for good."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    return _decided(current, SheetState.DISCARDED, "discarded", actor)


def _entering(
    sheet: WaterSheet, actor: Actor, user: User, now: dt.datetime
) -> Callable[[Values], object]:
    by = {"actor": actor, "now": now}
    if sheet.what == SAMPLES:
        return partial(_sample, sheet, by | {"user": user}, set[int]())
    if sheet.what == SECTIONS:
        return partial(_section, sheet, by)
    return partial(_entry, sheet, by | {"user": user})


def _sample(sheet: WaterSheet, by: dict[str, Any], seen: set[int], row: Values) -> object:
    planned = _planned(sheet, row["section"])
    if planned.pk in seen:
        raise Refused(TWICE, field="section")
    named = {one.id for one in standard().items} | {SATURATION}
    values = {name: str(text) for name, text in row.items() if name in named and text is not None}
    made = record_sample(
        **by, planned=planned, on=_day(row, "on"), laboratory=row["laboratory"], values=values,
        reason=row.get("reason") or "",
    )  # fmt: skip
    seen.add(planned.pk)
    return made


def _planned(sheet: WaterSheet, name: str) -> Planned:
    rows = Planned.objects.filter(campaign=sheet.campaign).select_related(
        "campaign", "section__water"
    )
    for one in rows:
        if name in (one.section.name, one.section.code, str(one.section)):
            return one
    raise Refused(NO_SECTION.format(name=name), field="section")


def _section(sheet: WaterSheet, by: dict[str, Any], row: Values) -> object:
    level = level_of(standard(), row["level"])
    if level is None:
        raise Refused(NO_CLASS.format(name=row["level"]), field="level")
    given = {name: row[name] for name in ("water", "body", "code", "name", "document")}
    place: dict[str, Any] = {
        name: None if row.get(name) is None else float(row[name])
        for name in ("longitude", "latitude")
    }
    return add_section(
        **by, **given, **place, level=level, one=sheet.side, other=_unit(row["other"]),
        document_on=_day(row, "document_on"), valid_from=_day(row, "valid_from"),
    )  # fmt: skip


def _entry(sheet: WaterSheet, by: dict[str, Any], row: Values) -> object:
    water = Water.objects.filter(name=row["water"]).first()
    if water is None:
        raise Refused(NO_WATER.format(name=row["water"]), field="water")
    on, title = _day(row, "on"), row["title"]
    same = LogEntry.objects.filter(kind=sheet.what, on=on, title=title, one=sheet.side, water=water)
    if same.exclude(state="withdrawn").exists():
        raise Refused(KNOWN, field="title")
    names = ("text", "place", "reference", "ours", "theirs", "term")
    said = {name: row[name] for name in names if row.get(name)}
    return record_entry(
        **by, kind=sheet.what, one=sheet.side, other=_unit(row["other"]), water=water,
        section=None, on=on, title=title, **said,
    )  # fmt: skip


def _unit(name: str) -> Unit:
    found = Unit.objects.filter(name=name).first() or Unit.objects.filter(code=name).first()
    if found is None:
        raise Refused(NO_UNIT.format(name=name), field="other")
    return found


def _day(row: Values, name: str) -> dt.date:
    given = row[name]
    return given if isinstance(given, dt.date) else dt.date.fromisoformat(given)


def _decided(sheet: WaterSheet, state: SheetState, what: str, actor: Actor) -> WaterSheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    _note(what, actor, sheet)
    return sheet


def _note(what: str, actor: Actor, sheet: WaterSheet) -> None:
    payload: dict[str, Any] = {
        "what": sheet.what, "rows": len(sheet.rows), "problems": len(sheet.problems),
    }  # fmt: skip
    note(f"sheet.{what}", actor, f"water_sheet:{sheet.pk}", payload)
