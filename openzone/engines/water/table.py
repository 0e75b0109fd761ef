"""Files of samples → values, or every problem and nothing read: one sample a row."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.listing import read_list
from openzone.engines.tables.objects import errors, told
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.engines.water.classes import Body, Item, Measured, Standard
from openzone.engines.water.joint import SATURATION
from openzone.engines.water.written import NotWrittenError, measured, written

NO_LEVEL = Text(
    "没有类别“{value}”，可用：{known}", "there is no class “{value}”; known are {known}"
)
NO_ROWS = Text("文件里没有样品", "the file holds no samples")
NO_VALUES = Text("没有任何监测项目", "nothing was measured")
SATURATION_FIELD = Field(
    SATURATION,
    "text",
    None,
    "溶解氧饱和率",
    "oxygen saturation",
    ("饱和率", "DO饱和率", "饱和度", "溶解氧饱和度", "溶解氧(%)", "DO(%)"),
)
_SIGNS = {"I": "Ⅰ1一", "II": "Ⅱ2二", "III": "Ⅲ3三", "IV": "Ⅳ4四", "V": "Ⅴ5五"}
_ROMAN = str.maketrans({sign: one for one, signs in _SIGNS.items() for sign in signs})


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
    )
    return Vocabulary((*about, *item_fields(standard, aliases)))


def item_fields(standard: Standard, aliases: Mapping[str, Sequence[str]]) -> tuple[Field, ...]:
    """Return a column for every item, as text: it may be below detection or not measured."""
    items = (
        Field(
            one.id, "text", None, one.label.zh, one.label.en, _words(one, aliases.get(one.id, ()))
        )
        for one in standard.items
    )
    return (*items, SATURATION_FIELD)


def _words(item: Item, aliases: Sequence[str]) -> tuple[str, ...]:
    """What a column may be called: its unit may stand in it, another unit makes it unknown."""
    named = [f"{item.label.zh}({alias})" for alias in aliases]
    words = (item.label.zh, item.label.en, *aliases, *named)
    with_unit = [f"{word}({item.unit})" for word in words] if item.unit else []
    bare = [f"{word}{item.unit}" for word in words] if item.unit else []
    return (*aliases, *named, *with_unit, *bare)


def read_samples(
    path: Path, standard: Standard, aliases: Mapping[str, Sequence[str]], as_of: dt.date
) -> tuple[list[Taken], list[Problem]]:
    """Read samples from csv, xlsx, xls, json or jsonl; with what nobody needs to mend.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = read_list(path, vocabulary(standard, aliases), as_of)
    if not rows:
        problems.append(told(NO_ROWS))
    items = (*(one.id for one in standard.items), SATURATION)
    taken = [_taken(row, standard, items, problems) for row in rows]
    if wrong := errors(problems):
        raise TableProblems(wrong)
    return taken, problems


def _taken(row: Row, standard: Standard, items: Sequence[str], problems: list[Problem]) -> Taken:
    texts = {name: text for name in items if (text := row.text(name))}
    if not texts:
        problems.append(told(NO_VALUES, sheet=row.sheet, row=row.number))
    return Taken(
        row.number,
        row.text("section"),
        row.text("on"),
        row.text("laboratory"),
        Body(row.text("body") or "river"),
        _target(row, standard, problems),
        dict(_values(row, texts, problems)),
    )


def _values(
    row: Row, texts: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Measured]]:
    for name, text in texts.items():
        try:
            found = written(text)
        except NotWrittenError as wrong:
            problems.append(told(wrong.reason, sheet=row.sheet, row=row.number, column=name))
            continue
        yield from measured({name: found}).items()


def _target(row: Row, standard: Standard, problems: list[Problem]) -> str | None:
    given = row.text("target")
    if not given:
        return None
    known = [one.id for one in standard.levels[:-1]]
    level = level_of(standard, given)
    if level in known:
        return level
    reason = NO_LEVEL.format(value=given, known="、".join(known))
    problems.append(told(reason, sheet=row.sheet, row=row.number, column="target"))
    return None


def level_of(standard: Standard, given: str) -> str | None:
    """Return the class a text names (Ⅲ类, III, 3类, 劣Ⅴ类); None where it names none."""
    level = given.strip().translate(_ROMAN).removesuffix("类").strip()
    known = {name: one.id for one in standard.levels for name in (one.id.upper(), one.label.zh)}
    return known.get(level.upper()) or known.get(given.strip())
