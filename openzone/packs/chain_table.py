"""A chain as one table: a row for the chain, for each stage, each node and each edge."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.tables.csvfile import decoded, separator_of
from openzone.engines.tables.problems import Refused
from openzone.engines.text import Text
from openzone.packs.chain_cells import COLUMNS, MORE, NUMBERS, Cells, as_json, cells, entry
from openzone.packs.sourced import Places, Sourced

NO_COLUMN = Text(
    "没有“{name}”这一列，可用：{known}", "there is no column “{name}”; known are {known}"
)
COLUMN_TWICE = Text("“{name}”列出现两次", "the column “{name}” appears twice")
NO_KIND = Text("类别“{given}”未知，可用：{known}", "kind “{given}” is not known; known are {known}")
TWICE = Text("只能有一行“{kind}”", "there can be one row “{kind}” only")
TOO_WIDE = Text("这一行的格子比表头多", "the row has more cells than the heading")
NOT_JSON = Text("“内容”不是有效的 JSON", "“value” is not valid JSON")
BROKEN = Text("不是有效的 CSV：{why}", "not valid CSV: {why}")
_KINDS = {
    "chain": "产业链", "stages": "阶段", "nodes": "节点", "edges": "边",
    "rules": "识别规则", "roles": "角色", "regions": "区域",
}  # fmt: skip
_NAMES = {zh: kind for kind, zh in _KINDS.items()} | {
    "chain": "chain", "环节": "stages", "stage": "stages", "node": "nodes", "edge": "edges",
    "rules": "rules", "roles": "roles", "regions": "regions",
}  # fmt: skip
_HEADINGS = {
    **{zh: name for name, zh in COLUMNS.items()}, **{name: name for name in COLUMNS},
    "环节": "stage",  # as some offices head it
}  # fmt: skip
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet would take for a formula is written behind an apostrophe."""


def write_table(value: Mapping[str, Any]) -> bytes:
    """Write a chain given as plain data."""
    rows = list(_rows(value))
    used = [name for name in COLUMNS if any(name in row for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([COLUMNS[name] for name in used])
    writer.writerows([_guarded(name, row.get(name, "")) for name in used] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _rows(value: Mapping[str, Any]) -> Iterator[Cells]:
    yield {"kind": _KINDS["chain"]} | cells(value["chain"])
    for stage in value["stages"]:
        named = {"id": stage} if isinstance(stage, str) else {"value": as_json(stage)}
        yield {"kind": _KINDS["stages"]} | named
    for kind in ("nodes", "edges"):
        for one in value.get(kind, ()):
            yield {"kind": _KINDS[kind]} | cells(one)
    for kind in MORE:
        if kind in value:
            yield {"kind": _KINDS[kind], "value": as_json(value[kind])}


def _guarded(name: str, text: str) -> str:
    return f"'{text}" if text.startswith(_COMPUTED) and name not in NUMBERS else text


def read_table(data: bytes, name: str) -> Sourced:
    """Return the plain data of a table, with the row of every part.

    Raises:
        PackError: with every column and row that cannot be.

    """
    reader = _Reader(name)
    rows = reader.rows(data)
    columns = reader.columns(rows[0] if rows else [])
    for number, row in enumerate(rows[1:], 2):
        reader.take(number, columns, row)
    if reader.problems:
        raise PackError(reader.problems)
    return Sourced(reader.value, reader.places)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.value: dict[str, Any] = {"stages": [], "nodes": [], "edges": []}
        self.places: Places = {(): (file, 1)}
        self.problems: list[PackProblem] = []

    def rows(self, data: bytes) -> list[list[str]]:
        try:
            text = decoded(data)
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)))
        except Refused as refused:
            raise PackError([PackProblem(self.file, 1, "", refused.text)]) from None
        except csv.Error as broken:
            reason = BROKEN.format(why=str(broken))
            raise PackError([PackProblem(self.file, 1, "", reason)]) from None

    def columns(self, headings: Iterable[str]) -> list[str]:
        found: list[str] = []
        for heading in headings:
            name = _HEADINGS.get(heading.strip(), "")
            if heading.strip() and not name:
                known = "、".join(COLUMNS.values())
                self.note(1, "", NO_COLUMN.format(name=heading.strip(), known=known))
            elif name and name in found:
                self.note(1, "", COLUMN_TWICE.format(name=heading.strip()))
            found.append(name)
        return found

    def take(self, number: int, columns: list[str], row: list[str]) -> None:
        if not any(cell.strip() for cell in row):
            return
        if any(cell.strip() for cell in row[len(columns) :]):
            self.note(number, "", TOO_WIDE)
        given = {n: _bare(c) for n, c in zip(columns, row, strict=False) if n and c.strip()}
        said = given.pop("kind", "") or ("边" if "from" in given or "to" in given else "节点")
        kind = _NAMES.get(said.strip())
        if kind is None:
            self.note(number, "", NO_KIND.format(given=said, known="、".join(_KINDS.values())))
        elif kind in ("nodes", "edges", "stages"):
            self.add(kind, number, self.stage(number, given) if kind == "stages" else entry(given))
        else:
            self.set(kind, number, given)

    def add(self, kind: str, number: int, one: Any) -> None:
        self.places[kind, len(self.value[kind])] = (self.file, number)
        self.value[kind].append(one)

    def stage(self, number: int, given: Cells) -> Any:
        named = given.get("id") or given.get("name_zh") or given.get("stage")
        return self.json(number, given["value"]) if "value" in given else named

    def set(self, kind: str, number: int, given: Cells) -> None:
        if kind in self.value:
            self.note(number, "", TWICE.format(kind=_KINDS[kind]))
        self.places[kind,] = (self.file, number)
        self.value[kind] = (
            entry(given) if kind == "chain" else self.json(number, given.get("value", "{}"))
        )

    def json(self, number: int, text: str) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            self.note(number, "", NOT_JSON)
            return {}

    def note(self, number: int, path: str, reason: Text) -> None:
        self.problems.append(PackProblem(self.file, number, path, reason))


def _bare(text: str) -> str:
    """Take off the apostrophe that kept a spreadsheet from computing."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1:].startswith(_COMPUTED) else text
