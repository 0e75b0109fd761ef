"""Requests from a spreadsheet: checked row by row, then opened as cases one by one."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from openzone.engines.cases.fields import Field as FormField
from openzone.engines.cases.fields import FieldKind
from openzone.engines.cases.model import CaseType
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.messages import Severity
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, RequesterKind, SheetState
from openzone.zone.cases.models import Case, CaseSheet
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.cases.services.types import in_force
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.imports.problems import as_json, told
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.selectors.identity import live
from openzone.zone.rowwise import Values
from openzone.zone.workbooks import in_state

NO_FIRM = Text("档案中没有企业“{given}”", "no enterprise “{given}” is on record")
NO_UNIT = Text("没有单位“{given}”", "there is no unit “{given}”")
NO_PLACE = Text("没有地点“{given}”", "there is no place “{given}”")
NO_CHOICE = Text("“{given}”不在可选项中", "“{given}” is not one of the answers")
OWN = "form-"
_SHORT = (FieldKind.FILE, FieldKind.ENTERPRISE, FieldKind.PLACE)


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


def vocabulary(type_: CaseType) -> Vocabulary:
    """Return the columns a spreadsheet of a type may have: the usual ones, and its own fields."""
    usual = (
        _text("title", "标题", "Title", "诉求标题", "一句话说明", "事项", required=True),
        _text("text", "诉求内容", "Request", "内容", "问题描述", "具体诉求"),
        _text("enterprise", "企业名称", "Enterprise", "企业", "单位名称", "统一社会信用代码"),
        _text("name", "联系人", "Name", "姓名", "反映人"),
        _text("phone", "联系电话", "Telephone", "电话", "手机"),
        _text("place", "地点", "Place", "所在园区", "园区"),
        _text("unit", "承办单位", "Assign to", "责任单位", "办理单位"),
    )
    taken = {field.label_zh for field in usual}
    own = [
        _text(OWN + field.id, field.label.zh, en)
        for field, en in zip(type_.form, _english(type_, usual), strict=True)
        if field.kind not in _SHORT and field.label.zh not in taken
    ]
    return Vocabulary((*usual, *own))


def _english(type_: CaseType, usual: Sequence[Field]) -> list[str]:
    """Return one English heading for each question: a second one of a name carries its id."""
    taken, found = {field.label_en for field in usual}, []
    for field in type_.form:
        label = field.label.en
        found.append(f"{label} ({field.id})" if label in taken else label)
        taken.add(label)
    return found


@transaction.atomic
def check_sheet(
    *, actor: Actor, user: User, kind: str, channel: str, file_name: str, data: bytes,
    now: dt.datetime, as_of: dt.date,
) -> CaseSheet:  # fmt: skip
    """Keep a spreadsheet and say row by row what would be opened; nothing is opened yet.

    Raises ``Refused`` where the file as a whole cannot be read.
    """
    type_ = type_of(in_force(actor=actor, kind=kind, now=now))
    words = vocabulary(type_)
    reading = rowwise.read(file_name, data, words, as_of)
    sheet = CaseSheet(
        kind=kind, channel=Channel(channel), file_name=workbooks.short(file_name),
        uploaded_by=user, uploaded_at=now,
    )  # fmt: skip
    enter = partial(_enter, actor, sheet, type_, now)
    checked = rowwise.check(reading, words, rowwise.given, enter)
    sheet.rows, sheet.problems = checked.rows, checked.problems
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def begin_sheet(*, actor: Actor, sheet: CaseSheet) -> CaseSheet:
    """Let the good rows be opened; the background does it."""
    current = in_state(sheet, SheetState.CHECKED)
    if not current.rows:
        raise Refused(Text("没有可以立案的行", "there is no row to open"))
    return _finish(SheetState.OPENING, actor, current)


@transaction.atomic
def open_row(*, actor: Actor, sheet: CaseSheet, place: int, now: dt.datetime) -> Case:
    """Open the case of one good row; done twice, it is the same case."""
    type_ = type_of(in_force(actor=actor, kind=sheet.kind, now=now))
    case = _enter(actor, sheet, type_, now, sheet.rows[place])
    CaseSheet.objects.filter(pk=sheet.pk).update(opened=max(sheet.opened, place + 1))
    record("cases.sheet.row", actor=actor, subject=case.subject, payload={"sheet": sheet.pk})
    return case


@transaction.atomic
def refuse_row(*, actor: Actor, sheet: CaseSheet, place: int, reason: Text) -> None:
    """Note that a row which was good when it was checked cannot be opened any more."""
    row = sheet.rows[place]
    problem = told("refused", Severity.ERROR, reason, sheet=row["sheet"], row=row["row"])
    sheet.problems = [*sheet.problems, as_json(problem)]
    sheet.opened = place + 1
    sheet.save(update_fields=["problems", "opened"])
    _note("row_refused", actor, sheet)


@transaction.atomic
def end_sheet(*, actor: Actor, sheet: CaseSheet) -> CaseSheet:
    """Note that every good row is a case."""
    return _finish(SheetState.OPENED, actor, in_state(sheet, SheetState.OPENING))


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: CaseSheet) -> CaseSheet:
    """Put a checked spreadsheet aside for good."""
    return _finish(SheetState.DISCARDED, actor, in_state(sheet, SheetState.CHECKED))


def _enter(actor: Actor, sheet: CaseSheet, type_: CaseType, now: dt.datetime, row: Values) -> Case:
    firm = _firm(row.get("enterprise") or "")
    name, phone = row.get("name") or "", row.get("phone") or ""
    kind = RequesterKind.ENTERPRISE if firm else RequesterKind.PERSON
    unnamed = RequesterKind.ANONYMOUS if not (firm or name or phone) else kind
    given = {field.id: _answer(field, row.get(OWN + field.id)) for field in type_.form}
    if "phone" in given and phone:
        given["phone"] = phone
    place, unit = _place(row.get("place") or ""), _unit(row.get("unit") or "")
    try:
        opened = open_case(
            actor=actor, kind=sheet.kind, title=row["title"], text=row.get("text") or "", now=now,
            channel=sheet.channel, requester=Requester(unnamed, firm, name=name, phone=phone),
            fields={key: value for key, value in given.items() if value not in (None, "", [])},
            place=place, unit=unit, recorded_by=sheet.uploaded_by,
            request_id=f"sheet-{sheet.pk}-{row['sheet']}-{row['row']}"[:64] if sheet.pk else "",
        )  # fmt: skip
    except Refused as refusal:
        own = refusal.field in given
        raise Refused(refusal.reason, field=OWN * own + refusal.field) from None
    return opened.case


def _answer(field: FormField, said: Any) -> Any:
    """Return the id of an answer written as its label."""
    if said in (None, "") or not field.choices:
        return said
    labels = {choice.label.zh: choice.id for choice in field.choices}
    known = {**labels, **{choice.label.en: choice.id for choice in field.choices}}
    ids = {choice.id for choice in field.choices}
    parts = str(said).replace("，", "、").split("、") if field.kind is FieldKind.CHOICES else [said]
    found = [known.get(str(part).strip(), str(part).strip()) for part in parts]
    for one in found:
        if one not in ids:
            raise Refused(NO_CHOICE.format(given=said), field=OWN + field.id)
    return found if field.kind is FieldKind.CHOICES else found[0]


def _firm(text: str) -> Enterprise | None:
    if not text:
        return None
    found = live().filter(uscc=text.upper()).first() or live().filter(name=text).first()
    if found is None:
        raise Refused(NO_FIRM.format(given=text), field="enterprise")
    return found


def _unit(text: str) -> Unit | None:
    if not text:
        return None
    found = Unit.objects.filter(name=text).first() or Unit.objects.filter(code=text).first()
    if found is None:
        raise Refused(NO_UNIT.format(given=text), field="unit")
    return found


def _place(text: str) -> Place | None:
    if not text:
        return None
    found = Place.objects.filter(name=text).first() or Place.objects.filter(code=text).first()
    if found is None:
        raise Refused(NO_PLACE.format(given=text), field="place")
    return found


def _finish(state: SheetState, actor: Actor, sheet: CaseSheet) -> CaseSheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    _note(state.value, actor, sheet)
    return sheet


def _note(what: str, actor: Actor, sheet: CaseSheet) -> None:
    payload = workbooks.summary(sheet, counted=())
    record(f"cases.sheet.{what}", actor=actor, subject=f"case_sheet:{sheet.pk}", payload=payload)
