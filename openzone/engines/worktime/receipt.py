"""How a time limit is counted from receipt: the choices a document makes, as data."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from openzone.engines.text import Text
from openzone.engines.worktime.durations import Unit
from openzone.engines.worktime.errors import WorktimeError

Choice = TypeVar("Choice", bound=StrEnum)
_FIELDS = (
    "receipt",
    "title",
    "region",
    "effective_from",
    "effective_to",
    "late_units",
    "workday_ends",
    "day_ends",
    "rest_day_extends",
    "clauses",
)


class DayEnd(StrEnum):
    """When the last day of a limit ends."""

    CLOSING = "closing"  # 停止业务活动的时间
    MIDNIGHT = "midnight"  # 二十四时


@dataclass(frozen=True, slots=True)
class Clause:
    """Where one choice of a rule comes from; ``verified`` as in every pack (V, V2, L, K)."""

    field: str
    title: str
    number: str
    verified: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """The counting rule of a document. The day of receipt is always day 0.

    ``late_units``: clocks for which something received after closing time or on a day of rest
    counts as received on the next working day (which is then day 0).
    ``workday_ends``, ``day_ends``: when the last day of a limit in working (calendar) days ends.
    ``rest_day_extends``: a limit in calendar days that ends on a day of rest runs on to the next
    working day.
    """

    id: str
    title: Text
    late_units: frozenset[Unit]
    workday_ends: DayEnd
    day_ends: DayEnd
    rest_day_extends: bool
    region: tuple[str, ...] = ()
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    clauses: tuple[Clause, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ReceiptRule":
        """Read a rule from pack data; raise ``WorktimeError`` naming the field that is wrong."""
        for name in data:
            if name not in _FIELDS:
                raise _wrong(str(name), data[name])
        if "late_units" not in data:
            raise _wrong("late_units", None)
        if not isinstance(extends := data.get("rest_day_extends"), bool):
            raise _wrong("rest_day_extends", extends)
        return cls(
            id=_text(data, "receipt"),
            title=_bilingual("title", data.get("title")),
            late_units=frozenset(
                _choice(Unit, "late_units", unit) for unit in _list(data, "late_units")
            ),
            workday_ends=_choice(DayEnd, "workday_ends", data.get("workday_ends")),
            day_ends=_choice(DayEnd, "day_ends", data.get("day_ends")),
            rest_day_extends=extends,
            region=tuple(map(str, _list(data, "region"))),
            effective_from=_date("effective_from", data.get("effective_from")),
            effective_to=_date("effective_to", data.get("effective_to")),
            clauses=tuple(_clause(clause) for clause in _list(data, "clauses")),
        )


def _clause(data: Any) -> Clause:
    if not isinstance(data, Mapping):
        raise _wrong("clauses", data)
    note = data.get("note")
    return Clause(
        field=_text(data, "field"),
        title=_text(data, "title"),
        number=_text(data, "number"),
        verified=_text(data, "verified"),
        note=None if note is None else _bilingual("note", note),
    )


def _list(data: Mapping[str, Any], field: str) -> list[Any]:
    value = data.get(field, [])
    if not isinstance(value, list):
        raise _wrong(field, value)
    return value


def _text(data: Mapping[str, Any], field: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value:
        raise _wrong(field, value)
    return value


def _bilingual(field: str, value: Any) -> Text:
    if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
        raise _wrong(field, value)
    return Text(str(value["zh"]), str(value["en"]))


def _choice(kind: type[Choice], field: str, value: Any) -> Choice:
    try:
        return kind(value)
    except ValueError:
        raise _wrong(field, value) from None


def _date(field: str, value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(field, value) from None


def _wrong(field: str, value: Any) -> WorktimeError:
    return WorktimeError(
        Text(
            "收件规则的字段{field}不能为“{value}”",
            "the field {field} of a receipt rule cannot be “{value}”",
        ).format(field=field, value=value)
    )
