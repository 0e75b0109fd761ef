"""Documents and items from a spreadsheet: what it would change first, then all of it or nothing.

The dry run does everything the import does and takes it back, so that the two cannot differ.
A field that somebody edited since the last import is left alone and listed as kept.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

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
from openzone.zone.policies.enums import DocumentStatus, ImportStatus, ItemStatus
from openzone.zone.policies.models import Document, Item, LibraryImport
from openzone.zone.policies.services.documents import (
    create_document,
    edit_document,
    publish_document,
)
from openzone.zone.policies.services.items import create_item, edit_item, publish_item
from openzone.zone.policies.sheet import (
    COLUMNS,
    DOCUMENTS,
    ITEMS,
    LABELS,
    Cell,
    kept_text,
    read_cell,
)
from openzone.zone.registry.imports.problems import as_json, told

# Fields that tell rows apart or say what to do, not what a record says.
_KEYS = frozenset({"code", "document", "publish"})


@dataclass(slots=True)
class RowResult:
    """What becomes of one row: ``changed`` and ``kept`` hold (before, in the file) by field."""

    sheet: str
    number: int
    code: str = ""
    title: str = ""
    action: str = "same"
    changed: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def receive_library_import(
    *, actor: Actor, file_name: str, data: bytes, as_of: dt.date, synthetic: bool = False
) -> LibraryImport:
    """Keep a spreadsheet and say what it would change; nothing of it is in the library yet."""
    digest = hashlib.sha256(data).hexdigest()
    batch = LibraryImport(
        file_name=PurePath(file_name).name[-255:],
        sha256=digest,
        as_of=as_of,
        synthetic=synthetic,
        uploaded_by=actor.label[:150],
    )
    readings = _read(batch, data)
    batch.result = _tried(actor, batch, readings)
    batch.file.save(f"{digest[:32]}.xlsx", ContentFile(data), save=False)
    batch.save()
    _record("received", actor, batch)
    return batch


@transaction.atomic
def apply_library_import(*, actor: Actor, batch: LibraryImport) -> LibraryImport:
    """Write every row, or none: a file with a fault in one row changes nothing."""
    current = LibraryImport.objects.select_for_update().get(pk=batch.pk)
    if current.status != ImportStatus.CHECKED:
        raise Refused(Text("该文件已处理", "this file was dealt with already"))
    with current.file.open("rb") as file:
        readings = _read(current, bytes(file.read()))
    result = _write(actor, current, readings)
    if result["problems"] and any(one["severity"] == Severity.ERROR for one in result["problems"]):
        raise Refused(
            Text(
                "有错误的行，整份文件未写入；请改正后重新上传",
                "rows have faults: nothing was written",
            )
        )
    current.result, current.status = result, ImportStatus.APPLIED
    current.applied_at = timezone.now()
    current.save()
    _record("applied", actor, current)
    return current


@transaction.atomic
def discard_library_import(*, actor: Actor, batch: LibraryImport) -> LibraryImport:
    """Put a spreadsheet aside for good."""
    current = LibraryImport.objects.select_for_update().get(pk=batch.pk)
    if current.status != ImportStatus.CHECKED:
        raise Refused(Text("该文件已处理", "this file was dealt with already"))
    current.status = ImportStatus.DISCARDED
    current.save()
    _record("discarded", actor, current)
    return current


def _read(batch: LibraryImport, data: bytes) -> list[TableReading]:
    limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
    try:
        return [
            read_table(
                batch.file_name,
                data,
                columns,
                as_of=batch.as_of,
                limits=limits,
                sheet=sheet,
                key=("code",),
            )
            for sheet, columns in COLUMNS.items()
        ]
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def _tried(actor: Actor, batch: LibraryImport, readings: list[TableReading]) -> dict[str, Any]:
    point = transaction.savepoint()
    try:
        return _write(actor, batch, readings)
    finally:
        transaction.savepoint_rollback(point)


def _write(actor: Actor, batch: LibraryImport, readings: list[TableReading]) -> dict[str, Any]:
    work = _Work(actor, batch)
    for reading in readings:
        work.problems += reading.problems
        bad = {(one.sheet, one.row) for one in reading.errors}
        for row in reading.rows:
            if (row.sheet, row.number) not in bad:
                work.take(row)
    counts = dict.fromkeys(("create", "update", "same", "bad"), 0)
    for result in work.results:
        counts[result.action] += 1
    counts["kept"] = sum(len(result.kept) for result in work.results)
    counts["errors"] = sum(one.severity is Severity.ERROR for one in work.problems)
    return {
        "rows": [asdict(result) for result in work.results],
        "problems": [as_json(one) for one in work.problems],
        "counts": counts,
    }


class _Work:
    """Writes rows one by one; a refused row is undone and becomes a problem."""

    def __init__(self, actor: Actor, batch: LibraryImport) -> None:
        self.actor, self.batch = actor, batch
        self.results: list[RowResult] = []
        self.problems: list[Problem] = []

    def take(self, row: Row) -> None:
        """Write one row."""
        given = {name: value.value for name, value in row.values.items()}
        result = RowResult(row.sheet, row.number, str(given["code"]), str(given.get("title", "")))
        self.results.append(result)
        try:
            with transaction.atomic():
                self._document(given, result) if row.sheet == DOCUMENTS else self._item(
                    given, result
                )
        except Refused as refusal:
            result.action = "bad"
            self.problems.append(_problem(row, refusal))

    def _document(self, given: dict[str, Any], result: RowResult) -> None:
        cells = _cells(given)
        found = Document.objects.filter(code=result.code).first()
        if found is None:
            values = {name: cell.value for name, cell in cells.items()}
            result.action = "create"
            found = create_document(
                actor=self.actor,
                code=result.code,
                imported=_brought(cells),
                synthetic=self.batch.synthetic,
                **values,
            )
        else:
            values = _settled(found, cells, result)
            brought = found.imported | _brought(cells)
            edit_document(actor=self.actor, document=found, imported=brought, **values)
        if given.get("publish") and found.status != DocumentStatus.PUBLISHED:
            publish_document(actor=self.actor, document=found, on=timezone.localdate())
            _noted(result, "publish")

    def _item(self, given: dict[str, Any], result: RowResult) -> None:
        document: Document = read_cell("document", given["document"]).value
        cells = _cells(given)
        found = Item.objects.filter(code=result.code).first()
        if found is None:
            values = {name: cell.value for name, cell in cells.items()}
            result.action = "create"
            found = create_item(
                actor=self.actor,
                document=document,
                code=result.code,
                imported=_brought(cells),
                **values,
            )
        else:
            _ensure_same_document(found, document)
            values = _settled(found, cells, result)
            brought = found.imported | _brought(cells)
            edit_item(actor=self.actor, item=found, imported=brought, **values)
        if given.get("publish") and found.status != ItemStatus.PUBLISHED:
            publish_item(actor=self.actor, item=found, on=timezone.localdate())
            _noted(result, "publish")


def _cells(given: Mapping[str, Any]) -> dict[str, Cell]:
    return {name: read_cell(name, value) for name, value in given.items() if name not in _KEYS}


def _brought(cells: Mapping[str, Cell]) -> dict[str, str]:
    return {name: cell.text for name, cell in cells.items()}


def _settled(
    found: Document | Item, cells: Mapping[str, Cell], result: RowResult
) -> dict[str, Any]:
    """Return the values to write: those that differ and that nobody edited since the last import.

    What was never imported is a person's, unless it is empty. An empty cell says nothing.
    """
    chosen = {}
    for name, cell in cells.items():
        mine, last = kept_text(found, name), found.imported.get(name, "")
        if cell.text == mine:
            continue
        if mine == last:
            chosen[name] = cell.value
            result.changed[name] = [mine, cell.text]
            result.action = "update"
        else:
            result.kept[name] = [mine, cell.text]
    return chosen


def _noted(result: RowResult, name: str) -> None:
    result.changed[name] = ["", "✓"]
    result.action = "create" if result.action == "create" else "update"


def _ensure_same_document(item: Item, document: Document) -> None:
    if item.document_id != document.pk:
        raise Refused(
            Text(
                "该事项属于文件“{code}”，不能改到别的文件",
                "this item belongs to the document “{code}” and stays there",
            ).format(code=item.document.code),
            field="document",
        )


def _problem(row: Row, refusal: Refused) -> Problem:
    label = LABELS.get(refusal.field)
    value = row.values.get(refusal.field)
    return told(
        "refused",
        Severity.ERROR,
        refusal.reason,
        sheet=row.sheet,
        row=row.number,
        header=label.zh if label else None,
        value=value.original if value else "",
    )


def _record(what: str, actor: Actor, batch: LibraryImport) -> None:
    record(
        f"policies.import.{what}",
        actor=actor,
        subject=f"library_import:{batch.pk}",
        payload={"file": batch.file_name, "sha256": batch.sha256, "counts": batch.result["counts"]},
    )


def template_rows() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each sheet of the template: its name, its headings, and one example row."""
    for sheet, columns in COLUMNS.items():
        yield sheet, [one.label_zh for one in columns], list(_EXAMPLES[sheet])


_EXAMPLES = {
    DOCUMENTS: (
        "example-1",
        "示例若干措施",
        "Example measures",
        "示例发〔2026〕1号",
        "园区级",
        "科技创新",
        "示例科技局、示例财政局",
        "2026-01-05",
        "2026-01-12",
        "2026-02-01",
        "2028-12-31",
        "",
        "https://example.org/1",
        "否",
    ),
    ITEMS: (
        "example-1-1",
        "example-1",
        "示例研发补助",
        "Example support",
        "第二条",
        "奖补",
        "快申快享",
        "",
        "",
        "",
        "2026-03-01",
        "2026-10-31",
        "",
        "营业执照；审计报告 | revenue_y1",
        "否",
    ),
}
