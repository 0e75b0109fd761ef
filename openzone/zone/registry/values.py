"""Values as they are stored (exact canonical text) and as they are used (typed)."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from openzone.engines.facts.catalogue import NEVER, FactType, SeriesSpec
from openzone.engines.tables.values import NONE_WORDS
from openzone.engines.text import Text
from openzone.packs.codes import CHECKS

Value = Decimal | dt.date | bool | str

_TRUTH = {"true": True, "false": False}
# Beyond this a number is a typing mistake or an attack: the sum of all revenue in China has 15
# digits. It also keeps exponents such as 1E+999999 from filling the disk when written out.
_DIGITS = 24
_MAX_TEXT = 4_000


class InvalidValueError(ValueError):
    """A value does not fit its series; ``reason`` says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.reason = Text(zh, en)


def canonical(spec: SeriesSpec, value: object) -> str:
    """Return the one text under which ``value`` is stored for this series.

    Accepts typed values and plain strings (``"1200.50"``, ``"2025-12-31"``, ``"true"``). Raises
    :class:`InvalidValueError`. An empty string is not a value: the unknown is not stated at all.
    """
    if spec.type.is_numeric:
        return _number(spec, value)
    match spec.type:
        case FactType.DATE:
            return _date(spec, value)
        case FactType.BOOL:
            return _bool(value)
        case FactType.CODE:
            return _code(spec, _text(spec, value))
        case _:
            return _text(spec, value)


def typed(fact_type: FactType, stored: str) -> Value:
    """Return the typed value of a canonical text."""
    return reader(fact_type)(stored)


def reader(fact_type: FactType) -> Callable[[str], Value]:
    """Return the function that types canonical texts of this type."""
    return _READERS.get(fact_type, Decimal if fact_type.is_numeric else str)


def _read_date(stored: str) -> Value:
    return dt.date.fromisoformat(stored)


def _read_bool(stored: str) -> Value:
    return _TRUTH[stored]


_READERS: Mapping[FactType, Callable[[str], Value]] = {
    FactType.DATE: _read_date,
    FactType.BOOL: _read_bool,
}


def _number(spec: SeriesSpec, value: object) -> str:
    if isinstance(value, bool):
        raise InvalidValueError("应为数字", "must be a number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise InvalidValueError("应为数字", "must be a number") from None
    if not number.is_finite():
        raise InvalidValueError("不是有限的数", "is not a finite number")
    if number.adjusted() > _DIGITS or -_exponent(number) > _DIGITS:
        raise InvalidValueError("数字过大或小数位过多", "has too many digits")
    if spec.is_count and number < 0:
        raise InvalidValueError("不能小于 0", "cannot be below 0")
    return plain(number)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def plain(number: Decimal) -> str:
    """Write a finite number without exponent, trailing zeros or a negative zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _date(spec: SeriesSpec, value: object) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if spec.can_be_absent and str(value).strip() in NONE_WORDS:
        return NEVER.isoformat()
    try:
        return dt.date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise InvalidValueError(
            "应为日期，如 2025-12-31", "must be a date such as 2025-12-31"
        ) from None


def _bool(value: object) -> str:
    text = str(value).strip().lower()
    if text not in _TRUTH:
        raise InvalidValueError("应为“是”或“否”", "must be yes or no")
    return text


def _code(spec: SeriesSpec, text: str) -> str:
    check = CHECKS.get(spec.name)
    if check is None:
        return text
    code, reason, _ = check(text)
    if code is None:
        wrong = reason or Text("不是代码", "is no code")
        raise InvalidValueError(wrong.zh, wrong.en)
    return code


def _text(spec: SeriesSpec, value: object) -> str:
    text = str(value).strip()
    if not text or "\x00" in text:
        raise InvalidValueError("不能为空", "must not be empty")
    if len(text) > _MAX_TEXT:
        raise InvalidValueError(f"超过 {_MAX_TEXT} 字", f"is longer than {_MAX_TEXT} characters")
    if spec.choices and text not in spec.choices:
        options = "、".join(spec.choices)
        raise InvalidValueError(
            f"应为以下之一：{options}", f"must be one of: {', '.join(spec.choices)}"
        )
    return text
