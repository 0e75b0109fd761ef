"""YAML that remembers its lines and refuses what readers overlook, such as a key written twice."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

from openzone.engines.rules.problems import Finding, PackError, PackProblem, Path, path_text
from openzone.engines.text import Text

NOT_YAML = Text("不是有效的 YAML：{why}", "not valid YAML: {why}")
NOT_A_MAPPING = Text("文件应是一个映射（键: 值）", "the file must be a mapping (key: value)")
TWICE = Text("键 {key} 写了两次", "key {key} is written twice")
NOT_A_KEY = Text("键必须是文字", "a key must be text")
IN_ITSELF = Text("YAML 别名 * 指向自身", "a YAML alias (*) stands for what it is part of")
TOO_MANY = Text(
    "YAML 别名展开后内容过多，上限{most}项",
    "too much once YAML aliases are written out; at most {most}",
)
NO_TAG = Text("不支持 YAML 标签 {tag}", "the YAML tag {tag} is not supported")
NO_SUCH_VALUE = Text("没有这样的值：{value}", "there is no such value: {value}")
NO_SUCH_DAY = Text("没有这一天：{value}", "there is no such day: {value}")
IN_QUOTES = Text(
    "{value} 会被 YAML 读成六十进制数，请加引号", "YAML reads {value} in base 60; put it in quotes"
)
TOO_LARGE = Text("文件过大（{size}字节），上限{most}字节", "{size} bytes; at most {most} are read")
TOO_DEEP = Text("嵌套过深，最多{most}层", "nested too deeply; at most {most} levels")
NOT_A_CHARACTER = Text("含有不可用的字符 {char}", "holds a character that cannot be used: {char}")

_SAID = {
    "but found another document": Text(
        "一个文件只能有一份文档（多了 ---）", "one document a file, there is a second after ---"
    ),
    "found character '\\t' that cannot start any token": Text(
        "行首用了制表符，请用空格缩进", "a tab; indent with spaces"
    ),
    "mapping values are not allowed here": Text(
        "冒号的位置不对（文字里有冒号请加引号，或缩进有误）",
        "a colon out of place (put text with a colon in quotes, or mend the indentation)",
    ),
}
LARGEST = 2_000_000
"""Characters; the largest rule known has 40,000."""
DEEPEST = 60
MOST_NODES = 200_000
"""Keys and values with every alias written out: ten lines of them can stand for a billion."""
_YAML = "tag:yaml.org,2002:"
_KINDS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
_TIME = f"{_YAML}timestamp"


@dataclass(frozen=True)
class Document:
    """A parsed file: its plain value, and the node tree that knows the lines."""

    filename: str
    value: dict[str, Any]
    root: yaml.Node

    def problem(self, finding: Finding) -> PackProblem:
        """Give a finding its file and line."""
        line = self._line(finding.path)
        path = path_text(finding.path)
        return PackProblem(self.filename, line, path, finding.reason, finding.severity)

    def _line(self, path: Path) -> int:
        """Return the line of the deepest part of ``path`` that is in the file."""
        node, line = self.root, self.root.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line
        return int(line) + 1


def read_document(text: str, filename: str) -> Document:
    """Parse ``text``.

    Raises:
        PackError: the text is too large, not YAML, not a mapping, uses aliases, has duplicate
            keys or values that do not exist, such as 30 February.

    """
    if len(text) > LARGEST:
        reason = TOO_LARGE.format(size=f"{len(text):,}", most=f"{LARGEST:,}")
        raise PackError([PackProblem(filename, 1, "", reason)])
    root = _composed(text, filename)
    if not isinstance(root, yaml.MappingNode):
        raise PackError([PackProblem(filename, 1, "", NOT_A_MAPPING)])
    problems = [*_key_problems(root, filename), *_value_problems(root, (), filename)]
    if problems:
        raise PackError(problems)
    value: dict[str, Any] = yaml.SafeLoader("").construct_document(root)
    return Document(filename, value, root)


class _RefusedError(Exception):
    """Well-formed YAML that is not taken, with the line from 0."""

    def __init__(self, line: int, reason: Text) -> None:
        self.line, self.reason = line, reason


class _Shallow(Composer):
    """Puts nodes together, but not deeper than people read."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.depth == DEEPEST:
            line = self.peek_event().start_mark.line  # type: ignore[attr-defined]
            raise _RefusedError(line, TOO_DEEP.format(most=DEEPEST))
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Loader(_Shallow, yaml.SafeLoader):
    """Says best what is wrong with a text."""


_Fast: type[Any] = _Loader
if yaml.__with_libyaml__:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

    class _Compiled(_Shallow, CParser, Resolver):
        """Reads the same several times faster: most of the time of a command goes here."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            _Shallow.__init__(self)
            Resolver.__init__(self)

    _Fast = _Compiled


class _Size(NamedTuple):
    nodes: int = 1
    depth: int = 1


def _composed(text: str, filename: str) -> yaml.Node | None:
    try:
        root = _root(text)
        if root is not None:
            _measure(root, {})
        return root
    except yaml.YAMLError as error:
        raise PackError([_not_yaml(error, text, filename)]) from None
    except _RefusedError as refused:
        raise PackError([PackProblem(filename, refused.line + 1, "", refused.reason)]) from None


def _root(text: str) -> yaml.Node | None:
    try:
        return _Fast(text).get_single_node()  # type: ignore[no-any-return]
    except (yaml.YAMLError, UnicodeError):
        return _Loader(text).get_single_node()


def _measure(node: yaml.Node, known: dict[int, _Size | None]) -> _Size:
    """Return how large a node is with its aliases written out; ``known`` holds None while open."""
    if isinstance(node, yaml.ScalarNode):
        return _Size()
    if id(node) not in known:
        known[id(node)] = None
        inside = [_measure(child, known) for child in _children(node)]
        size = 1 + sum(each.nodes for each in inside)
        depth = 1 + max((each.depth for each in inside), default=0)
        known[id(node)] = _Size(size, depth)
    found = known[id(node)]
    if found is None:
        raise _RefusedError(node.start_mark.line, IN_ITSELF)
    if found.nodes > MOST_NODES:
        raise _RefusedError(node.start_mark.line, TOO_MANY.format(most=f"{MOST_NODES:,}"))
    if found.depth > DEEPEST:
        raise _RefusedError(node.start_mark.line, TOO_DEEP.format(most=DEEPEST))
    return found


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (key, value)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _not_yaml(error: yaml.YAMLError, text: str, filename: str) -> PackProblem:
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        why = _SAID.get(error.problem or "", Text(error.problem or "", error.problem or ""))
        reason = Text(NOT_YAML.zh.format(why=why.zh), NOT_YAML.en.format(why=why.en))
        return PackProblem(filename, line, "", reason)
    at = getattr(error, "position", 0)
    char = f"U+{ord(text[at]):04X}" if at < len(text) else "?"
    line = text.count("\n", 0, at) + 1
    return PackProblem(filename, line, "", NOT_A_CHARACTER.format(char=char))


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the node that carries the line, and the node to go on from."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _key_problems(node: yaml.Node, filename: str) -> Iterator[PackProblem]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _key_problems(item, filename)
    if isinstance(node, yaml.MappingNode):
        seen: set[Hashable] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
                yield PackProblem(filename, line, "", NOT_A_KEY)
                continue
            if key.value in seen:
                yield PackProblem(filename, line, key.value, TWICE.format(key=key.value))
            seen.add(key.value)
            yield from _key_problems(value, filename)


def _value_problems(node: yaml.Node, path: Path, filename: str) -> Iterator[PackProblem]:
    """Yield values that look like something that does not exist, each with its place."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _value_problems(value, (*path, str(key.value)), filename)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _value_problems(item, (*path, index), filename)
    reason = _unreadable(node)
    if reason is not None:
        yield PackProblem(filename, node.start_mark.line + 1, path_text(path), reason)


def _unreadable(node: yaml.Node) -> Text | None:
    """Return why a node has no value, None if it has one."""
    if node.tag.removeprefix(_YAML) not in _KINDS:
        return NO_TAG.format(tag=node.tag)
    if not isinstance(node, yaml.ScalarNode):
        return None
    try:
        str(yaml.SafeLoader("").construct_object(node)).encode()
    except (yaml.YAMLError, ValueError, OverflowError, KeyError, IndexError):
        return (NO_SUCH_DAY if node.tag == _TIME else NO_SUCH_VALUE).format(value=node.value)
    base_60 = ":" in node.value and node.tag in (f"{_YAML}int", f"{_YAML}float")
    return IN_QUOTES.format(value=node.value) if base_60 else None
