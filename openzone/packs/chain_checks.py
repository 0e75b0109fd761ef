"""A chain as it was read → a chain that can be used, or every fault with its node and reason."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from openzone.engines.chains import checking
from openzone.engines.chains.model import Edge, Need, Relation
from openzone.engines.rules.problems import Finding, PackError, PackProblem, path_text
from openzone.engines.text import Text
from openzone.packs.chain_shape import ChainPack, EdgePack, nodes_of
from openzone.packs.tables import load_industries

NO_RELATION = Text(
    "关系“{given}”未知，可用：input equip service return",
    "relation “{given}” is not known; use input, equip, service or return",
)
NO_NEED = Text(
    "需要程度“{given}”未知，可用：required optional",
    "need “{given}” is not known; use required or optional",
)
NO_FIRM_NODE = Text(
    "企业“{firm}”指向的节点“{node}”不存在", "firm “{firm}” names a node “{node}” that is not there"
)
EDITION = Text(
    "行业分类版本“{given}”没有对照表，可用：{known}",
    "no table of edition “{given}”; known is {known}",
)
_REASONS = {
    "missing": Text("缺少此项", "is missing"),
    "extra_forbidden": Text("没有这个键", "is no key known here"),
    "string_type": Text("应为文字；是、否、编号请加引号", "must be text; put it in quotes"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_pattern_mismatch": Text("写法不对：{input}", "is not spelt as it must be: {input}"),
    "string_unreadable": Text("含有不可用的字符", "holds a character that cannot be used"),
    "float_type": Text("应为数字", "must be a number"),
    "float_parsing": Text("应为数字：{input}", "must be a number: {input}"),
    "finite_number": Text("应为有限的数字", "must be a finite number"),
    "bool_type": Text("应为 true 或 false", "must be true or false"),
    "bool_parsing": Text("应为 true 或 false：{input}", "must be true or false: {input}"),
    "greater_than_equal": Text("不能小于 {ge}", "must be at least {ge}"),
    "less_than_equal": Text("不能大于 {le}", "must be at most {le}"),
    "date_type": Text("应为日期，例如 2026-01-31", "must be a day such as 2026-01-31"),
    "tuple_type": Text("应为列表", "must be a list"),
    "mapping_type": Text("应为映射（键: 值）", "must be a mapping (key: value)"),
    "model_type": Text("应为映射（键: 值）", "must be a mapping (key: value)"),
    "model_attributes_type": Text("应为映射（键: 值）", "must be a mapping (key: value)"),
    "literal_error": Text("只能是 {expected} 之一", "must be one of {expected}"),
}
_REASONS["date_from_datetime_parsing"] = _REASONS["date_parsing"] = _REASONS["date_type"]
_OTHER = Text("不符合要求：{msg}", "is not acceptable: {msg}")
_KEYED = Text("“{key}”{why}", "“{key}” {why}")
_LONGEST = 40


class Read(NamedTuple):
    """A file as plain data, and how a finding in it is told with file and line."""

    value: Mapping[str, Any]
    problem: Callable[[Finding], PackProblem]


def checked(read: Read) -> ChainPack:
    """Return the chain.

    Raises:
        PackError: with every fault, each with its line, its node and the reason.

    """
    try:
        pack = ChainPack.model_validate(read.value)
    except ValidationError as error:
        raise PackError(
            _told([_misshapen(read.value, one) for one in error.errors()], read)
        ) from None
    if found := [*_wrong_words(pack), *_faults(pack)]:
        raise PackError(_told(found, read))
    return pack


def _told(found: list[checking.Fault], read: Read) -> list[PackProblem]:
    located = [_located(read, fault) for fault in found]
    return sorted(dict.fromkeys(located), key=lambda problem: problem.line)


def _located(read: Read, fault: checking.Fault) -> PackProblem:
    found = read.problem(Finding(fault.path, fault.reason))
    return PackProblem(found.file, found.line, fault.node or found.path, found.reason)


def _misshapen(value: Mapping[str, Any], error: ErrorDetails) -> checking.Fault:
    """Tell what the shape does not allow, with the node or edge it is about."""
    path, why = error["loc"], _REASONS.get(error["type"], _OTHER)
    given = error.get("ctx", {}) | {"input": _shown(error["input"]), "msg": error["msg"]}
    reason, name = why.format(**given), _of_whom(value, path)
    if not name:
        return checking.Fault(path, "", reason)
    key = path_text(path[2:])
    return checking.Fault(path, name, _keyed(key, reason) if key else reason)


def _keyed(key: str, why: Text) -> Text:
    return Text(_KEYED.zh.format(key=key, why=why.zh), _KEYED.en.format(key=key, why=why.en))


def _shown(given: object) -> str:
    text = str(given)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _of_whom(value: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    """Name the node or edge a path leads into: by its id, else by its place in the list."""
    if len(path) < 2 or path[0] not in ("nodes", "edges") or not isinstance(path[1], int):
        return ""
    items = value.get(path[0])
    item = items[path[1]] if isinstance(items, list) and path[1] < len(items) else None
    place = f"{path[0]}[{path[1]}]"
    if not isinstance(item, Mapping):
        return place
    if path[0] == "nodes":
        return _shown(item["id"]) if item.get("id") else place
    return f"{_shown(item.get('from'))}→{_shown(item.get('to'))}"


def _wrong_words(pack: ChainPack) -> Iterator[checking.Fault]:
    """Tell words that are not of the language of chains, with the node or edge."""
    known = {node.id for node in pack.nodes}
    for place, node in enumerate(pack.nodes):
        edition = node.codes.edition
        if edition and edition not in load_industries().edition:
            reason = EDITION.format(given=edition, known=load_industries().edition)
            yield checking.Fault(("nodes", place, "codes"), node.id, reason)
        if isinstance(node.aliases_firm, Mapping):
            for firm, owner in node.aliases_firm.items():
                if owner not in known:
                    reason = NO_FIRM_NODE.format(firm=firm, node=owner)
                    yield checking.Fault(("nodes", place, "aliases_firm"), node.id, reason)
    for place, edge in enumerate(pack.edges):
        name = f"{edge.source}→{edge.target}"
        if edge.rel not in set(Relation):
            yield checking.Fault(("edges", place, "rel"), name, NO_RELATION.format(given=edge.rel))
        if edge.need is not None and edge.need not in set(Need):
            yield checking.Fault(("edges", place, "need"), name, NO_NEED.format(given=edge.need))


def _faults(pack: ChainPack) -> list[checking.Fault]:
    edges = [_to_check(edge) for edge in pack.edges]
    return checking.faults(pack.stage_names, nodes_of(pack), edges, load_industries())


def _to_check(edge: EdgePack) -> Edge:
    """An edge of an unknown relation closes no circle: it is told once, for its relation."""
    known = edge.rel in set(Relation)
    return edge.as_edge if known else replace(edge.as_edge, relation=Relation.RETURN)
