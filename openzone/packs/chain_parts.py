"""A chain pack laid out for ``engines.chains.diff``."""

from collections.abc import Mapping
from typing import Any

from openzone.engines.chains.diff import ChainDiff, EdgeKey, Fields, Parts, Value, diff
from openzone.packs.chain_shape import ChainPack, EdgePack, NodePack, nodes_of

_PLAIN = ("aliases", "keywords", "heads", "excludes")


def compare(
    before: ChainPack | None, after: ChainPack, moves: Mapping[str, str] | None = None
) -> ChainDiff:
    """Return in what a chain differs from another version of it; from nothing if it is new.

    ``moves`` as for ``engines.chains.diff.diff``.
    """
    nothing = Parts({}, (), {}, {}, {})
    return diff(parts(before) if before else nothing, parts(after), moves)


def parts(pack: ChainPack) -> Parts:
    """Lay a pack out. Of its parts, roles and regions say nothing about the graph."""
    firms = {node.id: node.firms for node in nodes_of(pack)}
    return Parts(
        _head(pack),
        pack.stage_names,
        {node.id: _node(node, firms[node.id]) for node in pack.nodes},
        {_key(edge): _edge(edge) for edge in pack.edges},
        _said({name: getattr(pack.rules, name) for name in type(pack.rules).model_fields}),
    )


def _head(pack: ChainPack) -> Fields:
    head = pack.chain
    given: dict[str, Value] = {
        "name_zh": head.name.zh, "name_en": head.name.en, "version": head.version,
        "valid_from": head.valid_from.isoformat() if head.valid_from else None,
        "sources": head.sources, "verified": head.verified, **_note(head.note),
    }  # fmt: skip
    return _said(given)


def _node(node: NodePack, firms: tuple[str, ...]) -> Fields:
    given = {
        "name_zh": node.name.zh, "name_en": node.name.en, "stage": node.stage,
        "weight": node.weight, "parent": node.parent, "firms": firms,
        "gbt4754": node.codes.gbt4754, "hs": node.codes.hs, "strategic": node.codes.strategic,
        "edition": node.codes.edition, "verified": node.verified, **_note(node.note),
        **{name: getattr(node, name) for name in _PLAIN},
    }  # fmt: skip
    return _said(given)


def _key(edge: EdgePack) -> EdgeKey:
    return EdgeKey(edge.source, edge.target, edge.rel)


def _edge(edge: EdgePack) -> Fields:
    given = {
        "need": edge.as_edge.need.value, "alt_group": edge.alt_group,
        "cost_share": edge.cost_share, "source": edge.origin, "verified": edge.verified,
    }  # fmt: skip
    return _said(given)


def _note(note: Any) -> dict[str, Value]:
    return {"note_zh": note.zh, "note_en": note.en} if note else {}


def _said(given: Mapping[str, Value]) -> Fields:
    return {name: value for name, value in given.items() if value not in (None, "", ())}
