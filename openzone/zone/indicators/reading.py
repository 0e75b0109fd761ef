"""A row of a batch, in the words it was given in → a figure, or what is wrong with it.

Every text is checked: no character no database keeps, no more than the record has room for.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from openzone.engines.series.model import Observation
from openzone.engines.series.table import VOCABULARY, Reader
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.rows import Row
from openzone.engines.tables.units import Unit, parse_unit
from openzone.engines.tables.values import Value, read_value
from openzone.engines.text import Text
from openzone.packs.series import IndicatorPack
from openzone.zone.errors import Refused
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import definitions, ensure_indicator

MORE: Final = (
    Field("page", "text", None, "页码", "page", ("页", "版面")),
    Field("quote", "text", None, "原文", "quote", ("原句", "引文")),
    Field("address", "text", None, "网址", "address", ("链接", "url")),
    Field("explanation", "text", None, "说明", "explanation", ("备注", "remark", "note")),
)
COLUMNS: Final = Vocabulary((*VOCABULARY.fields, *MORE))
"""What a row may say."""

LONGEST: Final[Mapping[str, int]] = {
    "value": 64, "unit": 32, "growth": 32, "target": 64, "basis": 64, "among": 64, "source": 300,
    "page": 32, "quote": 500, "address": 500, "explanation": 500,
}  # fmt: skip
MOST_RANK: Final = 2_147_483_647

NO_COLUMN: Final = Text("没有“{name}”这一列", "there is no column “{name}”")
CONTROL: Final = Text("含有不可见的控制字符", "holds control characters")
TOO_LONG: Final = Text("最多{n}个字", "at most {n} characters")
NO_UNIT: Final = Text("请写明单位，如 {unit}", "say the unit, such as {unit}")
OTHER_UNIT: Final = Text(
    "“{indicator}”以{unit}计，“{given}”不是这一类单位",
    "“{indicator}” is counted in {unit}; “{given}” measures something else",
)
NO_RANK: Final = Text("名次应在1到参评个数之间", "a rank is from 1 to the size of the group")
NOT_A_LINK: Final = Text("网址应以 http:// 或 https:// 开头", "begins with http:// or https://")
NOTHING: Final = Text(
    "数值、同比、位次至少写一项；确无数据请写“—”，不适用请写“不适用”",
    "give a value, a growth or a rank; write — where nothing was reported, N/A where none applies",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_QUALIFIER = re.compile(r"接近|将近|近|突破|超过|超出|超|逾|大约|约|余|多|左右|上下")
_SHORT = {"接近": "近", "将近": "近", "超过": "超", "超出": "超", "大约": "约"}
_SHARES = frozenset({"ratio", "points"})


class Said(NamedTuple):
    """What a row says: the figure, its indicator, and what stands beside the number."""

    observation: Observation
    indicator: IndicatorPack
    qualifier: str


def read_row(given: Mapping[str, str], entity: Entity, as_of: dt.date, number: int = 0) -> Said:
    """Read a row.

    Raises:
        Refused: with the column at fault as its field.

    """
    texts = {name: _text(name, value) for name, value in given.items()}
    indicator = ensure_indicator(texts.get("series", ""))
    if not any(texts.get(name) for name in ("value", "growth", "rank")):
        raise Refused(NOTHING, field="value")
    values = {name: found for name, text in texts.items() if (found := _value(name, text))}
    one = _observed(Row("", number, values))
    ensure_unit(one, texts, indicator)
    _ensure_rank(one)
    if (link := texts.get("address", "")) and not link.startswith(("http://", "https://")):
        raise Refused(NOT_A_LINK, field="address")
    one = replace(one, subject=str(entity.pk), series=indicator.id)
    return Said(one, indicator, qualifier(texts.get("value", "")))


def qualifier(text: str) -> str:
    """Return 近, 余, 超 or 约 where a number is qualified by it.

    >>> qualifier("近200亿元"), qualifier("1590余家"), qualifier("19.3亿元")
    ('近', '余', '')
    """
    found = _QUALIFIER.search(text)
    return _SHORT.get(found[0], found[0]) if found else ""


def ensure_unit(one: Observation, texts: Mapping[str, str], indicator: IndicatorPack) -> None:
    """Refuse a unit that measures something else than the indicator, and none where one counts."""
    if one.value is None:
        return
    given = texts.get("unit") or texts.get("value", "")
    wanted = parse_unit(indicator.unit) if indicator.unit else None
    if wanted is None:
        if one.unit not in ("", indicator.unit):
            raise Refused(_other(indicator, given), field="unit")
        return
    if one.unit in (indicator.unit, *indicator.also) or _is_share(wanted, texts, given):
        return
    if one.unit == "" and wanted.kind == "count" and not _has_unit(texts):
        return
    if one.unit == "" and not _has_unit(texts):
        raise Refused(NO_UNIT.format(unit=indicator.unit), field="unit")
    found = parse_unit(one.unit)
    if wanted.kind != "count" or found is None or found.kind != "count":
        raise Refused(_other(indicator, given), field="unit")


def _is_share(wanted: Unit, texts: Mapping[str, str], given: str) -> bool:
    written = any(mark in given for mark in "%％‰点") or "百分" in texts.get("unit", "")
    return wanted.kind in _SHARES and written


def _has_unit(texts: Mapping[str, str]) -> bool:
    """Whether a unit was written; a bare 万 or 亿 is none."""
    words = [texts.get("unit", ""), *re.findall(r"[^\d.,，\s+-]+$", texts.get("value", ""))]
    units = [parse_unit(word.strip()) for word in words if word.strip()]
    return any(unit is None or unit.kind != "any" for unit in units)


def _other(indicator: IndicatorPack, given: str) -> Text:
    label = indicator.label.text
    unit = indicator.unit or "—"
    return Text(
        OTHER_UNIT.zh.format(indicator=label.zh, unit=unit, given=given),
        OTHER_UNIT.en.format(indicator=label.en, unit=unit, given=given),
    )


def _text(name: str, value: object) -> str:
    if name not in COLUMNS:
        raise Refused(NO_COLUMN.format(name=name[:40]), field="given")
    text = str(value).strip()
    if _CONTROL.search(text):
        raise Refused(CONTROL, field=name)
    if len(text) > LONGEST.get(name, 100):
        raise Refused(TOO_LONG.format(n=LONGEST.get(name, 100)), field=name)
    return text


def _value(name: str, text: str) -> Value | None:
    reading = read_value(text, COLUMNS[name], None)
    if reading.fault is not None:
        raise Refused(reading.fault.reason, field=name)
    return reading.value


def _observed(row: Row) -> Observation:
    reader = Reader(definitions())
    reader.read(row)
    for problem in reader.problems:
        raise Refused(problem.reason, field=problem.column or "value")
    return reader.found[0]


def _ensure_rank(one: Observation) -> None:
    if one.rank is None and one.group is None:
        return
    if max(one.rank or 0, one.group or 0) > MOST_RANK:
        raise Refused(NO_RANK, field="rank")
    if one.rank is not None and one.group is not None and one.rank > one.group:
        raise Refused(NO_RANK, field="rank")


def columns() -> Iterable[Field]:
    """Return what a row may say, in the order of a form."""
    return COLUMNS.fields
