"""Rules as the files that people edit: the language's own spelling, in a layout made to be read."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import unified_diff
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel

from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.schema import Rule

_FIRST = (
    "rule", "title", "kind", "region", "versions", "version", "source", "effective_from",
    "effective_to", "id", "label", "relation", "ref", "max", "cap", "fact", "number", "score",
    "if", "when", "then", "else", "zh", "en",
)  # fmt: skip
_LAST = ("verified", "note", "notes", "let", "scores", "classify", "amount", "near")
_RANK = {key: rank for rank, key in enumerate(_FIRST)} | {
    key: 200 + rank for rank, key in enumerate(_LAST)
}
_MIDDLE = 100
_LINE = 92
_YUAN = re.compile(r"(-?\d+(?:\.\d+)?)元")
_PROSE = frozenset({"zh", "en", "title", "issuer", "ref", "version", "url"})
_QUANTITY = re.compile(r"-?\d+(\.\d+)?(元|万|亿|%)")


def rule_text(rule: Rule) -> str:
    """Return a rule as a file; reading it again gives the same rule."""
    return file_text(plain(rule))


def relations_text(relations: Sequence[AnyRelation]) -> str:
    """Return relations as a file."""
    return file_text({"relations": [plain(relation) for relation in relations]})


def plain(model: BaseModel) -> dict[str, Any]:
    """Return a model as the mapping of its file: ``"5000万"``, ``"5%"``, ``-1y``, days as days."""
    written = model.model_dump(by_alias=True, exclude_defaults=True)
    spelt: dict[str, Any] = _spelt(written)
    return spelt


def file_text(value: Mapping[str, Any]) -> str:
    """Write a mapping as YAML: what fits on a line stands on one, quantities are quoted."""
    return yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )


def _spelt(value: Any) -> Any:
    """Turn what the models call a quantity into what people write, and put keys in their order."""
    if isinstance(value, Mapping):
        # Names in one order too: a release does not keep the order of a file, and equal rules
        # must give equal texts.
        keys = sorted(value, key=lambda key: (_RANK.get(key, _MIDDLE), key))
        return {key: value[key] if key in _PROSE else _spelt(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_spelt(each) for each in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, str) and (match := _YUAN.fullmatch(value)):
        return _money(Decimal(match[1]))
    return value


def _money(yuan: Decimal) -> str:
    """Spell an amount in the largest unit that holds it, all digits kept."""
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if abs(yuan) >= scale:
            return f"{_digits(yuan / scale)}{word}"
    return f"{_digits(yuan)}元"


def _digits(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Dumper(yaml.SafeDumper):
    """Writes short mappings and lists on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the items of a list below its key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out: a file for people has no anchors."""
        return True

    def represent_data(self, data: Any) -> yaml.Node:
        """Choose one line or many by the length of what is inside."""
        node: yaml.Node = super().represent_data(data)
        if isinstance(node, yaml.CollectionNode):
            node.flow_style = _length(node) <= _LINE and not _holds_a_list_of_mappings(node)
        elif isinstance(node, yaml.ScalarNode) and _QUANTITY.fullmatch(node.value):
            node.style = '"'
        return node


def _length(node: yaml.Node) -> int:
    if isinstance(node, yaml.MappingNode):
        return sum(_length(key) + _length(value) + 4 for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return sum(_length(each) + 2 for each in node.value)
    return sum(2 if ord(character) > 0xFF else 1 for character in node.value)


def _holds_a_list_of_mappings(node: yaml.Node) -> bool:
    """Whether conditions stand inside: each of them gets a line of its own."""
    values = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else [node]
    return any(
        isinstance(value, yaml.SequenceNode)
        and any(isinstance(each, yaml.MappingNode) and len(each.value) > 1 for each in value.value)
        for value in values
    )


class TextLine(NamedTuple):
    """A line of a comparison: ``sign`` is +, - or a space."""

    sign: str
    text: str


def text_differences(before: str, after: str) -> list[TextLine]:
    """Return the lines that differ between two files, each with two lines around it."""
    found = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return [TextLine(line[:1], line[1:]) for line in found if not line.startswith(("---", "+++"))]
