"""One value as people write it: a number, below the limit of detection, or not measured."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text
from openzone.engines.water.classes import Measured

# Spreadsheets give small figures as 2e-05.
_VALUE = re.compile(r"([<＜])?\s*(\d{1,12}(?:\.\d{1,12})?(?:[eE]-0?[1-9])?)\s*(L|Ｌ|l)?")
_NOT = frozenset({"未测", "未监测", "not measured", "n/m", "/"})
NOT_A_VALUE = Text(
    "“{value}”不是数值；低于检出限请写成 <0.01 或 0.01L，未测请写“未测”",
    "“{value}” is no number; write <0.01 or 0.01L for below the limit of detection, "
    "“not measured” for what was not measured",
)
NO_LIMIT = Text(
    "检出限应大于0", "a limit of detection is above 0"
)  # fmt: skip


class State(StrEnum):
    """What is known of an item of a sample. What nobody wrote anything about is missing."""

    MEASURED = "measured"
    BELOW = "below"
    NOT_MEASURED = "not_measured"


class NotWrittenError(ValueError):
    """A text that says nothing about an item; ``reason`` in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.zh)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Written:
    """An item as it was written; ``value`` is the limit of detection where it is below it."""

    state: State
    value: Decimal | None = None

    @property
    def text(self) -> str:
        """The way it is written back."""
        if self.value is None:
            return "未测"
        return f"<{self.value:f}" if self.state is State.BELOW else f"{self.value:f}"


def written(text: str) -> Written:
    """Return what a text says of an item; raises :class:`NotWrittenError`."""
    given = text.strip()
    if given.lower() in _NOT:
        return Written(State.NOT_MEASURED)
    found = _VALUE.fullmatch(given)
    if found is None:
        raise NotWrittenError(NOT_A_VALUE.format(value=given[:40]))
    value, below = Decimal(found[2]), bool(found[1] or found[3])
    if below and not value:
        raise NotWrittenError(NO_LIMIT)
    return Written(State.BELOW if below else State.MEASURED, value)


def measured(values: Mapping[str, Written]) -> dict[str, Measured]:
    """Return what was measured, as the classes are found from it."""
    return {
        name: Measured(one.value, one.state is State.BELOW)
        for name, one in values.items()
        if one.value is not None
    }
