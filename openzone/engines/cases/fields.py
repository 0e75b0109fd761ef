"""Form fields: typed, conditional, bilingual; and the check of what somebody filled in."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from openzone.engines.cases.events import Json
from openzone.engines.text import Text

Condition = tuple[tuple[str, frozenset[str]], ...]
"""Fields and the values one of which each must have; the empty condition always holds."""


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    PHONE = "phone"
    PLACE = "place"
    ENTERPRISE = "enterprise"
    ITEM = "item"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a field offers."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    ``when``: it is asked only if this holds. ``min`` and ``max``: characters of texts, values of
    numbers (元 for money), answers of choices. ``sensitive``: shown to the parties only.
    """

    id: str
    label: Text
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    required: bool = False
    when: Condition = ()
    help: Text | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a value: the field's id and label, the value and why."""

    field: str
    label: Text
    value: str
    reason: Text

    @property
    def text(self) -> Text:
        """The problem as one sentence."""
        return Text(
            f"{self.label.zh}“{self.value}”：{self.reason.zh}",
            f"{self.label.en} “{self.value}”: {self.reason.en}",
        )


class _WrongError(ValueError):
    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


MISSING = Text("必填", "is required")
UNKNOWN = Text("没有这个字段", "there is no such field")
NO_TEXT = Text("应为文字", "should be a text")
NO_NUMBER = Text("应为数字", "should be a number")
NO_DATE = Text("应为日期，如 2026-11-20", "should be a date such as 2026-11-20")
NO_BOOLEAN = Text("应为是或否", "should be yes or no")
NO_PHONE = Text("应为电话号码", "should be a telephone number")
NO_CENT = Text("金额最多两位小数", "an amount has at most two decimals")
_PHONE = re.compile(r"\+?\d[\d\- ]{5,18}\d")
_YES, _NO = ("true", "yes", "on", "1", "是"), ("false", "no", "off", "0", "否")
_MOST_DIGITS = 30  # written out in full; 1e999999999 would not fit into memory
_LONGEST = {FieldKind.TEXT: 500, FieldKind.LONG_TEXT: 20_000}


def holds(condition: Condition, values: Mapping[str, Json]) -> bool:
    """Whether every field of the condition has one of its values."""
    return all(not wanted.isdisjoint(_words(values.get(name))) for name, wanted in condition)


def check(
    fields: Sequence[Field], values: Mapping[str, Any]
) -> tuple[dict[str, Json], tuple[FieldProblem, ...]]:
    """Return the values in their types, and what is wrong.

    Fields whose condition does not hold are left out: what they hold was answered before another
    answer made them moot. An empty value is missing. Numbers come back as their decimal text, so
    that no cent is lost in an event.
    """
    clean: dict[str, Json] = {}
    problems = [_unknown(name, values[name]) for name in values if _is_unknown(name, fields)]
    for field in fields:
        given = values.get(field.id)
        if not holds(field.when, clean):
            continue
        if _is_empty(given):
            if field.required:
                problems.append(FieldProblem(field.id, field.label, "", MISSING))
            continue
        try:
            clean[field.id] = _READERS[field.kind](field, given)
        except _WrongError as wrong:
            problems.append(FieldProblem(field.id, field.label, str(given)[:80], wrong.reason))
    return clean, tuple(problems)


def _is_unknown(name: str, fields: Sequence[Field]) -> bool:
    return all(field.id != name for field in fields)


def _unknown(name: str, value: object) -> FieldProblem:
    return FieldProblem(name, Text(name, name), str(value)[:80], UNKNOWN)


def _is_empty(value: object) -> bool:
    blank = isinstance(value, str) and not value.strip()
    return value is None or blank or (isinstance(value, list | tuple) and not value)


def _words(value: Json) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]


def _text(field: Field, value: object) -> Json:
    if not isinstance(value, str):
        raise _WrongError(NO_TEXT)
    text = value.strip()
    _between(field, Decimal(len(text)), Text("个字", " characters"), _LONGEST.get(field.kind))
    return text


def _number(field: Field, value: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _WrongError(NO_NUMBER)
    try:
        number = Decimal(str(value).strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise _WrongError(NO_NUMBER) from None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise _WrongError(NO_NUMBER)
    cents = number.normalize().as_tuple().exponent
    if field.kind is FieldKind.MONEY and isinstance(cents, int) and cents < -2:
        raise _WrongError(NO_CENT)
    _between(field, number, Text("", ""))
    return format(number, "f")


def _date(field: Field, value: object) -> Json:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value).strip())
    except ValueError:
        raise _WrongError(NO_DATE) from None
    return day.isoformat()[:10]


def _boolean(field: Field, value: object) -> Json:
    word = str(value).strip().lower()
    if word not in _YES + _NO:
        raise _WrongError(NO_BOOLEAN)
    return word in _YES


def _choice(field: Field, value: object) -> Json:
    if not isinstance(value, str) or all(choice.id != value for choice in field.choices):
        offered_zh = "、".join(choice.label.zh for choice in field.choices)
        offered_en = ", ".join(choice.label.en for choice in field.choices)
        raise _WrongError(Text(f"只能选：{offered_zh}", f"should be one of: {offered_en}"))
    return value


def _choices(field: Field, value: object) -> Json:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise _WrongError(NO_TEXT)
    chosen = list(dict.fromkeys(str(_choice(field, one)) for one in given))
    _between(field, Decimal(len(chosen)), Text("项", " answers"))
    return list(chosen)


def _phone(field: Field, value: object) -> Json:
    text = str(value).strip()
    if not _PHONE.fullmatch(text):
        raise _WrongError(NO_PHONE)
    return text


def _any(field: Field, value: Any) -> Json:
    """Take what another part of the zone resolves: a place, an enterprise, an item, files."""
    if isinstance(value, str):
        return value.strip()
    kept: Json = value
    return kept


def _between(field: Field, size: Decimal, unit: Text, longest: int | None = None) -> None:
    most = field.max if field.max is not None or longest is None else Decimal(longest)
    if field.min is not None and size < field.min:
        raise _WrongError(
            Text(f"不能少于{field.min}{unit.zh}", f"should be {field.min}{unit.en} or more")
        )
    if most is not None and size > most:
        raise _WrongError(Text(f"不能超过{most}{unit.zh}", f"should be {most}{unit.en} or less"))


_READERS: Mapping[FieldKind, Callable[[Field, Any], Json]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _number,
    FieldKind.DATE: _date,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.PHONE: _phone,
    FieldKind.PLACE: _any,
    FieldKind.ENTERPRISE: _any,
    FieldKind.ITEM: _any,
    FieldKind.FILE: _any,
}
