"""Cell → typed value, or the reason why not. Missing is None, never zero and never “no”."""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from openzone.engines.facts.catalogue import NEVER
from openzone.engines.tables.columns import Choice, Field
from openzone.engines.tables.dates import read_date
from openzone.engines.tables.headers import normalise
from openzone.engines.tables.marks import MarkKind
from openzone.engines.tables.numbers import (
    MAX_EXPONENT,
    Quantity,
    decimal_of,
    plain_decimal,
    read_quantity,
)
from openzone.engines.tables.problems import Fault
from openzone.engines.tables.units import PERCENT, Unit, fits, parse_unit, plain, size_of
from openzone.engines.tables.workbook import Cell

Scalar = str | Decimal | bool | dt.date

# Whole numbers from here on have lost digits in Excel, which keeps 15.
FIRST_INEXACT = 10**15
# An area in 亩 has no finite number of square metres; a ten-thousandth of one is kept.
AREA_STEP = Decimal("0.0001")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# All in the form `plain` gives.
MISSING_WORDS = _words(
    r"- -- --- — —— ― ─ – / // \ . ... ...... 空 空白 无 没有 暂无 暂缺 (空) (无)"
    " 未知 未填 未填写 未提供 待定 待补 待补充 不详 不明 不清楚 不适用 无数据"
    " n/a na #na null none nil <na> <null> tbd"
)
LONGEST_MISSING = 20  # no mark is longer, even spaced out; longer cells need no look
YES_WORDS = _words("是 有 对 真 已 y yes true t 1 √ ✓ ✔ ☑ 属于 符合 具有 具备")
NO_WORDS = _words(
    "否 无 没有 (无) 不是 非 未 假 n no false f 0 × ✗ ✘ x ☐ 不属于 不符合 不具有 不具备"
)
# Of a certificate these say "there is none"; of anything else, that nothing was filled in.
NONE_WORDS = _words("无 没有 (无) 未取得 未获得 无证书 none")
_EXCEL_ERROR = re.compile(
    r"#(?:n/a|div/0!|value!|ref!|name\?|num!|null!|spill!|calc!|getting_data|#+)"
)
# What Excel leaves of a long code when it saves it as csv.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+(?:1[1-9]|2\d)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value with what was written: `original` is the cell's text, `unit` the unit applied.

    Money is in yuan, areas in m², ratios as decimals; numbers are `Decimal`.
    """

    value: Scalar
    original: str
    unit: str = ""
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell gave: a value, a fault, both (a warning), or neither (missing)."""

    value: Value | None = None
    fault: Fault | None = None


MISSING = Reading()


def read_value(
    cell: Cell, field: Field, unit: Unit | None = None, mark: MarkKind | None = None
) -> Reading:
    """Read one cell for a field.

    `unit` is the unit of the column, None for the field's own; `mark` what the cell is besides
    its value (a percent format means that a stored 0.035 shows as 3.5%).
    """
    if isinstance(cell, str) and "#" in cell and _EXCEL_ERROR.fullmatch(plain(cell)):
        return _fault("excel_error", cell)
    if isinstance(cell, str) and field.choices and (found := _choice(cell, field)):
        return Reading(Value(found, cell.strip()))
    if field.can_be_absent and isinstance(cell, str) and plain(cell) in NONE_WORDS:
        return Reading(Value(NEVER, cell.strip()))
    if is_missing(cell, field.type):
        return MISSING
    if field.is_measured:
        return _number(cell, field, unit, mark)
    if mark is MarkKind.PERCENT and field.type == "text" and isinstance(cell, int | float):
        cell = f"{plain_decimal(decimal_of(cell) * 100)}%"  # as its owner sees it
    return _READERS[field.type](cell, field)


def is_missing(cell: Cell, field_type: str = "text") -> bool:
    """Whether a cell says that there is no value: empty, —, 不详, N/A; 无 except for yes/no."""
    if cell is None:
        return True
    if not isinstance(cell, str) or len(cell) > LONGEST_MISSING:
        return False
    word = plain(cell)
    if field_type == "bool" and word in NO_WORDS:
        return False
    return not word or word in MISSING_WORDS


def shown(cell: Cell) -> str:
    """A cell as its owner sees it, near enough for a message."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return format(cell, ".15g")
        case dt.datetime():
            midnight = cell.time() == dt.time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ")
        case _:
            return str(cell).strip()


def jump(value: Value, previous: Decimal) -> Fault | None:
    """Warn where a number is about 10⁴ or 10⁸ times another, or that part of it: a wrong unit."""
    if not isinstance(value.value, Decimal) or not previous or not value.value:
        return None
    times = abs(value.value / previous)
    for power in (4, 8, -4, -8):
        if Decimal("0.5") <= times / Decimal(10) ** power <= 2:
            values = {"value": value.original, "previous": previous, "times": _rounded(times)}
            return Fault("unit_jump", values)
    return None


def _rounded(times: Decimal) -> str:
    return f"{times:,.0f}" if times >= 1 else f"1/{1 / times:,.0f}"


def _fault(code: str, cell: Cell, **more: object) -> Reading:
    return Reading(fault=Fault(code, {"value": shown(cell), **more}))


def _choice(cell: str, field: Field) -> str | None:
    return _choices_by_word(field.choices).get(normalise(cell))


@lru_cache(maxsize=256)
def _choices_by_word(choices: tuple[Choice, ...]) -> dict[str, str]:
    return {normalise(word): each.value for each in choices for word in (each.value, *each.labels)}


def _number(cell: Cell, field: Field, unit: Unit | None, mark: MarkKind | None) -> Reading:
    if isinstance(cell, bool | dt.time | dt.timedelta) or not isinstance(
        cell, str | int | float | Decimal | dt.date
    ):
        return _fault("type_unsupported", cell, field=field.label)
    if isinstance(cell, dt.date):
        return _fault("number_is_date", cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return _fault("not_finite", cell)
    if isinstance(cell, str):
        found = read_quantity(cell)
        if isinstance(found, Fault):
            return Reading(fault=found)
        return _measured(cell, found, field, unit)
    if mark is MarkKind.SCALED:
        return _fault("scaled_format", cell)
    quantity = Quantity(decimal_of(cell))
    if mark is MarkKind.PERCENT and field.type == "ratio":
        quantity, unit = Quantity(quantity.amount * 100, parse_unit(PERCENT)), None
    return _measured(cell, quantity, field, unit)


def _measured(cell: Cell, found: Quantity, field: Field, column: Unit | None) -> Reading:
    """Apply the unit in the cell, else the unit of the column, else the field's own."""
    unit = found.unit or column
    if found.unit is not None and not fits(found.unit, field.type, field.unit):
        return _unfit(cell, found.unit, field)
    amount = plain_decimal(_converted(found, unit, field))
    if amount is None:
        return _fault("number_too_long", cell)
    written = unit.text if unit else ""
    value = Value(amount, shown(cell), written, found.approx)
    if field.type == "ratio" and abs(amount) > 1 and not field.above_one:
        return _large_ratio(cell, value)
    if field.is_count and amount < 0:
        return _fault("number_negative", cell, field=field.label)
    if found.approx:
        words = {"value": shown(cell), "read": f"{amount:f}"}
        return Reading(value, Fault("approximate", words))
    return Reading(value)


def _converted(found: Quantity, unit: Unit | None, field: Field) -> Decimal:
    if unit is None:
        return found.amount
    # A cell's own 万 replaces the multiple of the column: 3200万 under 万元 is 3200万元.
    own = found.unit is not None or not found.scaled
    amount = found.amount * (unit.factor if own else unit.base) / size_of(field.type, field.unit)
    if field.type == "area" and amount.adjusted() <= MAX_EXPONENT:
        return amount.quantize(AREA_STEP, ROUND_HALF_EVEN)
    return amount


def _unfit(cell: Cell, unit: Unit, field: Field) -> Reading:
    if unit.kind == "foreign":
        return _fault("foreign_currency", cell, unit=unit.text)
    if unit.kind == "points":
        return _fault("percentage_points", cell)
    expected = {"unit": unit.text, "field": field.label, "expected": field.expected}
    return _fault("unit_mismatch", cell, **expected)


def _large_ratio(cell: Cell, value: Value) -> Reading:
    if value.unit:
        return Reading(value, Fault("ratio_above_one", {"value": shown(cell)}))
    number = value.value
    assert isinstance(number, Decimal)  # noqa: S101 - ratios are numbers; tells the type checker
    decimal = plain_decimal(number / 100)
    return _fault("ratio_unit", cell, percent=f"{number:f}%", decimal=f"{decimal:f}")


def _date(cell: Cell, field: Field) -> Reading:
    if isinstance(cell, bool | dt.time | dt.timedelta | Decimal):
        return _fault("type_unsupported", cell, field=field.label)
    found = read_date(cell, field.precision)
    if isinstance(found, Fault):
        return Reading(fault=found)
    return Reading(Value(found, shown(cell)))


def _bool(cell: Cell, field: Field) -> Reading:
    word = plain(shown(cell))
    if isinstance(cell, str | bool | int | float) and word in YES_WORDS | NO_WORDS:
        return Reading(Value(word in YES_WORDS, shown(cell)))
    return _fault("bool_unreadable", cell)


def _text(cell: Cell, field: Field) -> Reading:
    lost = _lost_digits(cell)
    if lost or not isinstance(cell, str | int | float | bool | dt.date | Decimal):
        code = "digits_lost" if lost else "type_unsupported"
        return _fault(code, cell, field=field.label)
    text = _INVISIBLE.sub("", shown(cell)).replace("\r\n", "\n").replace("\xa0", " ").strip()
    if field.choices and not field.open_choices:
        words = "、".join((each.labels or (each.value,))[0] for each in field.choices)
        return _fault("choice_unknown", cell, choices=words)
    return Reading(Value(text, shown(cell)))


def _code(cell: Cell, field: Field) -> Reading:
    """A code is half-width, upper case, without blanks, and in its standard form if it has one."""
    reading = _text(cell, field)
    if reading.value is None:
        return reading
    written, original = plain(str(reading.value.value)).upper(), reading.value.original
    if field.check is None:
        return Reading(Value(written, original))
    code, reason, _ = field.check(written)
    if code is None:
        return _fault("code_invalid", cell, reason=reason)
    return Reading(Value(code, original))


def _lost_digits(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_SCIENTIFIC.fullmatch(cell.strip()))
    return isinstance(cell, float) and abs(cell) >= FIRST_INEXACT


_READERS: dict[str, Callable[[Cell, Field], Reading]] = {
    "date": _date,
    "bool": _bool,
    "text": _text,
    "code": _code,
}
