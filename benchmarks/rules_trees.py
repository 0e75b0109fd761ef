"""The policies of the workload in a plain form, from which each compared engine builds its own.

``["all", [...]]``, ``["any", [...]]``, ``["not", x]``, or a leaf: a fact or a ratio of two, an
operator and a value. Days are numbers since 1970; a list or prefix of codes also comes as ranges
of the places in the sorted words of the fact, the cheapest form for engines over columns.
"""

import datetime as dt
from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.rules_workload import AS_OF, CODES, DATES, EPOCH, Condition, Policies
from openzone.engines.rules.literals import Offset

Tree = list[Any]
Leaf = dict[str, Any]
SORTED = {name: sorted(coded.words) for name, coded in CODES.items()}
_SIGNS = {"gte": ">=", "lte": "<=", "lt": "<", "gt": ">"}
_DAYS = {"at_or_before": "<=", "at_or_after": ">="}


def trees(count: int) -> list[Tree]:
    """Return the conditions of the first policies."""
    policies = Policies()
    return [tree(policies.rule(number)["versions"][0]["when"]) for number in range(count)]


def tree(condition: Condition) -> Tree:
    """Return a condition in plain form."""
    for kind in ("all", "any"):
        if kind in condition:
            return [kind, [tree(member) for member in condition[kind]]]
    if "not" in condition:
        return ["not", tree(condition["not"])]
    return ["leaf", _leaf(condition)]


def _leaf(test: Condition) -> Leaf:
    if "number" in test:
        return {"ratio": test["number"]["ratio"], **_size(test, _SIGNS)}
    name = test["fact"]
    if name in CODES:
        op = "in" if "in" in test else "prefix"
        return {"fact": name, "op": op, "value": test[op], "ranges": _ranges(name, op, test[op])}
    if "is" in test:
        return {"fact": name, "op": "is", "value": test["is"]}
    return {"fact": name, **_size(test, _DAYS if name in DATES else _SIGNS)}


def _size(test: Condition, signs: dict[str, str]) -> Leaf:
    key = next(key for key in signs if key in test)
    value = test[key]
    if isinstance(value, dict):
        value = (Offset.parse(value["as_of"]).from_day(AS_OF) - EPOCH).days
    return {"op": signs[key], "value": value}


def _ranges(name: str, op: str, values: list[str]) -> list[list[int]]:
    """Return first and last places of the words that pass."""
    words, passing = SORTED[name], tuple(values)
    hits = [word in passing if op == "in" else word.startswith(passing) for word in words]
    ends = np.flatnonzero(np.diff([0, *hits, 0]))
    return [[int(first), int(end) - 1] for first, end in zip(ends[::2], ends[1::2], strict=True)]


def coded(table: pa.Table) -> pa.Table:
    """Return the table with places in the sorted words instead of codes, days instead of dates."""
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if name in CODES:
            places = [bisect_left(SORTED[name], word) for word in CODES[name].words]
            column = pc.take(pa.array(places, pa.int16()), column.indices)
        columns[name] = column.cast(pa.int32()) if name in DATES else column
    return pa.table(columns)


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as engines that know no dates want it."""
    return {k: float((v - EPOCH).days) if isinstance(v, dt.date) else v for k, v in row.items()}


def write(folder: Path, file: str, content: Any) -> None:
    """Write what a compared engine reads."""
    import json

    (folder / file).write_text(json.dumps(content))
