"""What a value of a fact must be, and what is said when it is not."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.text import Text

NOT_A_FACT = Text("事实目录里没有这一列", "the fact catalogue has no such column")
WRONG_LENGTH = Text("有 {have} 个值，但有 {rows} 家企业", "{have} values for {rows} enterprises")
WRONG_VALUE = Text("{value} 不是 {type} 类型的值", "{value} is not a value of type {type}")
NOT_FINITE = Text("不是有限数（NaN 或无穷）", "not a finite number (NaN or infinity)")
EMPTY = Text("空文字；没有值请留空（null）", "empty text; leave it out (null) if there is no value")
NO_IDS = Text("缺少 id 列", "there is no column `id`")

_ACCEPTED: Mapping[FactType, tuple[type, ...]] = {
    FactType.TEXT: (str,),
    FactType.CODE: (str,),
    FactType.BOOL: (bool,),
    FactType.DATE: (dt.date,),
}
_NUMBERS = (int, float, Decimal)
Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class ColumnProblem:
    """Why a value cannot be used: fact, row (from 1; 0 for the whole column) and reason."""

    fact: str
    row: int
    reason: Text

    def __str__(self) -> str:
        return (
            f"{self.fact}[{self.row}]: {self.reason}" if self.row else f"{self.fact}: {self.reason}"
        )


class ColumnsError(ValueError):
    """Facts that cannot be used, with the first problem of every column."""

    def __init__(self, problems: Sequence[ColumnProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def refusal(fact_type: FactType, value: object) -> Text | None:
    """Return why ``value`` cannot be a value of this type, None if it can."""
    if value is None:
        return None
    if type(value) not in _ACCEPTED.get(fact_type, _NUMBERS):
        return WRONG_VALUE.format(value=repr(value), type=fact_type)
    if fact_type.is_numeric and not math.isfinite(value):  # type: ignore[arg-type]
        return NOT_FINITE
    return EMPTY if value == "" else None


def readers(catalogue: Catalogue) -> Mapping[str, Mapping[type, Reader]]:
    """Return for every fact and type of value what reads it.

    Numbers and days (since 1970-01-01) become floats. Reading raises ValueError where
    :func:`refusal` has a reason.
    """
    return {fact.name: _READERS.get(fact.type, _NUMBER_READERS) for fact in catalogue}


def _finite(number: float) -> float:
    if number - number != 0:
        raise ValueError(number)
    return number


def _number(value: Any) -> float:
    return _finite(float(value))


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError(value)
    return value


def _same(value: Any) -> Any:
    return value


def _days(value: dt.date) -> float:
    return float(value.toordinal() - _EPOCH)


_EPOCH = dt.date(1970, 1, 1).toordinal()
_NOTHING: Mapping[type, Reader] = {type(None): _same}
_NUMBER_READERS = {**_NOTHING, **dict.fromkeys(_NUMBERS, _number), float: _finite}
_READERS: Mapping[FactType, Mapping[type, Reader]] = {
    FactType.TEXT: {**_NOTHING, str: _not_empty},
    FactType.CODE: {**_NOTHING, str: _not_empty},
    FactType.BOOL: {**_NOTHING, bool: _same},
    FactType.DATE: {**_NOTHING, dt.date: _days},
}


def all_fine(fact_type: FactType, values: Sequence[Any]) -> bool:
    """Check a whole column at once; values are looked at one by one only if this fails."""
    accepted = {type(None), *_ACCEPTED.get(fact_type, _NUMBERS)}
    if not set(map(type, values)) <= accepted:
        return False
    if fact_type.is_numeric:
        return all(value is None or math.isfinite(value) for value in values)
    return "" not in values if fact_type in (FactType.TEXT, FactType.CODE) else True
