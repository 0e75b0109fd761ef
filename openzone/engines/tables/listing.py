"""A file of rows, whatever its kind: csv, xlsx, xls, json or jsonl, read by one vocabulary."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.csvfile import decoded
from openzone.engines.tables.kinds import OPERATOR_LIMITS
from openzone.engines.tables.objects import Objects
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.reading import read_table
from openzone.engines.tables.rows import Row

VALUES = "values"
Reshape = Callable[[Any], Any]


def read_list(
    path: Path, vocabulary: Vocabulary, as_of: dt.date, reshape: Reshape | None = None
) -> tuple[Sequence[Row], list[Problem]]:
    """Return the rows of a file and what is wrong with them.

    ``reshape`` gets what a JSON file holds (of jsonl a list of its lines) and returns the list of
    objects that are the rows. Without one a single object is a row, or where it holds one list
    (``{"enterprises": […]}``) the rows are that; figures under ``values`` stand beside the rest.

    Raises `Refused` for a file that is no table at all.
    """
    lines = path.suffix.lower() == ".jsonl"
    if not lines and path.suffix.lower() != ".json":
        found = read_table(path.name, path, vocabulary, as_of=as_of, limits=OPERATOR_LIMITS, key=())
        return found.rows, list(found.problems)
    objects = Objects(vocabulary, as_of, within="")
    text = decoded(path.read_bytes())
    if reshape is None and not _is_plain(text, lines):
        reshape = _unwrapped
    if reshape is None:
        objects.read(text, lines=lines)
    else:
        objects.read(_reshaped(text, lines, reshape), lines=False)
    return objects.rows, objects.problems


def _is_plain(text: str, lines: bool) -> bool:
    """Tell whether objects hold no others: such a text is read as it is, with what it repeats."""
    return (lines or text.lstrip().startswith("[")) and f'"{VALUES}"' not in text


def _unwrapped(found: Any) -> Any:
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else [found]
    return [_flat(one) for one in found] if isinstance(found, list) else found


def _flat(found: Any) -> Any:
    if not isinstance(found, dict) or not isinstance(found.get(VALUES), dict):
        return found
    return {key: value for key, value in found.items() if key != VALUES} | found[VALUES]


def _reshaped(text: str, lines: bool, reshape: Reshape) -> str:
    """Return the text as one list; what is no JSON is left for the reader to tell."""
    try:
        found = [json.loads(one) for one in text.splitlines() if one.strip()] if lines else None
        return json.dumps(reshape(json.loads(text) if found is None else found))
    except (ValueError, RecursionError):
        return text
