"""Answers as Arrow tables: one column per field of a record."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from openzone.engines.rules.match import Record
from openzone.engines.rules.near import Near

_TEXT = pa.string()
_NAMES = pa.list_(_TEXT)
_NEAR = pa.struct([("fact", _TEXT), ("have", _TEXT), ("need", _TEXT), ("gap", pa.float64())])
_TIE = pa.struct([("id", _TEXT), ("relation", _TEXT), ("with", _NAMES)])
_KINDS = {
    "failed": _NAMES,
    "missing": _NAMES,
    "near": pa.list_(_NEAR),
    "amount": pa.float64(),
    "amount_missing": _NAMES,
    "relations": pa.list_(_TIE),
}
SCHEMA = pa.schema([(name, _KINDS.get(name, _TEXT)) for name in Record._fields])


def record_table(records: Sequence[Record]) -> pa.Table:
    """Return the records as a table of `SCHEMA`."""
    if not records:
        return SCHEMA.empty_table()
    fields: dict[str, Sequence[Any]] = dict(
        zip(SCHEMA.names, zip(*records, strict=True), strict=True)
    )
    fields["near"] = [_near_structs(near) for near in fields["near"]]
    fields["relations"] = [[tie.as_json() for tie in ties] for ties in fields["relations"]]
    return pa.table(fields, schema=SCHEMA)


def _near_structs(near: Iterable[Near]) -> list[dict[str, Any]]:
    """``have`` and ``need`` may be numbers, dates or words: as text they share a column."""
    return [each.as_json() | {"have": _text(each.have), "need": _text(each.need)} for each in near]


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
