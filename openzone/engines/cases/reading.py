"""Reading a definition: every value is checked, and every fault is kept with its place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from openzone.engines.cases.errors import Fault, Path
from openzone.engines.cases.fields import Condition
from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration, Unit, parse_duration
from openzone.engines.worktime.errors import WorktimeError

Option = TypeVar("Option", bound=StrEnum)
NOWHERE = Duration(1, Unit.WORKDAY)
"""Stands for a limit that could not be read; the definition is refused anyway."""


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping of the definition and its place. All nodes of one definition share ``faults``."""

    data: Mapping[str, Any]
    path: Path = ()
    faults: list[Fault] = field(default_factory=list)

    def fault(self, reason: Text, *steps: str | int) -> None:
        """Note what is wrong at a place below this one."""
        self.faults.append(Fault((*self.path, *steps), reason))

    def only(self, *names: str) -> "Node":
        """Note every key that nobody will read: a misspelt one would be lost silently."""
        for name in self.data:
            if name not in names:
                self.fault(
                    Text("没有这一项，可用：{k}", "unknown; known are {k}").format(
                        k=", ".join(names)
                    ),
                    name,
                )
        return self

    def node(self, name: str) -> "Node":
        """Return the mapping under a key, empty where there is none."""
        return self._mapping(self.data.get(name, {}), name)

    def nodes(self, name: str) -> Iterator[tuple[str, "Node"]]:
        """Yield the mappings under a key: a mapping's by key, a list's by their ``id``."""
        found = self.data.get(name, {})
        if isinstance(found, list):
            for index, one in enumerate(found):
                node = self._mapping(one, name, index)
                yield node.text("id"), node
        elif isinstance(found, Mapping):
            for key, one in found.items():
                yield str(key), self._mapping(one, name, str(key))
        else:
            self.fault(Text("应为列表", "should be a list"), name)

    def listed(self, name: str) -> list["Node"]:
        """Return the mappings of a list."""
        found = self.data.get(name, [])
        if not isinstance(found, list):
            self.fault(Text("应为列表", "should be a list"), name)
            return []
        return [self._mapping(one, name, index) for index, one in enumerate(found)]

    def _mapping(self, value: object, *steps: str | int) -> "Node":
        if not isinstance(value, Mapping):
            self.fault(Text("应为多项的映射", "should be a mapping"), *steps)
            value = {}
        return Node(value, (*self.path, *steps), self.faults)

    def has(self, name: str) -> bool:
        """Whether something stands under a key."""
        return self.data.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a ``default`` it has to be there."""
        value = self.data.get(name, default)
        if not isinstance(value, str) or (default is None and not value):
            self.fault(Text("应为非空文字", "should be a text that is not empty"), name)
            return ""
        return value

    def label(self, name: str, default: Text | None = None) -> Text:
        """Return a text in both languages, ``{zh, en}``."""
        value = self.data.get(name)
        if value is None and default is not None:
            return default
        both = isinstance(value, Mapping) and set(value) == {"zh", "en"}
        if value is not None and both and all(map(_plain, value.values())):
            return Text(str(value["zh"]), str(value["en"]))
        self.fault(Text("应有中英文：{zh, en}", "should be in both languages: {zh, en}"), name)
        return Text("", "")

    def whole(self, name: str, default: int, least: int = 0, most: int = 1_000_000) -> int:
        """Return a whole number within bounds."""
        value = self.data.get(name, default)
        if type(value) is int and least <= value <= most:
            return value
        self.fault(
            Text("应为{a}到{b}的整数", "should be a whole number from {a} to {b}").format(
                a=least, b=most
            ),
            name,
        )
        return default

    def share(self, name: str) -> float:
        """Return a share of a limit: more than 0, at most 10."""
        return self._share(self.data.get(name), name)

    def _share(self, value: object, *steps: str | int) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 10:
            return float(value)
        self.fault(
            Text("应为大于0、不超过10的比例", "should be a share above 0, at most 10"), *steps
        )
        return 1.0

    def shares(self, name: str) -> tuple[float, ...]:
        """Return shares in rising order."""
        return tuple(
            sorted(self._share(one, name, index) for index, one in enumerate(self._list(name)))
        )

    def named_shares(self, name: str) -> tuple[tuple[str, float], ...]:
        """Return named shares in rising order."""
        node = self.node(name)
        return tuple(sorted(((key, node.share(key)) for key in node.data), key=lambda two: two[1]))

    def flag(self, name: str, default: bool = False) -> bool:
        """Return yes or no."""
        value = self.data.get(name, default)
        if isinstance(value, bool):
            return value
        self.fault(Text("应为true或false", "should be true or false"), name)
        return default

    def decimal(self, name: str) -> Decimal | None:
        """Return a number that may be left out."""
        value = self.data.get(name)
        try:
            number = None if value is None else Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number is None or number.is_finite():
            return number
        self.fault(Text("应为数字", "should be a number"), name)
        return None

    def limit(self, name: str) -> Duration:
        """Return a limit that has to be there."""
        value = self.data.get(name)
        try:
            return parse_duration(value if isinstance(value, str) else str(value or ""))
        except WorktimeError as error:
            self.fault(error.reason, name)
            return NOWHERE

    def limits(self, name: str) -> dict[str, Duration]:
        """Return named limits."""
        node = self.node(name)
        return {key: node.limit(key) for key in node.data}

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of names; one name may stand alone."""
        found = tuple(self._list(name))
        if all(isinstance(one, str) and one for one in found):
            return found
        self.fault(Text("应为名称列表", "should be a list of names"), name)
        return ()

    def option(self, name: str, kind: type[Option], default: Option | None = None) -> Option:
        """Return one of the words of an enumeration."""
        value = self.data.get(name, default)
        try:
            return kind(value)
        except ValueError:
            self.fault(Text("应为{k}之一", "should be one of {k}").format(k=", ".join(kind)), name)
            return next(iter(kind))

    def condition(self, name: str) -> Condition:
        """Return a condition ``{field: [values]}``."""
        node = self.node(name)
        for key in node.data:
            if not all(map(_plain, node._list(key))):
                node.fault(Text("应为单个的值", "should be single values"), key)
        return tuple((key, frozenset(map(_word, node._list(key)))) for key in node.data)

    def among(self, name: str, value: str | None, known: Collection[str]) -> None:
        """Note a name that means nothing here."""
        if value is not None and value not in known:
            self.fault(
                Text("没有“{v}”，可用：{k}", "there is no “{v}”; known are {k}").format(
                    v=value, k=", ".join(known)
                ),
                name,
            )

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: object) -> bool:
    """Whether a value is a text, a number or yes or no."""
    return isinstance(value, str | int | float)


def _word(value: object) -> str:
    """Write a value of a condition as fields are compared: a boolean as true or false."""
    return str(value).lower() if isinstance(value, bool) else str(value)
