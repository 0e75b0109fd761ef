"""The roster and the assignments from a spreadsheet: tried first, then the good rows.

The check does everything the import does and takes it back, so that the two cannot differ.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.reading import TableReading, read_table
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.imports.problems import as_json, told
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.visits.enums import Duty, ImportKind, ImportState
from openzone.zone.visits.models import NetworkImport, Post
from openzone.zone.visits.services.assigning import assign, put_in_grid
from openzone.zone.visits.services.roster import appoint

NO_ENTERPRISE = Text(
    "档案中找不到这家企业，或有多家同名", "no enterprise on record, or several, are called so"
)
NO_ACCOUNT = Text("没有这个账号，请先登记人员", "no such account: enter the person first")
NO_UNIT = Text("没有这个单位", "there is no such unit")
NO_PLACE = Text("没有这个地点（编码或名称）", "there is no such place (code or name)")
NO_POST = Text("此人当日没有这项职责", "the person does not have this duty on that day")
WHO = Text("请填写账号或网格其中一项", "give either an account or a grid")


def _text(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    return Field(name, "text", None, zh, en, aliases, **more)


@cache
def roster_columns() -> Vocabulary:
    """Return the columns a roster may have."""
    words = {
        Duty.SPONSOR: ("包保领导", "Sponsoring leader"),
        Duty.SERVICE_OFFICER: ("服务专员", "企业服务专员", "Service officer"),
        Duty.GRID: ("网格员", "网格长", "Grid officer"),
    }
    duties = tuple(Choice(duty.value, labels) for duty, labels in words.items())
    return Vocabulary(
        (
            _text("account", "账号", "Account", "登录名", "用户名", required=True),
            _text("duty", "职责", "Duty", "身份", "类别", choices=duties, required=True),
            _text("unit", "单位编码", "Unit code", "单位", "Unit", required=True),
            _text("place", "地点编码", "Place code", "网格编码", "地点", "网格", "Place"),
            _text("phone", "办公电话", "Office telephone", "电话", "联系电话"),
            Field("valid_from", "date", None, "开始日期", "From", ("起始日期",)),
            Field("valid_to", "date", None, "结束日期", "To", ("终止日期",)),
        )
    )


@cache
def assignment_columns() -> Vocabulary:
    """Return the columns a list of assignments may have."""
    return Vocabulary(
        (
            _text("name", "企业名称", "Enterprise", "企业", "名称", "公司名称"),
            _text("uscc", "统一社会信用代码", "Credit code", "信用代码", "社会信用代码"),
            _text("account", "负责人账号", "Account", "账号", "包保人账号"),
            _text("duty", "职责", "Duty", "身份", choices=roster_columns()["duty"].choices),
            _text("grid", "网格编码", "Grid code", "网格", "Grid"),
            Field("valid_from", "date", None, "开始日期", "From", ("起始日期",)),
        )
    )


COLUMNS: Mapping[ImportKind, Callable[[], Vocabulary]] = {
    ImportKind.ROSTER: roster_columns,
    ImportKind.ASSIGNMENTS: assignment_columns,
}


@transaction.atomic
def check_file(
    *, actor: Actor, kind: ImportKind, file_name: str, data: bytes, today: dt.date
) -> NetworkImport:
    """Read a spreadsheet and say row by row what would be entered; nothing of it is yet.

    A row without a first day begins today. Raises ``Refused`` where the file cannot be read.
    """
    reading = _read(kind, file_name, data, today)
    batch = NetworkImport(
        kind=kind,
        file_name=PurePath(file_name).name[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=actor.label[:150],
    )
    batch.rows, batch.problems = _tried(actor, kind, reading, today)
    batch.save()
    _note("visits.import.checked", actor, batch)
    return batch


@transaction.atomic
def apply_file(*, actor: Actor, batch: NetworkImport) -> NetworkImport:
    """Enter the good rows of a checked spreadsheet, all of them or none."""
    current = _waiting(batch)
    if not current.rows:
        raise Refused(Text("没有可导入的行", "there is no row to enter"))
    for row in current.rows:
        _enter(actor, ImportKind(current.kind), row)
    current.state = ImportState.APPLIED
    current.save(update_fields=["state"])
    _note("visits.import.applied", actor, current)
    return current


@transaction.atomic
def discard_file(*, actor: Actor, batch: NetworkImport) -> NetworkImport:
    """Drop a checked spreadsheet."""
    current = _waiting(batch)
    current.state = ImportState.DISCARDED
    current.save(update_fields=["state"])
    _note("visits.import.discarded", actor, current)
    return current


def _read(kind: ImportKind, file_name: str, data: bytes, today: dt.date) -> TableReading:
    limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
    try:
        # No key: a person has several duties, and an enterprise somebody of each.
        return read_table(file_name, data, COLUMNS[kind](), as_of=today, limits=limits, key=())
    except FileRefused as refusal:
        raise Refused(refusal.text, field="file") from None


def _tried(
    actor: Actor, kind: ImportKind, reading: TableReading, today: dt.date
) -> tuple[list[dict[str, Any]], list[Any]]:
    """Enter every row that has no error of its own, note what is refused, take it all back."""
    good: list[dict[str, Any]] = []
    problems = list(reading.problems)
    undone = transaction.savepoint()
    for row in reading.good_rows:
        try:
            values = _values(row, today)
            with transaction.atomic():
                values["label"] = _enter(actor, kind, values)
            good.append(values)
        except Refused as refusal:
            problems.append(_problem(kind, row, refusal))
    transaction.savepoint_rollback(undone)
    return good, [as_json(one) for one in problems]


def _values(row: Row, today: dt.date) -> dict[str, Any]:
    """Return a row as it is stored until it is entered."""
    given = {name: value.value for name, value in row.values.items()}
    first, last = given.pop("valid_from", None), given.pop("valid_to", None)
    return {
        **{name: str(value).strip() for name, value in given.items()},
        "number": row.number,
        "valid_from": (first if isinstance(first, dt.date) else today).isoformat(),
        "valid_to": last.isoformat() if isinstance(last, dt.date) else "",
    }


def _enter(actor: Actor, kind: ImportKind, row: Mapping[str, Any]) -> str:
    """Enter a row, and return who and what it is about in a few words."""
    enter = _enter_post if kind is ImportKind.ROSTER else _enter_assignment
    return enter(actor, row, dt.date.fromisoformat(row["valid_from"]))


def _enter_post(actor: Actor, row: Mapping[str, Any], first: dt.date) -> str:
    post = appoint(
        actor=actor,
        user=_user(row["account"]),
        duty=Duty(row["duty"]),
        unit=_unit(row["unit"]),
        place=_place(row["place"]) if row.get("place") else None,
        phone=row.get("phone", ""),
        valid_from=first,
        valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
    return f"{post.user} · {post.unit}{f' · {post.place}' if post.place else ''}"


def _enter_assignment(actor: Actor, row: Mapping[str, Any], first: dt.date) -> str:
    enterprise = _enterprise(row)
    if bool(row.get("account")) == bool(row.get("grid")):
        raise Refused(WHO, field="account")
    if row.get("grid"):
        grid = _place(row["grid"], PlaceKind.GRID)
        put_in_grid(actor=actor, enterprise=enterprise, grid=grid, valid_from=first)
        return f"{enterprise} → {grid}"
    post = _post(row, first)
    assign(actor=actor, enterprise=enterprise, post=post, valid_from=first)
    return f"{enterprise} → {post.user}"


def _post(row: Mapping[str, Any], first: dt.date) -> Post:
    duty = row.get("duty") or Duty.SERVICE_OFFICER
    held = Post.objects.filter(on_day(first), user=_user(row["account"]), duty=duty)
    if (post := held.order_by("pk").first()) is None:
        raise Refused(NO_POST, field="duty" if row.get("duty") else "account")
    return post


def _user(name: str) -> User:
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise Refused(NO_ACCOUNT, field="account")
    return found


def _unit(name: str) -> Unit:
    units = list(Unit.objects.filter(code=name)[:1] or Unit.objects.filter(name=name)[:2])
    if len(units) != 1:
        raise Refused(NO_UNIT, field="unit")
    return units[0]


def _place(name: str, kind: PlaceKind | None = None) -> Place:
    places = Place.objects.all() if kind is None else Place.objects.filter(kind=kind)
    found = list(places.filter(code=name)[:1] or places.filter(name=name)[:2])
    if len(found) != 1:
        raise Refused(NO_PLACE, field="grid" if kind else "place")
    return found[0]


def _enterprise(row: Mapping[str, Any]) -> Enterprise:
    name = str(row.get("uscc") or row.get("name") or "")
    found = find_enterprise(name) if name else None
    if found is None:
        raise Refused(NO_ENTERPRISE, field="uscc" if row.get("uscc") else "name")
    return found


def _problem(kind: ImportKind, row: Row, refusal: Refused) -> Problem:
    field, columns = refusal.field, COLUMNS[kind]()
    value = row.values.get(field)
    return told(
        field or "refused",
        Severity.ERROR,
        refusal.reason,
        None,
        sheet=row.sheet,
        row=row.number,
        header=columns[field].label_zh if field in columns else None,
        value=str(value.original) if value is not None else "",
    )


def _waiting(batch: NetworkImport) -> NetworkImport:
    current = NetworkImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if current.state != ImportState.CHECKED:
        raise Refused(Text("该文件已处理", "this file was dealt with already"))
    return current


def _note(action: str, actor: Actor, batch: NetworkImport) -> None:
    record(
        action,
        actor=actor,
        subject=f"network_import:{batch.pk}",
        payload={
            "kind": str(batch.kind),
            "file": batch.file_name,
            "good": len(batch.rows),
            "problems": len(batch.problems),
        },
    )
