"""Files of enterprises with their figures → entries, or every problem and nothing read."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openzone.engines.scoring.model import Entry
from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.listing import read_list
from openzone.engines.tables.objects import errors, told
from openzone.engines.tables.problems import Problem, TableProblems
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text

NO_ROWS = Text("文件里没有企业", "the file holds no enterprises")
NO_NAME = Text("没有企业名称", "no enterprise is named")
TWICE = Text("“{name}”已在第{row}行出现", "“{name}” was in row {row} already")
NO_LEAD = Text(
    "随“{name}”评价，表中没有这一家，或它自己也随别家",
    "goes with “{name}”, who is not in the table, or goes with another itself",
)
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
ABOUT = (
    _field("id", "text", "编号", "id", "信用代码 统一社会信用代码 uscc code"),
    _field(
        "name", "text", "企业名称", "name", "企业 名称 单位名称 参评对象 enterprise firm company"
    ),
    _field("parcel", "text", "宗地", "parcel", "宗地编号 地块 地块编号"),
    _field("follows", "text", "随谁评价", "follows", "出租方 随同评价 landlord"),
    _field("industry", "text", "行业代码", "industry", "国民经济行业代码"),
    _field("registered", "date", "成立日期", "registered", "注册日期 登记日期"),
    _field("land_since", "date", "取得土地日期", "land since", "供地日期 拿地日期"),
    _field("veto", "text", "一票否决", "veto", "否决事项 否决"),
    _field("unsuitable", "text", "不参评原因", "unsuitable", "不参评 不宜参评"),
    _field("adjust", "number", "加减分", "adjust", "加分 扣分 调整分"),
)
GROUPS = {"above": ("规上", "规上企业"), "below": ("规下", "规下企业")}
"""What tables call the usual groups besides the names the scheme gives them."""


def extra(name: str, label: Text, aliases: Sequence[str], below_zero: bool) -> Field:
    """Return the column of a figure that only this scheme has."""
    return Field(name, "number", None, label.zh, label.en, tuple(aliases), below_zero=below_zero)


@dataclass(frozen=True, slots=True)
class Columns:
    """What tables of a scheme hold besides the usual: its groups with their names, its figures."""

    groups: Mapping[str, Sequence[str]]
    extra: tuple[Field, ...] = ()

    @property
    def figures(self) -> tuple[Field, ...]:
        """Every column that holds a figure."""
        return (*FIGURES, *self.extra)

    @property
    def vocabulary(self) -> Vocabulary:
        """Every column."""
        choices = tuple(
            Choice(id_, tuple(dict.fromkeys((id_, *names, *GROUPS.get(id_, ())))))
            for id_, names in self.groups.items()
        )
        group = Field(
            "group", "text", None, "分组", "group",
            ("类别", "规上规下", "企业类型", "参评类别"), choices,
        )  # fmt: skip
        return Vocabulary((*ABOUT, group, *self.figures))


def read_entries(path: Path, columns: Columns, as_of: dt.date) -> tuple[list[Entry], list[Problem]]:
    """Read enterprises, with what nobody needs to mend; who names no group is in the first.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = read_list(path, columns.vocabulary, as_of)
    if not rows:
        problems.append(told(NO_ROWS))
    seen: dict[str, int] = {}
    found = [entry for row in rows if (entry := _entry(row, columns, seen, problems))]
    problems += _leaders(found, seen)
    if wrong := errors(problems):
        raise TableProblems(wrong)
    return found, problems


def _leaders(found: Sequence[Entry], seen: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a problem for everybody who goes with somebody that is not there, or follows too."""
    leads = {one.id for one in found if not one.follows}
    for one in found:
        if one.follows and one.follows not in leads:
            reason = NO_LEAD.format(name=one.follows)
            yield told(reason, row=seen[one.id], column="follows")


def _entry(
    row: Row, columns: Columns, seen: dict[str, int], problems: list[Problem]
) -> Entry | None:
    name, key = row.text("name"), row.text("id") or row.text("name")
    faults = list(_faults(row, columns, key, seen))
    problems += [told(why, sheet=row.sheet, row=row.number, column=at) for at, why in faults]
    if faults:
        return None
    seen[key] = row.number
    return Entry(
        key, name or key, row.text("group") or next(iter(columns.groups)),
        {f.name: value for f in columns.figures if (value := row.decimal(f.name)) is not None},
        row.text("parcel"), row.text("veto"), row.text("unsuitable"),
        row.decimal("adjust") or Decimal(0), row.text("follows"), row.text("industry"),
        row.day("registered"), row.day("land_since"),
    )  # fmt: skip


def _faults(
    row: Row, columns: Columns, key: str, seen: dict[str, int]
) -> Iterator[tuple[str, Text]]:
    if not key:
        yield "name", NO_NAME
    if key in seen:
        yield "id", TWICE.format(name=row.text("name") or key, row=seen[key])
    for one in columns.figures:
        value = row.decimal(one.name)
        if value is not None and value < 0 and not one.below_zero:
            label = one.label
            zh, en = NEGATIVE.zh.format(column=label.zh), NEGATIVE.en.format(column=label.en)
            yield one.name, Text(zh, en)
