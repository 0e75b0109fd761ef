"""Exported histories: one event a line, the events of a case in their order."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.definition import CaseType, DefinitionError, case_type, digest
from openzone.engines.cases.errors import EventError, Impossible
from openzone.engines.cases.events import Event
from openzone.engines.cases.fold import NOT_FIRST, apply
from openzone.engines.cases.state import State
from openzone.engines.text import Text

NOT_JSON = Text("不是有效的 JSON", "is not valid JSON")
TWICE = Text("字段重复", "appears twice")
NO_CASE = Text("缺少案件编号", "the number of the case is missing")
OTHER_NUMBER = Text("与案件编号“{case}”不符", "is not the number of the case, “{case}”")
AFTER_FAULT = Text("同一案件前面的事件有误", "an earlier event of this case is wrong")
NO_TYPE = Text(
    "立案事件没有事项定义（definition），也没有可用的类型（type）",
    "the opening event has neither a definition nor a known type",
)
KnownType = Callable[[str], CaseType | None]


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with a line: its number from 1, the field and why."""

    line: int
    field: str
    reason: Text

    @property
    def text(self) -> Text:
        """The problem as one sentence."""
        return Text(
            f"第{self.line}行，字段{self.field}：{self.reason.zh}",
            f"line {self.line}, {self.field}: {self.reason.en}",
        )


@dataclass(slots=True)
class Replayed:
    """A case folded from its lines. ``left_out``: events after the moment asked for."""

    type: CaseType
    state: State
    left_out: int = 0


@dataclass(slots=True)
class Replay:
    """Folds lines one by one, the cases of a file side by side; keeps every problem.

    ``known`` returns a type by its id for openings without a definition of their own.
    ``until``: later events are read and counted, but not applied.
    """

    worktime: Worktime
    known: KnownType
    until: dt.datetime | None = None
    cases: dict[str, Replayed] = field(default_factory=dict)
    problems: list[LineProblem] = field(default_factory=list)
    _broken: set[str] = field(default_factory=set)
    _types: dict[str, CaseType] = field(default_factory=dict)

    def read(self, lines: Iterable[str]) -> None:
        """Fold every line that is not empty."""
        for number, line in enumerate(lines, start=1):
            if line.strip():
                self._line(number, line)

    def _line(self, number: int, line: str) -> None:
        try:
            case, event = _parsed(line)
        except EventError as error:
            self.problems.append(LineProblem(number, error.field, error.reason))
            return
        if case in self._broken:
            return  # one fault of a case is told once, not with all that follows from it
        try:
            self._apply(case, event)
        except (EventError, Impossible, DefinitionError) as error:
            self._broken.add(case)
            self.problems += _problems(number, case, error)

    def _apply(self, case: str, event: Event) -> None:
        found = self.cases.get(case)
        if self.until is not None and event.at > self.until:
            if found:
                found.left_out += 1
            return
        type_ = found.type if found else self._type(event)
        state = apply(type_, found.state if found else None, event, self.worktime)
        if state.number != case:
            raise EventError("data.number", OTHER_NUMBER.format(case=case))
        if found:
            found.state = state
        else:
            self.cases[case] = Replayed(type_, state)

    def _type(self, event: Event) -> CaseType:
        given = event.data.get("definition")
        if isinstance(given, Mapping):
            key = digest(given)
            if key not in self._types:
                self._types[key] = case_type(given)
            return self._types[key]
        if event.seq > 1:
            raise Impossible(NOT_FIRST, event.seq)
        named = event.data.get("type")
        found = self.known(named) if isinstance(named, str) else None
        if found is None:
            raise EventError("data.definition", NO_TYPE)
        return found


def _parsed(line: str) -> tuple[str, Event]:
    try:
        data = json.loads(line, parse_constant=_refused, object_pairs_hook=_once)
    except EventError:
        raise
    except (ValueError, RecursionError):
        raise EventError("JSON", NOT_JSON) from None
    event = Event.from_json(data)
    case = data.get("case")
    if not isinstance(case, str) or not case:
        raise EventError("case", NO_CASE)
    return case, event


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; one key with two values is read differently by every reader."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise EventError(twice, TWICE)
    return found


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are Python's, not JSON's


def _problems(
    line: int, case: str, error: EventError | Impossible | DefinitionError
) -> list[LineProblem]:
    match error:
        case EventError():
            return [LineProblem(line, error.field, error.reason)]
        case Impossible():
            reason = Text(f"{case}{error.text.zh}", f"{case} {error.text.en}")
            return [LineProblem(line, error.field, reason)]
        case DefinitionError():
            return [
                LineProblem(line, f"data.definition.{'.'.join(map(str, one.path))}", one.reason)
                for one in error.problems
            ]
