"""Items from a spreadsheet: every row or none. The export of the list can be taken in again."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from openzone.engines.tables.columns import Field
from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.reading import TableReading, read_table
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.enums import Receiving
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.packs import commitments
from openzone.zone.catalogue.services.items import ItemValues, Paper, save_item
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit

_SPLIT = re.compile(r"[；;\n]+")
_PAPER = re.compile(r"(?P<name>.+?)[（(](?P<form>[^（）()]*)[）)]")
_WAYS = {
    "窗口": Receiving.WINDOW,
    "网上": Receiving.ONLINE,
    "邮寄": Receiving.POST,
    "代办": Receiving.AGENT,
    "自助": Receiving.TERMINAL,
}
_TRIPS = Text("跑动次数应为非负整数", "trips are a whole number, not below zero")
_NO_UNIT = Text("没有单位“{text}”", "there is no unit “{text}”")


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


COLUMNS = (
    _text("code", "事项编码", "Code", "编码", required=True),
    _text("name", "事项名称", "Name", "名称", required=True),
    _text("name_en", "英文名称", "English name"),
    _text("deciding_unit", "办理部门", "Deciding unit", "决定单位", required=True),
    _text("legal_limit", "法定时限", "Legal limit"),
    _text("committed_limit", "承诺时限", "Committed limit"),
    _text("receiving", "申请方式", "Ways to apply"),
    Field("trips", "number", None, "跑动次数", "Trips"),
    _text("main", "主要材料", "Main papers"),
    _text("secondary", "次要材料", "Secondary papers"),
    _text("kinds", "承诺类型", "Commitments accepted"),
    _text("excluded_reason", "依法排除原因", "Why no commitment"),
    _text("excluded_basis", "排除依据", "Legal basis"),
)


@dataclass(slots=True)
class Imported:
    """What a file did, or why nothing of it was taken."""

    created: int = 0
    changed: int = 0
    problems: list[Text] = field(default_factory=list)


@transaction.atomic
def import_items(*, actor: Actor, file_name: str, data: bytes, as_of: dt.date) -> Imported:
    """Take the items of a file; with one problem in one row nothing is written."""
    reading = read_sheet(file_name, data, COLUMNS, as_of)
    result = Imported(problems=[problem.sentence for problem in reading.errors])
    point = transaction.savepoint()
    for row in reading.rows:
        given = {name: value.value for name, value in row.values.items()}
        _take(actor, given, row.number, result)
    if result.problems:
        transaction.savepoint_rollback(point)
        return Imported(problems=result.problems)
    transaction.savepoint_commit(point)
    payload: dict[str, JSON] = {
        "file": file_name,
        "created": result.created,
        "changed": result.changed,
    }
    record("catalogue.imported", actor=actor, subject="service_items", payload=payload)
    return result


def read_sheet(
    file_name: str, data: bytes, columns: Sequence[Field], as_of: dt.date
) -> TableReading:
    """Read the first sheet of an upload, or refuse the file."""
    limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
    try:
        return read_table(file_name, data, columns, as_of=as_of, limits=limits, key=("code",))
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def in_row(number: int, reason: Text) -> Text:
    """Say in which row something is wrong."""
    return Text(f"第{number}行：{reason.zh}", f"row {number}: {reason.en}")


def unit_named(text: str, name: str) -> Unit:
    """Return the unit with this code or name, or refuse naming the field."""
    unit = Unit.objects.filter(code=text).first() or Unit.objects.filter(name=text).first()
    if unit is None:
        raise Refused(_NO_UNIT.format(text=text), field=name)
    return unit


def _take(actor: Actor, given: Mapping[str, Any], number: int, result: Imported) -> None:
    code = str(given.get("code") or "")
    known = ServiceItem.objects.filter(code=code).exists()
    try:
        with transaction.atomic():
            save_item(actor=actor, code=code, values=_values(given))
    except Refused as refusal:
        result.problems.append(in_row(number, refusal.reason))
        return
    result.created += not known
    result.changed += known


def _values(given: Mapping[str, Any]) -> ItemValues:
    words = {name: str(value).strip() for name, value in given.items() if value is not None}
    trips = given.get("trips")
    if trips is not None and (trips != int(trips) or trips < 0):
        raise Refused(_TRIPS, field="trips")
    return ItemValues(
        name=words.get("name", ""),
        name_en=words.get("name_en", ""),
        deciding_unit=unit_named(words.get("deciding_unit", ""), "deciding_unit"),
        legal_limit=words.get("legal_limit", ""),
        committed_limit=words.get("committed_limit", ""),
        receiving=[_way(one) for one in _parts(words.get("receiving", ""))],
        trips=None if trips is None else int(trips),
        papers=[
            *read_papers(words.get("main", ""), main=True),
            *read_papers(words.get("secondary", ""), main=False),
        ],
        kinds=[_kind(one) for one in _parts(words.get("kinds", ""))],
        excluded_reason=words.get("excluded_reason", ""),
        excluded_basis=words.get("excluded_basis", ""),
    )


def read_papers(text: str, *, main: bool) -> list[Paper]:
    """Read papers apart by ； or line, each with its form in brackets: 身份证（原件）."""
    return [_paper(part, main) for part in _parts(text)]


def _paper(part: str, main: bool) -> Paper:
    match = _PAPER.fullmatch(part)
    return (
        Paper(match["name"].strip(), match["form"].strip(), main)
        if match
        else Paper(part, "", main)
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SPLIT.split(text) if part.strip()]


def _way(word: str) -> str:
    return _WAYS[word].value if word in _WAYS else word


def way_word(way: str) -> str:
    """Write a way to apply as the sheet does."""
    return next((word for word, value in _WAYS.items() if value == way), way)


def _kind(word: str) -> str:
    return next((kind.id for kind in commitments().kinds if kind.label.zh == word), word)


def row_of(item: ServiceItem) -> list[str | int | None]:
    """Return an item as a row of the sheet, so that an export can be taken in again."""
    papers = list(item.materials.all())
    kinds = [commitments().kind(one.kind) for one in item.acceptances.all()]
    return [
        item.code,
        item.name,
        item.name_en or None,
        item.deciding_unit.code,
        item.legal_limit or None,
        item.committed_limit or None,
        "；".join(way_word(way) for way in item.receiving) or None,
        item.trips,
        "；".join(str(one) for one in papers if one.main) or None,
        "；".join(str(one) for one in papers if not one.main) or None,
        "；".join(kind.label.zh for kind in kinds if kind) or None,
        item.excluded_reason or None,
        item.excluded_basis or None,
    ]
