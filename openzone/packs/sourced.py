"""YAML as plain data that still knows the file and line of every value, also after merging."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from openzone.engines.rules.problems import PackError, PackProblem, path_text
from openzone.engines.text import Text

LARGEST = 1_000_000
NOT_FOUND = Text("找不到文件", "file not found")
TOO_LARGE = Text("文件过大", "the file is too large")
NOT_UTF8 = Text("文件不是 UTF-8 编码", "the file is not UTF-8")
NOT_YAML = Text("不是有效的 YAML", "is not valid YAML")
NOT_A_MAPPING = Text("应为多项的映射", "should be a mapping")
TWICE = Text("字段“{name}”重复", "the field “{name}” appears twice")
ALIAS = Text("不支持引用（*）", "aliases (*) are not supported")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is there, for zones with many desks."""

Steps = tuple[str | int, ...]
Places = dict[Steps, tuple[str, int]]
"""The file and line of every value, by its path."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """Plain data (JSON-ready), and where every value of it stands."""

    data: Any
    places: Places

    def under(self, name: str) -> "Sourced":
        """Return what stands under a key."""
        below = {path[1:]: at for path, at in self.places.items() if path[:1] == (name,)}
        return Sourced(self.data.get(name), below)

    def without(self, *names: str) -> "Sourced":
        """Return it without some keys."""
        kept = {
            path: at for path, at in self.places.items() if path[:1] not in {(n,) for n in names}
        }
        return Sourced({key: one for key, one in self.data.items() if key not in names}, kept)

    def holding(self, name: str, value: "Sourced") -> "Sourced":
        """Return it with another value under a key."""
        rest = self.without(name)
        below = {(name, *path): at for path, at in value.places.items()}
        return Sourced({**rest.data, name: value.data}, {**rest.places, **below})

    def problem(self, path: Steps, reason: Text) -> PackProblem:
        """Return a problem at a path, at the line of it or of what holds it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                file, line = self.places[path[:length]]
                return PackProblem(file, line, path_text(path), reason)
        return PackProblem("", 1, path_text(path), reason)


def merged(base: Sourced, top: Sourced) -> Sourced:
    """Lay one over another: mappings are merged, everything else replaced, ``null`` takes away."""
    return Sourced(_laid(base.data, top.data), {**base.places, **top.places})


def _laid(base: Any, top: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(top, dict)):
        return top
    both = {**base, **{key: _laid(base.get(key), value) for key, value in top.items()}}
    return {key: value for key, value in both.items() if value is not None}


def read(path: Path) -> Sourced:
    """Read a file.

    Raises:
        PackError: with the line of what cannot be read.

    """
    reader = _Reader(path.name)
    try:
        node = yaml.compose(_text(path), Loader=_LOADER)
        data = None if node is None else reader.value(node, ())
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PackError([PackProblem(path.name, line, "", NOT_YAML)]) from None
    if not isinstance(data, dict) and not reader.problems:
        reader.problems.append(PackProblem(path.name, 1, "", NOT_A_MAPPING))
    if reader.problems:
        raise PackError(reader.problems)
    return Sourced(data, reader.places)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise PackError([PackProblem(str(path), 1, "", TOO_LARGE)])
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise PackError([PackProblem(str(path), 1, "", NOT_FOUND)]) from None
    except UnicodeDecodeError:
        raise PackError([PackProblem(str(path), 1, "", NOT_UTF8)]) from None


@dataclass(slots=True)
class _Reader:
    file: str
    places: Places = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _scalars: Any = field(default_factory=lambda: yaml.SafeLoader(""))

    def value(self, node: yaml.Node, path: Steps) -> Any:
        self.places[path] = (self.file, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            found = self._scalars.construct_object(node)
            return found.isoformat() if isinstance(found, dt.date) else found
        if id(node) in self._seen:  # an alias could unfold without end
            self._note(node, path, ALIAS)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(one, (*path, index)) for index, one in enumerate(node.value)]
        return dict(self._pairs(node, path))

    def _pairs(self, node: yaml.Node, path: Steps) -> Iterator[tuple[str, Any]]:
        names: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in names:
                self._note(key, path, TWICE.format(name=name))
            names.add(name)
            yield name, self.value(value, (*path, name))

    def _note(self, node: yaml.Node, path: Steps, reason: Text) -> None:
        problem = PackProblem(self.file, node.start_mark.line + 1, path_text(path), reason)
        self.problems.append(problem)
