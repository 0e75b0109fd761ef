"""YAML that remembers its lines and refuses a key written twice."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from openzone.engines.rules.problems import Finding, PackError, PackProblem, Path, path_text
from openzone.engines.text import Text

NOT_YAML = Text("不是有效的 YAML：{why}", "not valid YAML: {why}")
NOT_A_MAPPING = Text("文件应是一个映射（键: 值）", "the file must be a mapping (key: value)")
TWICE = Text("键 {key} 写了两次", "key {key} is written twice")
NOT_A_KEY = Text("键必须是文字", "a key must be text")


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
        PackError: the text is not YAML, not a mapping, or has duplicate keys.

    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = NOT_YAML.format(why=error.problem)
        raise PackError([PackProblem(filename, line, "", reason)]) from error
    except yaml.YAMLError as error:
        raise PackError([PackProblem(filename, 1, "", NOT_YAML.format(why=error))]) from error
    if not isinstance(root, yaml.MappingNode):
        raise PackError([PackProblem(filename, 1, "", NOT_A_MAPPING)])
    problems = list(_key_problems(root, filename))
    if problems:
        raise PackError(problems)
    return Document(filename, _construct(root, filename), root)


def _construct(root: yaml.MappingNode, filename: str) -> dict[str, Any]:
    try:
        value: dict[str, Any] = yaml.SafeLoader("").construct_document(root)
    except (yaml.MarkedYAMLError, ValueError) as error:  # such as the date 2026-02-30
        line = root.start_mark.line + 1
        why = NOT_YAML.format(why=error)
        raise PackError([PackProblem(filename, line, "", why)]) from error
    return value


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
