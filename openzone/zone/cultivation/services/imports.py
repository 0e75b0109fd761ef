"""Recognitions from a spreadsheet: first what is right and wrong with it, then the good rows.

The check does everything the import does and takes it back, so that the two cannot differ.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
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
from openzone.zone.cultivation.enums import ImportState
from openzone.zone.cultivation.models import RecognitionImport
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.services.recognitions import enter_recognition
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import as_json, told
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise

NO_ENTERPRISE = Text(
    "档案中找不到这家企业，或有多家同名", "no enterprise on record, or several, are called so"
)
NO_NAME = Text("请填写企业名称或统一社会信用代码", "give the name or the credit code")
NO_YEAR = Text("年度应为四位数字，如2025", "a year has four digits, such as 2025")
GIVE_CODE = Text("核对名称，或补填统一社会信用代码", "check the name, or add the credit code")


def _text(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    return Field(name, "text", None, zh, en, aliases, **more)


@cache
def vocabulary() -> Vocabulary:
    """Return the columns a spreadsheet of recognitions may have."""
    titles = tuple(Choice(one.id, (one.title.zh, one.title.en)) for one in pack().titles)
    return Vocabulary(
        (
            _text("name", "企业名称", "Enterprise", "企业", "名称", "单位名称", "公司名称"),
            _text("uscc", "统一社会信用代码", "Credit code", "信用代码", "社会信用代码"),
            _text(
                "title",
                "资质名称",
                "Title",
                "Title held",
                "资质",
                "称号",
                choices=titles,
                required=True,
            ),
            _text("level", "级别", "Level", "认定级别"),
            _text("year", "认定年度", "Year", "年度", "年份", required=True),
            _text("document", "认定文件", "Document or list", "文件或名单", "文件", "文号"),
            Field("valid_from", "date", None, "有效期起", "Valid from", ("发证日期",)),
            Field("valid_to", "date", None, "有效期止", "Valid to", ("有效期至",)),
        )
    )


@transaction.atomic
def check_recognitions(
    *, actor: Actor, file_name: str, data: bytes, as_of: dt.date
) -> RecognitionImport:
    """Read a spreadsheet and say row by row what would be entered; nothing of it is yet.

    Raises ``Refused`` where the file as a whole cannot be read.
    """
    reading = _read(file_name, data, as_of)
    batch = RecognitionImport(
        file_name=PurePath(file_name).name[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=actor.label[:150],
    )
    good, problems = _tried(actor, batch, reading)
    batch.rows, batch.problems = good, [as_json(one) for one in problems]
    batch.save()
    _note("cultivation.import.checked", actor, batch)
    return batch


@transaction.atomic
def apply_recognitions(*, actor: Actor, batch: RecognitionImport) -> RecognitionImport:
    """Enter the good rows of a checked spreadsheet, all of them or none."""
    current = _waiting(batch)
    if not current.rows:
        raise Refused(Text("没有可导入的行", "there is no row to enter"))
    for row in current.rows:
        _enter(actor, current, row)
    current.state = ImportState.APPLIED
    current.save(update_fields=["state"])
    _note("cultivation.import.applied", actor, current)
    return current


@transaction.atomic
def discard_recognitions(*, actor: Actor, batch: RecognitionImport) -> RecognitionImport:
    """Drop a checked spreadsheet."""
    current = _waiting(batch)
    current.state = ImportState.DISCARDED
    current.save(update_fields=["state"])
    _note("cultivation.import.discarded", actor, current)
    return current


def _read(file_name: str, data: bytes, as_of: dt.date) -> TableReading:
    limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
    try:
        # No key: an enterprise has many recognitions, so its rows are not duplicates.
        return read_table(file_name, data, vocabulary(), as_of=as_of, limits=limits, key=())
    except FileRefused as refusal:
        raise Refused(refusal.text, field="file") from None


def _tried(
    actor: Actor, batch: RecognitionImport, reading: TableReading
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Enter every row that has no error of its own, note what is refused, take it all back."""
    good: list[dict[str, Any]] = []
    problems = list(reading.problems)
    undone = transaction.savepoint()
    for row in reading.good_rows:
        try:
            values = _values(row)
            with transaction.atomic():
                _enter(actor, batch, values)
            good.append(values)
        except Refused as refusal:
            problems.append(_problem(row, refusal))
    transaction.savepoint_rollback(undone)
    return good, problems


def _values(row: Row) -> dict[str, Any]:
    """Return a row as it is stored until it is entered, or refuse it."""
    given = {name: value.value for name, value in row.values.items()}
    enterprise = _enterprise(given)
    year = str(given["year"]).strip().removesuffix("年").removesuffix(".0")
    if not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise Refused(NO_YEAR, field="year")
    days = {name: given.get(name) for name in ("valid_from", "valid_to")}
    return {
        "number": row.number,
        "sheet": row.sheet,
        "enterprise": enterprise.pk,
        "name": enterprise.name,
        "title": str(given["title"]),
        "level": str(given.get("level", "")),
        "year": int(year),
        "document": str(given.get("document", "")),
        **{name: day.isoformat() if isinstance(day, dt.date) else "" for name, day in days.items()},
    }


def _enterprise(given: Mapping[str, Any]) -> Enterprise:
    name = str(given.get("uscc") or given.get("name") or "")
    if not name:
        raise Refused(NO_NAME, field="name")
    found = find_enterprise(name)
    if found is None:
        raise Refused(NO_ENTERPRISE, field="uscc" if given.get("uscc") else "name")
    return found


def _enter(actor: Actor, batch: RecognitionImport, row: Mapping[str, Any]) -> None:
    enter_recognition(
        actor=actor,
        enterprise=Enterprise.objects.get(pk=row["enterprise"]),
        title=row["title"],
        level=row["level"],
        year=row["year"],
        document=row["document"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        source=f"{batch.file_name[-200:]} {row['sheet'][:40]}!{row['number']}",
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _problem(row: Row, refusal: Refused) -> Problem:
    field = refusal.field
    value = row.values.get(field)
    fix = GIVE_CODE if refusal.reason is NO_ENTERPRISE else None
    return told(
        field or "refused",
        Severity.ERROR,
        refusal.reason,
        fix,
        sheet=row.sheet,
        row=row.number,
        header=vocabulary()[field].label_zh if field in vocabulary() else None,
        value=str(value.original) if value is not None else "",
    )


def _waiting(batch: RecognitionImport) -> RecognitionImport:
    current = RecognitionImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if current.state != ImportState.CHECKED:
        raise Refused(Text("该文件已处理", "this file was dealt with already"))
    return current


def _note(action: str, actor: Actor, batch: RecognitionImport) -> None:
    record(
        action,
        actor=actor,
        subject=f"recognition_import:{batch.pk}",
        payload={
            "file": batch.file_name,
            "good": len(batch.rows),
            "problems": len(batch.problems),
        },
    )
