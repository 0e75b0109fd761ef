"""Files of names → rows: csv, xlsx and xls tables, json, jsonl, or a name a line."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.csvfile import decoded
from openzone.engines.tables.listing import read_list
from openzone.engines.tables.objects import Objects, errors, told
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text

NO_ROWS = Text("文件里没有名称", "the file holds no names")


def _field(name: str, zh: str, en: str, aliases: str) -> Field:
    return Field(name, "text", None, zh, en, tuple(aliases.split()))


VOCABULARY = Vocabulary(
    (
        _field("id", "编号", "id", "企业编号 序号 enterprise_id query_id"),
        _field(
            "name", "名称", "name", "企业名称 单位名称 公司名称 企业 query text firm company",
        ),
        _field("former_names", "曾用名", "former names", "former 原名称 former_name"),
        _field("short_names", "简称", "short names", "short 别名 short_name aliases"),
        _field("uscc", "统一社会信用代码", "credit code", "信用代码 社会信用代码 credit_code"),
    )
)  # fmt: skip


def read_names(path: Path, as_of: dt.date) -> tuple[Sequence[Row], list[Problem]]:
    """Read rows of names, with what nobody needs to mend.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = _read(path, as_of)
    if not rows:
        problems.append(told(NO_ROWS))
    if wrong := errors(problems):
        raise TableProblems(wrong)
    return rows, problems


def _read(path: Path, as_of: dt.date) -> tuple[Sequence[Row], list[Problem]]:
    if path.suffix.lower() != ".txt":
        return read_list(path, VOCABULARY, as_of, _objects)
    objects = Objects(VOCABULARY, as_of, within="")
    names = [line.strip() for line in decoded(path.read_bytes()).splitlines() if line.strip()]
    objects.read(json.dumps([{"name": name} for name in names]), lines=False)
    return objects.rows, objects.problems


def _objects(found: Any) -> Any:
    """Return objects: a bare text is a name, a list of texts is joined."""
    return [_object(one) for one in found] if isinstance(found, list) else found


def _object(found: Any) -> Any:
    if isinstance(found, str):
        return {"name": found}
    if not isinstance(found, dict):
        return found
    return {
        key: ";".join(map(str, value)) if isinstance(value, list) else value
        for key, value in found.items()
        if value is not None
    }
