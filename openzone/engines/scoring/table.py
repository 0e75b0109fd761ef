"""Files of enterprises with their figures → entries, or every problem and nothing read."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from openzone.engines.scoring.model import Entry, Scheme
from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.csvfile import decoded
from openzone.engines.tables.kinds import OPERATOR_LIMITS
from openzone.engines.tables.objects import Objects, errors, told
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.tables.reading import read_table
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text

NO_ROWS = Text("文件里没有企业", "the file holds no enterprises")
NO_NAME = Text("没有企业名称", "no enterprise is named")
TWICE = Text("“{name}”已在第{row}行出现", "“{name}” was in row {row} already")
NEGATIVE = Text("{column}不能为负", "{column} cannot be negative")
BELOW_ZERO = frozenset({"tax", "value_added", "adjust"})
"""A tax refund or a loss may be; there is no land below zero."""


def _field(
    name: str, kind: str, zh: str, en: str, aliases: str = "", unit: str | None = None
) -> Field:
    below = name in BELOW_ZERO
    return Field(name, kind, unit, zh, en, tuple(aliases.split()), below_zero=below)


FIGURES = (
    _field("land", "area", "用地面积", "land", "占地面积 面积 用地"),
    _field("tax", "yuan", "评价税收", "tax", "税收 税收实际贡献 实缴税收 入库税收"),
    _field("value_added", "yuan", "工业增加值", "value added", "增加值"),
    _field("energy", "number", "综合能耗", "energy", "能耗 综合能源消费量 能耗总量", "tce"),
    _field("emissions", "number", "主要污染物排放量", "emissions", "排放量 污染物排放量", "tonne"),
    _field("employees", "number", "年平均职工人数", "employees", "职工人数 从业人数 平均用工人数"),
    _field("rd_expense", "yuan", "研发费用", "R&D expense", "研发经费 R&D经费 rd"),
    _field("revenue", "yuan", "主营业务收入", "revenue", "营业收入 销售收入 主营收入"),
    _field("electricity", "number", "用电量", "electricity", "电量", "kwh"),
)
VOCABULARY = Vocabulary(
    (
        _field("id", "text", "编号", "id", "信用代码 统一社会信用代码 uscc code"),
        _field("name", "text", "企业名称", "name", "企业 名称 单位名称 enterprise firm company"),
        Field(
            "group", "text", None, "分组", "group", ("类别", "规上规下", "企业类型"),
            (
                Choice("above", ("规上", "规上企业", "above")),
                Choice("below", ("规下", "规下企业", "below")),
            ),
        ),
        _field("parcel", "text", "宗地", "parcel", "宗地编号 地块 地块编号"),
        _field("veto", "text", "一票否决", "veto", "否决事项 否决"),
        _field("unsuitable", "text", "不参评原因", "unsuitable", "不参评 不宜参评"),
        _field("adjust", "number", "加减分", "adjust", "加分 扣分 调整分"),
        *FIGURES,
    )
)  # fmt: skip


def read_entries(path: Path, scheme: Scheme, as_of: dt.date) -> list[Entry]:
    """Read enterprises; who names no group is in the scheme's first.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = _rows(path, as_of)
    if not rows:
        problems.append(told(NO_ROWS))
    usual = next(iter(scheme.groups))
    seen: dict[str, int] = {}
    found = [entry for row in rows if (entry := _entry(row, usual, seen, problems))]
    if wrong := errors(problems):
        raise TableProblems(wrong)
    return found


def _rows(path: Path, as_of: dt.date) -> tuple[Sequence[Row], list[Problem]]:
    kind = path.suffix.lower()
    if kind not in (".json", ".jsonl"):
        found = read_table(path.name, path, VOCABULARY, as_of=as_of, limits=OPERATOR_LIMITS, key=())
        return found.rows, list(found.problems)
    objects = Objects(VOCABULARY, as_of, within="")
    objects.read(decoded(path.read_bytes()), lines=kind == ".jsonl")
    return objects.rows, objects.problems


def _entry(row: Row, usual: str, seen: dict[str, int], problems: list[Problem]) -> Entry | None:
    name, key = _text(row, "name"), _text(row, "id") or _text(row, "name")
    faults = list(_faults(row, name, key, seen))
    problems += [told(why, sheet=row.sheet, row=row.number, column=at) for at, why in faults]
    if faults:
        return None
    seen[key] = row.number
    return Entry(
        key, name or key, _text(row, "group") or usual,
        {one.name: value for one in FIGURES if (value := _number(row, one.name)) is not None},
        _text(row, "parcel"), _text(row, "veto"), _text(row, "unsuitable"),
        _number(row, "adjust") or Decimal(0),
    )  # fmt: skip


def _faults(row: Row, name: str, key: str, seen: dict[str, int]) -> Iterator[tuple[str, Text]]:
    if not key:
        yield "name", NO_NAME
    if key in seen:
        yield "id", TWICE.format(name=name or key, row=seen[key])
    for one in FIGURES:
        value = _number(row, one.name)
        if value is not None and value < 0 and one.name not in BELOW_ZERO:
            label = one.label
            yield (
                one.name,
                Text(NEGATIVE.zh.format(column=label.zh), NEGATIVE.en.format(column=label.en)),
            )


def _text(row: Row, name: str) -> str:
    value = row.values.get(name)
    return str(value.value).strip() if value is not None else ""


def _number(row: Row, name: str) -> Decimal | None:
    value = row.values.get(name)
    return value.value if value is not None and isinstance(value.value, Decimal) else None
