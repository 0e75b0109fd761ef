"""Projects with the log of their stages as JSON lines, one project a line.

Everything is checked before anything is counted: a line is a whole record, or a problem with its
field. Amounts are yuan, or text with a unit such as ``"9.2亿元"``.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

from openzone.engines.projects.money import YUAN, Stated, revisions
from openzone.engines.projects.pipeline import Pipeline
from openzone.engines.projects.record import ORIGINS, SECTORS, WHOLE, Record
from openzone.engines.projects.stages import Back, Entry, Exit, LogItem, log_faults, repeats
from openzone.engines.tables.dates import read_date
from openzone.engines.tables.numbers import decimal_of, plain_decimal, read_quantity
from openzone.engines.tables.problems import Fault
from openzone.engines.text import Text

NOT_JSON = Text("不是有效的 JSON", "is not valid JSON")
NOT_AN_OBJECT = Text("应为对象 {…}", "should be an object {…}")
NOT_A_LIST = Text("应为列表", "should be a list")
UNKNOWN = Text("不认识，可用：{known}", "is not known; known are {known}")
TEXT = Text("应为文字", "should be a text")
REQUIRED = Text("缺少", "is missing")
FLAG = Text("应为 true 或 false", "should be true or false")
CHOICE = Text("“{value}”不可用，可用：{known}", "“{value}” cannot be used; known are {known}")
NUMBER = Text("“{value}”不是金额", "“{value}” is no amount")
NEGATIVE = Text("金额不能为负", "an amount cannot be negative")
OTHER_UNIT = Text("“{value}”的单位与币种不符", "the unit of “{value}” does not fit the currency")
DAY = Text("“{value}”不是日期，请写成 2025-03-01", "“{value}” is no day, write it like 2025-03-01")
SHARE = Text("“{value}”应为大于0、不超过1的份额", "“{value}” should be a share above 0, at most 1")
SUM = Text("各地份额之和应为1，现为 {sum}", "the shares should add up to 1, they are {sum}")
KIND = Text("须有 stage、back 或 exit 之一", "must have one of stage, back and exit")
TWICE = Text("编号“{id}”已在第{line}行出现", "“{id}” was in line {line} already")
NOT_A_PHASE = Text("没有 phase_of，不是后续期", "without phase_of this is no later phase")
NOT_A_LIST_OF = Text("应为项目的列表 [{…}, {…}]", "should be a list of projects [{…}, {…}]")
JUMPED = Text("{reason}；确实如此的，请写明 reason", "{reason}; where it is so, say why in reason")
NO_PARENT = Text("文件里没有首期项目“{id}”", "the file has no first phase “{id}”")
KEYS = (
    "id", "number", "name", "amounts", "shares", "industry", "sector", "origin", "chain",
    "framework", "phase_of", "within_contract", "excluded", "log",
)  # fmt: skip
STATED = ("kind", "value", "currency", "on", "reason")
ITEM = ("stage", "back", "exit", "on", "evidence", "reason", "void", "by", "note")


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


@dataclass(frozen=True, slots=True)
class Repeated:
    """A stage noted once more while the project was at it; it counts nothing."""

    id: str
    stage: str
    on: dt.date


@dataclass(slots=True)
class Lines:
    """Reads lines one by one; keeps the records, what is there twice, and every problem."""

    pipeline: Pipeline
    records: list[Record] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def read(self, lines: Iterable[str]) -> None:
        """Read every line that is not empty."""
        for number, line in enumerate(lines, start=1):
            if line.strip():
                self._line(number, _parsed(line))
        self._end()

    def read_list(self, text: str) -> None:
        """Read one JSON list of projects; its places, from 1, stand for lines."""
        data = _parsed(text)
        if not isinstance(data, list):
            reason = data if isinstance(data, Text) else NOT_A_LIST_OF
            self.problems.append(LineProblem(1, "JSON", reason))
            return
        for number, one in enumerate(data, start=1):
            self._line(number, one)
        self._end()

    def _end(self) -> None:
        for record in self.records:
            if record.phase_of is not None and record.phase_of not in self._seen:
                reason = NO_PARENT.format(id=record.phase_of)
                self.problems.append(LineProblem(self._seen[record.id], "phase_of", reason))

    def _line(self, number: int, data: Any) -> None:
        reader = _Reader(self.pipeline)
        record = reader.record(data)
        name = data.get("id") if isinstance(data, Mapping) else None
        if (
            isinstance(name, str)
            and (first := self._seen.setdefault(name.strip(), number)) < number
        ):
            reader.tell("id", TWICE.format(id=name.strip(), line=first))
        elif record is not None:
            self.records.append(record)
            self.repeated += [Repeated(record.id, one.stage, one.on) for one in reader.repeated]
        self.problems += [LineProblem(number, name, reason) for name, reason in reader.faults]


def _parsed(line: str) -> Any:
    try:
        return json.loads(line, parse_float=Decimal, parse_constant=_refused)
    except (ValueError, RecursionError):
        return NOT_JSON


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are Python's, not JSON's


@dataclass(slots=True)
class _Reader:
    """Reads the values of one line; what is wrong is kept with its field."""

    pipeline: Pipeline
    faults: list[tuple[str, Text]] = field(default_factory=list)
    repeated: list[Entry] = field(default_factory=list)

    def tell(self, name: str, reason: Text) -> None:
        self.faults.append((name, reason))

    def record(self, data: Any) -> Record | None:
        """Return the project, None where the line is none."""
        if not isinstance(data, Mapping):
            self.tell("JSON", data if isinstance(data, Text) else NOT_AN_OBJECT)
            return None
        self._only(data, KEYS, "")
        if data.get("id") in (None, ""):
            self.tell("id", REQUIRED)
        found = Record(
            id=self.text(data, "id"),
            number=self.text(data, "number"),
            name=self.text(data, "name"),
            amounts=tuple(self._amounts(data.get("amounts"))),
            shares=self._shares(data.get("shares")),
            industry=self.text(data, "industry") or None,
            sector=self._choice(data, "sector", SECTORS),
            origin=self._choice(data, "origin", ORIGINS),
            chain=tuple(self._texts(data.get("chain"), "chain")),
            framework=self.flag(data, "framework"),
            phase_of=self.text(data, "phase_of") or None,
            within_contract=self.flag(data, "within_contract"),
            excluded=self._choice(data, "excluded", [one.id for one in self.pipeline.exclusions]),
            log=tuple(self._log(data.get("log"))),
        )
        if found.within_contract and found.phase_of is None and "phase_of" not in self._told():
            self.tell("within_contract", NOT_A_PHASE)
        return found if not self.faults else None

    def _told(self) -> set[str]:
        return {name for name, _ in self.faults}

    def _only(self, data: Mapping[str, Any], known: Iterable[str], place: str) -> None:
        for name in data:
            if name not in known:
                self.tell(f"{place}{name}", UNKNOWN.format(known=", ".join(known)))

    def text(self, data: Mapping[str, Any], name: str, place: str = "") -> str:
        value = data.get(name)
        if value is not None and not isinstance(value, str):
            self.tell(f"{place}{name}", TEXT)
        return value.strip() if isinstance(value, str) else ""

    def flag(self, data: Mapping[str, Any], name: str, place: str = "") -> bool:
        value = data.get(name)
        if value is not None and not isinstance(value, bool):
            self.tell(f"{place}{name}", FLAG)
        return value is True

    def day(self, data: Mapping[str, Any], name: str, place: str) -> dt.date | None:
        value = data.get(name)
        if value is None:
            return None
        found = read_date(value) if isinstance(value, str) else None
        if isinstance(found, dt.date):
            return found
        self.tell(f"{place}{name}", found.reason if found else DAY.format(value=value))
        return None

    def _choice(self, data: Mapping[str, Any], name: str, known: Iterable[Any]) -> Any:
        value = data.get(name)
        allowed = list(known)
        if value is None or (type(value) in (str, int) and value in allowed):
            return value
        self.tell(name, CHOICE.format(value=value, known=", ".join(map(str, allowed))))
        return None

    def _texts(self, value: Any, name: str) -> Iterator[str]:
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.tell(name, NOT_A_LIST)
            return
        yield from value

    def _amounts(self, value: Any) -> Iterator[Stated]:
        """Read ``{kind: value}``, or a list of statements with currency and day."""
        if isinstance(value, Mapping):
            value = [{"kind": kind, "value": one} for kind, one in value.items()]
        if value is None:
            return
        if not isinstance(value, list):
            self.tell("amounts", NOT_A_LIST)
            return
        stated = [self._stated(one, f"amounts[{place}].") for place, one in enumerate(value)]
        found = [one for one in stated if one is not None]
        for kind in dict.fromkeys(one.kind for one in found):
            for change in revisions(found, kind):
                if change.jump is not None and not change.later.reason:
                    place = next(at for at, one in enumerate(stated) if one is change.later)
                    self.tell(f"amounts[{place}].value", _filled(JUMPED, change.jump))
        yield from found

    def _stated(self, one: Any, place: str) -> Stated | None:
        if not isinstance(one, Mapping):
            self.tell(place, NOT_AN_OBJECT)
            return None
        self._only(one, STATED, place)
        if one.get("value") is None:
            return None  # nobody stated it, which is not zero
        currency = (self.text(one, "currency", place) or YUAN).upper()
        amount = self._money(one["value"], currency, f"{place}value")
        kind = self.text(one, "kind", place) or "total"
        on, reason = self.day(one, "on", place), self.text(one, "reason", place)
        return None if amount is None else Stated(kind, amount, currency, on, reason)

    def _money(self, value: Any, currency: str, place: str) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            self.tell(place, NUMBER.format(value=value))
            return None
        if not isinstance(value, str):
            amount = plain_decimal(decimal_of(value))
        else:
            found = read_quantity(value)
            if isinstance(found, Fault):
                self.tell(place, found.reason)
                return None
            unit = found.unit
            if unit is not None and (unit.kind != "yuan" or currency != YUAN):
                self.tell(place, OTHER_UNIT.format(value=value))
                return None
            amount = found.amount * (unit.factor if unit else 1)
        if amount is None or amount < 0:
            self.tell(place, NUMBER.format(value=value) if amount is None else NEGATIVE)
            return None
        return amount

    def _shares(self, value: Any) -> dict[str, Decimal]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.tell("shares", NOT_AN_OBJECT)
            return {}
        found: dict[str, Decimal] = {}
        for name, one in value.items():
            is_number = isinstance(one, int | Decimal) and not isinstance(one, bool)
            if not is_number or not 0 < one <= 1:
                self.tell(f"shares.{name}", SHARE.format(value=one))
            else:
                found[name] = Decimal(one)
        if len(found) == len(value) and sum(found.values()) != WHOLE:
            self.tell("shares", SUM.format(sum=sum(found.values())))
        return found

    def _log(self, value: Any) -> list[LogItem]:
        if not isinstance(value, list):
            self.tell("log", REQUIRED if value is None else NOT_A_LIST)
            return []
        before = len(self.faults)
        items = [self._item(one, f"log[{place}].") for place, one in enumerate(value)]
        found = [one for one in items if one is not None]
        if len(self.faults) > before:
            return found
        again = repeats(found)
        kept = [(place, one) for place, one in enumerate(found) if place not in again]
        self.repeated += [one for one in map(found.__getitem__, again) if isinstance(one, Entry)]
        for fault in log_faults(self.pipeline, [one for _, one in kept]):
            place, item = kept[fault.index]
            self.tell(f"log[{place}].{_key(item, fault.field)}", fault.reason)
        return [one for _, one in kept]

    def _item(self, one: Any, place: str) -> LogItem | None:
        if not isinstance(one, Mapping):
            self.tell(place, NOT_AN_OBJECT)
            return None
        self._only(one, ITEM, place)
        kinds = [name for name in ("stage", "back", "exit") if name in one]
        if len(kinds) != 1:
            self.tell(place, KIND)
            return None
        on = self.day(one, "on", place)
        if on is None:
            if one.get("on") is None:
                self.tell(f"{place}on", REQUIRED)
            return None
        return self._built(kinds[0], one, on, place)

    def _built(self, kind: str, one: Mapping[str, Any], on: dt.date, place: str) -> LogItem:
        named, by = self.text(one, kind, place), self.text(one, "by", place)
        stage = self.pipeline.named(named) or named
        reason = self.text(one, "reason", place)
        if kind == "stage":
            evidence = tuple(self._texts(one.get("evidence"), f"{place}evidence"))
            return Entry(stage, on, evidence, by)
        if kind == "back":
            return Back(stage or None, on, reason, self.flag(one, "void", place), by)
        return Exit(named, on, self.text(one, "note", place), by)


def _filled(words: Text, reason: Text) -> Text:
    return Text(words.zh.format(reason=reason.zh), words.en.format(reason=reason.en))


def _key(item: LogItem, name: str) -> str:
    """What the field of an item is called in a line."""
    match item:
        case Back() if name == "to":
            return "back"
        case Exit() if name == "reason":
            return "exit"
    return name
