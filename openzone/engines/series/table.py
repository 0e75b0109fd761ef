"""Files of published figures → observations, or every problem and nothing read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openzone.engines.series.model import Definition, Observation, State, Status, tidied
from openzone.engines.series.periods import Period, read_period
from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.listing import read_list
from openzone.engines.tables.numbers import Quantity, clean, read_quantity
from openzone.engines.tables.objects import errors, told
from openzone.engines.tables.problems import Fault, Problem, TableProblems
from openzone.engines.tables.rows import Row
from openzone.engines.tables.units import Unit, parse_unit
from openzone.engines.text import Text

NO_ROWS = Text("文件里没有数据", "the file holds no figures")
ABSENT = Text("没有{column}", "no {column} is given")
NO_UNIT = Text("“{unit}”不是单位", "“{unit}” is no unit")
TWO_UNITS = Text(
    "“{value}”的单位与单位列“{unit}”不一致",
    "“{value}” does not measure what the column “{unit}” says",
)
OTHER_UNIT = Text(
    "“{series}”在第{row}行以{first}计，此处以{second}计",
    "“{series}” is in {first} in row {row} and in {second} here",
)
NOT_WHOLE = Text("“{given}”不是名次", "“{given}” is no place")
TWICE = Text(
    "与第{row}行是同一指标、对象、期间、口径和发布日期，数值不同",
    "row {row} has another value for the same indicator, subject, period, basis and publication",
)
MISSING = frozenset({"", "-", "--", "—", "——", "…", "...", "缺", "缺失", "暂无", "未公布"})
NOT_APPLICABLE = frozenset({"not_applicable"})
_BASES = {"yuan": "元", "area": "平方米", "kwh": "千瓦时", "kw": "千瓦", "tce": "吨标准煤",
          "tonne": "吨", "m3": "立方米"}  # fmt: skip
_POINTS = frozenset({"ratio", "points"})


def _text(name: str, zh: str, en: str, aliases: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, "text", None, zh, en, tuple(aliases.split()), choices)


NO_FIGURE = (Choice("not_applicable", ("不适用", "N/A", "×")),)
STATUSES = (
    Choice("expected", ("预计", "预计数", "expected")),
    Choice("flash", ("快报", "快报数", "flash")),
    Choice("preliminary", ("初步", "初步核算", "初步核算数", "初步数", "preliminary")),
    Choice("final", ("最终", "最终核实", "最终数", "年报", "final")),
    Choice("restated", ("调整", "修订", "修订数", "调整数", "restated")),
)
VOCABULARY = Vocabulary(
    (
        _text(
            "series",
            "指标",
            "series",
            "指标名称 指标代码 indicator indicator_code indicator_id metric code",
        ),
        _text(
            "subject",
            "对象",
            "subject",
            "地区 园区 企业 单位名称 区域 统计对象 entity region zone enterprise",
        ),
        _text("period", "期间", "period", "时期 时间 月份 报告期 年份 date month"),
        Field(
            "value",
            "text",
            None,
            "数值",
            "value",
            ("数据", "绝对数", "figure", "amount"),
            NO_FIGURE,
            open_choices=True,
        ),
        _text("unit", "单位", "unit", "计量单位"),
        _text("growth", "同比", "growth", "增速 同比增速 同比增长 增长率 增长 yoy growth_rate"),
        _text("same_scope", "同口径", "same_scope", "口径可比 可比"),
        _text("target", "年度目标", "target", "目标 全年目标 任务 年度任务"),
        _text("status", "状态", "status", "数据状态 版本 vintage", STATUSES),
        Field("published", "date", None, "发布日期", "published", ("公布日期", "发布时间")),
        _text("basis", "口径", "basis", "统计口径 定义 definition"),
        _text("rank", "位次", "rank", "排名 名次"),
        _text("group", "参评个数", "group", "总数 参排个数 位次总数 group_size of"),
        _text("among", "排名范围", "among", "参评范围 排位范围 ranked_among"),
        _text("source", "来源", "source", "出处 数据来源"),
    )
)


def read_observations(
    path: Path, definitions: Mapping[str, Definition], as_of: dt.date
) -> tuple[list[Observation], list[Problem]]:
    """Read figures, with what nobody needs to mend; an indicator goes by id, name or alias.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, problems = read_list(path, VOCABULARY, as_of)
    if not rows:
        problems.append(told(NO_ROWS))
    reader = Reader(definitions)
    for row in rows:
        reader.read(row)
    problems += reader.problems
    if wrong := errors(problems):
        raise TableProblems(wrong)
    return reader.found, problems


class Reader:
    """Reads rows one after the other and remembers what they must agree with."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self.names = _names(definitions)
        self.found: list[Observation] = []
        self.problems: list[Problem] = []
        self.units: dict[str, tuple[str, str, int]] = {}
        self.seen: dict[tuple[object, ...], Observation] = {}

    def read(self, row: Row) -> None:
        """Keep the figure of a row, or why it cannot be."""
        faults: list[tuple[str, Text]] = []
        series, period = self._series(row, faults), _period(row, faults)
        quantity, unit = _quantity(row, faults)
        growth = _rate(row, faults)
        target = _amount(row, "target", unit, faults)
        rank, group = (_whole(row, name, faults) for name in ("rank", "group"))
        if not faults and period is not None:
            status = row.text("status")
            one = Observation(
                series, row.text("subject"), period, None, _base(unit),
                status=Status(status) if status else None,
                published=row.day("published"),
                basis=row.text("basis"), growth=growth, target=target, rank=rank, group=group,
                same_scope=row.text("same_scope") in ("是", "yes", "true", "1"),
                source=row.text("source"), row=row.number, among=row.text("among"),
            )  # fmt: skip
            self._keep(_valued(one, row, quantity, unit), unit, faults)
        self.problems += [told(why, sheet=row.sheet, row=row.number, column=at)
                          for at, why in faults]  # fmt: skip

    def _series(self, row: Row, faults: list[tuple[str, Text]]) -> str:
        given = row.text("series")
        if not given:
            faults.append(("series", _absent("series")))
        return self.names.get(clean(given), given)

    def _keep(self, one: Observation, unit: Unit | None, faults: list[tuple[str, Text]]) -> None:
        kind = unit.kind if unit is not None else "count"
        first = (kind, one.unit, one.row)
        if one.value is not None:
            first = self.units.setdefault(one.series, first)
        if first[0] != kind:
            told_ = {"series": one.series, "row": first[2], "first": first[1] or "个",
                     "second": one.unit or "个"}  # fmt: skip
            faults.append(("unit", OTHER_UNIT.format(**told_)))
            return
        key = (one.line, one.period, one.published, one.status)
        before = self.seen.setdefault(key, one)
        if before is not one and (before.value, before.state) != (one.value, one.state):
            faults.append(("value", TWICE.format(row=before.row)))
        elif before is one:
            self.found.append(one)


def _names(definitions: Mapping[str, Definition]) -> dict[str, str]:
    return {
        clean(word): one.id
        for one in definitions.values()
        for word in (one.id, one.name.zh, one.name.en, *one.aliases)
    }


def _period(row: Row, faults: list[tuple[str, Text]]) -> Period | None:
    given = row.text("period")
    found = read_period(given) if given else _absent("period")
    if isinstance(found, Text):
        faults.append(("period", found))
        return None
    return found


def _quantity(
    row: Row, faults: list[tuple[str, Text]]
) -> tuple[Quantity | State, Unit | None]:  # fmt: skip
    """Read the value with its unit: the one behind the number, else that of the unit column."""
    given, unit_text = row.text("value"), row.text("unit")
    unit = parse_unit(unit_text) if unit_text else None
    if unit_text and unit is None:
        unit = Unit(unit_text, unit_text, Decimal(1))  # 个 of something we have no word for
    word = clean(given)
    if word in MISSING:
        return State.MISSING, unit
    if word in NOT_APPLICABLE:
        return State.NOT_APPLICABLE, unit
    found = read_quantity(given)
    if isinstance(found, Fault):
        faults.append(("value", found.reason))
        return State.MISSING, unit
    if found.unit is not None and unit is not None and found.unit.kind not in (unit.kind, "any"):
        faults.append(("value", TWO_UNITS.format(value=given, unit=unit_text)))
    return found, _unit_of(found, unit)


def _unit_of(found: Quantity, column: Unit | None) -> Unit | None:
    """Return the unit a number stands in; one that carries its own 万 leaves the column's out."""
    if found.unit is not None:
        return found.unit
    if column is not None and found.scaled:
        return replace(column, multiple=Decimal(1))
    return column


def _valued(
    one: Observation, row: Row, quantity: Quantity | State, unit: Unit | None
) -> Observation:  # fmt: skip
    if isinstance(quantity, State):
        return replace(one, state=quantity)
    factor = unit.factor if unit is not None else Decimal(1)
    value = quantity.amount * factor
    step = _step(row.text("value"), quantity.amount) * factor
    approx = row.text("value") if quantity.approx else ""
    return replace(one, value=tidied(value), step=step, approx=approx)


def _step(given: str, amount: Decimal) -> Decimal:
    """Return what the last printed digit stands for: 0.1 of 19.3, a hundred million of 19亿."""
    digits = next((part for part in clean(given).split("亿")[0].split("万")[:1]), "")
    decimals = len(digits.partition(".")[2].rstrip("余多%"))
    written = Decimal(1).scaleb(-decimals if decimals else 0)
    number = "".join(char for char in digits if char.isdigit() or char == ".").strip(".")
    scale = abs(amount) / Decimal(number) if number and Decimal(number) else Decimal(1)
    return written * scale


def _rate(row: Row, faults: list[tuple[str, Text]]) -> Decimal | None:
    """Read a growth rate in percent, 倍 or as a bare number of percent."""
    given = row.text("growth")
    if clean(given) in MISSING | NOT_APPLICABLE:
        return None
    word = clean(given)
    for prefix, sign in (("增长", ""), ("下降", "-"), ("+", ""), ("上升", ""), ("减少", "-")):
        if word.startswith(prefix):
            word = sign + word.removeprefix(prefix)
    if word.endswith("倍"):
        word, times = word.removesuffix("倍"), Decimal(100)
    else:
        times = Decimal(1)
    found = read_quantity(word)
    if isinstance(found, Fault) or (found.unit is not None and found.unit.kind not in _POINTS):
        text = found.reason if isinstance(found, Fault) else NO_UNIT.format(unit=given)
        faults.append(("growth", text))
        return None
    scale = found.unit.factor if found.unit is not None else Decimal("0.01")
    return found.amount * scale * times


def _amount(
    row: Row, name: str, unit: Unit | None, faults: list[tuple[str, Text]]
) -> Decimal | None:  # fmt: skip
    given = row.text(name)
    if clean(given) in MISSING | NOT_APPLICABLE:
        return None
    found = read_quantity(given)
    if isinstance(found, Fault):
        faults.append((name, found.reason))
        return None
    own = _unit_of(found, _column_unit(row) or unit)
    return tidied(found.amount * (own.factor if own is not None else Decimal(1)))


def _column_unit(row: Row) -> Unit | None:
    return parse_unit(row.text("unit")) if row.text("unit") else None


def _whole(row: Row, name: str, faults: list[tuple[str, Text]]) -> int | None:
    given = clean(row.text(name)).removeprefix("第").removesuffix("位").removesuffix("名")
    if given in MISSING | NOT_APPLICABLE:
        return None
    found = read_quantity(given)
    if isinstance(found, Fault) or found.amount % 1 or found.amount < 1:
        faults.append((name, NOT_WHOLE.format(given=given)))
        return None
    return int(found.amount)


def _base(unit: Unit | None) -> str:
    """Return what the base unit is called; a growth in points is kept as a share like percent."""
    if unit is None:
        return ""
    if unit.kind == "foreign":
        return unit.text.lstrip("十百千万亿")
    if unit.kind in _POINTS:
        return ""
    return _BASES.get(unit.kind, unit.text.lstrip("十百千万亿"))


def _absent(name: str) -> Text:
    label = VOCABULARY[name].label
    return Text(ABSENT.zh.format(column=label.zh), ABSENT.en.format(column=label.en))
