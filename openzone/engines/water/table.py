"""Files of samples → values, or every problem and nothing read: one sample a row."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.csvfile import decoded
from openzone.engines.tables.kinds import OPERATOR_LIMITS
from openzone.engines.tables.objects import Objects, errors, told
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.tables.reading import read_table
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.engines.water.classes import Body, Measured, Standard

_VALUE = re.compile(r"([<＜])?\s*(\d+(?:\.\d+)?(?:[eE]-?\d+)?)\s*(L|Ｌ|l)?")
"""A number, ``<0.01`` or ``0.01L``: below the limit of detection."""
NOT_A_VALUE = Text(
    "“{value}”不是数值；低于检出限请写成 <0.01 或 0.01L",
    "“{value}” is no number; write <0.01 or 0.01L for below the limit of detection",
)
NO_LEVEL = Text(
    "没有类别“{value}”，可用：{known}", "there is no class “{value}”; known are {known}"
)
NO_ROWS = Text("文件里没有样品", "the file holds no samples")
NO_VALUES = Text("没有任何监测项目", "nothing was measured")
SATURATION = Field(
    "saturation", "text", None, "溶解氧饱和率", "oxygen saturation", ("饱和率", "DO饱和率"), ()
)
_ROMAN = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A sample as a file gives it."""

    row: int
    section: str
    on: str
    laboratory: str
    body: Body
    target: str | None
    values: Mapping[str, Measured]


def vocabulary(standard: Standard, aliases: Mapping[str, Sequence[str]]) -> Vocabulary:
    """Return the columns a table of samples may have."""
    bodies = (
        Choice("river", ("河流", "河", "river")),
        Choice("lake", ("湖库", "湖泊", "水库", "湖", "lake", "reservoir")),
    )
    about = (
        Field(
            "section", "text", None, "断面", "section", ("断面名称", "点位", "site", "id", "编号")
        ),
        Field(
            "on", "text", None, "采样日期", "sampled on", ("日期", "监测日期", "date", "采样时间")
        ),
        Field(
            "laboratory", "text", None, "实验室", "laboratory", ("监测单位", "lab", "实验室名称")
        ),
        Field(
            "body",
            "text",
            None,
            "水体类型",
            "kind of water",
            ("类型", "水体", "body", "type"),
            bodies,
        ),
        Field(
            "target",
            "text",
            None,
            "目标类别",
            "target class",
            ("水质目标", "目标", "target", "考核目标"),
        ),
        SATURATION,
    )
    items = (
        Field(one.id, "text", None, one.label.zh, one.label.en, tuple(aliases.get(one.id, ())))
        for one in standard.items
    )
    return Vocabulary((*about, *items))


def read_samples(
    path: Path, standard: Standard, aliases: Mapping[str, Sequence[str]], as_of: dt.date
) -> list[Taken]:
    """Read samples from csv, xlsx, xls, json or jsonl.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = _rows(path, vocabulary(standard, aliases), as_of)
    if not rows:
        problems.append(told(NO_ROWS))
    items = (*(one.id for one in standard.items), SATURATION.name)
    taken = [_taken(row, standard, items, problems) for row in rows]
    if wrong := errors(problems):
        raise TableProblems(wrong)
    return taken


def _rows(path: Path, words: Vocabulary, as_of: dt.date) -> tuple[Sequence[Row], list[Problem]]:
    kind = path.suffix.lower()
    if kind not in (".json", ".jsonl"):
        found = read_table(path.name, path, words, as_of=as_of, limits=OPERATOR_LIMITS, key=())
        return found.rows, list(found.problems)
    objects = Objects(words, as_of, within="")
    objects.read(_unfolded(decoded(path.read_bytes()), kind == ".jsonl"), lines=False)
    return objects.rows, objects.problems


def _unfolded(text: str, lines: bool) -> str:
    """Return one list; values given under ``values`` stand beside the rest."""
    try:
        found: Any = (
            [json.loads(one) for one in text.splitlines() if one.strip()]
            if lines
            else (json.loads(text))
        )
    except (ValueError, RecursionError):
        return text
    found = [found] if isinstance(found, dict) else found
    return json.dumps([_flat(one) for one in found] if isinstance(found, list) else found)


def _flat(found: Any) -> Any:
    if not isinstance(found, dict) or not isinstance(found.get("values"), dict):
        return found
    return {key: value for key, value in found.items() if key != "values"} | found["values"]


def _taken(row: Row, standard: Standard, items: Sequence[str], problems: list[Problem]) -> Taken:
    values = dict(_values(row, items, problems))
    if not values:
        problems.append(told(NO_VALUES, sheet=row.sheet, row=row.number))
    return Taken(
        row.number,
        _text(row, "section"),
        _text(row, "on"),
        _text(row, "laboratory"),
        Body(_text(row, "body") or "river"),
        _target(row, standard, problems),
        values,
    )


def _values(
    row: Row, items: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, Measured]]:
    for name in items:
        text = _text(row, name)
        if not text:
            continue
        found = _VALUE.fullmatch(text)
        if found is None:
            reason = NOT_A_VALUE.format(value=text)
            problems.append(told(reason, sheet=row.sheet, row=row.number, column=name))
            continue
        yield name, Measured(Decimal(found[2]), bool(found[1] or found[3]))


def _target(row: Row, standard: Standard, problems: list[Problem]) -> str | None:
    given = _text(row, "target")
    if not given:
        return None
    level = given.translate(_ROMAN).removesuffix("类").strip().upper()
    known = [one.id for one in standard.levels]
    if level in known:
        return level
    reason = NO_LEVEL.format(value=given, known="、".join(known[:-1]))
    problems.append(told(reason, sheet=row.sheet, row=row.number, column="target"))
    return None


def _text(row: Row, name: str) -> str:
    value = row.values.get(name)
    return str(value.value).strip() if value is not None else ""
