"""In what two versions of a chain differ, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from openzone.engines.chains.diff import (
    ChainDiff,
    EdgeChange,
    FieldChange,
    Kind,
    NodeChange,
    StageChange,
    Value,
)
from openzone.engines.chains.effect import Effect
from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.model import Chain
from openzone.engines.chains.report import Report
from openzone.engines.text import Text
from openzone.packs.chain_shape import ChainPack
from openzone.www.formats import number, say
from openzone.www.words_chains_versions import FIELDS, KINDS, NEEDS, RELATIONS

DASH = "—"
_RULES = ("inside", "trade", "code", "product", "scope", "name", "auto_from", "review_from", "lead")


class FieldLine(NamedTuple):
    """A field with both values; of a list only what came and what went."""

    label: str
    before: str
    after: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class Line(NamedTuple):
    """A part that came, went or says something else."""

    id: str
    title: str
    kind: Kind
    word: str
    fields: list[FieldLine]


class WordLine(NamedTuple):
    """A word that tells another node than before."""

    word: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Differences:
    """Everything a page says of a difference."""

    count: int
    head: list[FieldLine]
    stages: list[str]
    nodes: list[Line]
    edges: list[Line]
    rules: list[FieldLine]
    words: list[WordLine]

    @property
    def tally(self) -> str:
        """Say in one line how much differs."""
        said = _("%(nodes)s nodes, %(edges)s edges, %(words)s words, %(all)s differences in all")
        return said % {
            "nodes": len(self.nodes), "edges": len(self.edges), "words": len(self.words),
            "all": self.count,
        }  # fmt: skip


def differences(found: ChainDiff, before: ChainPack | None, after: ChainPack) -> Differences:
    """Put a difference into words; nodes are called as the newer version calls them."""
    names = {
        node.id: say(node.name.text) for pack in (before, after) if pack for node in pack.nodes
    }
    return Differences(
        len(found),
        [_field(change) for change in found.head],
        [_stage(change) for change in found.stages],
        [_node(change, names) for change in found.nodes],
        [_edge(change, names) for change in found.edges],
        [_field(change, rules=True) for change in found.rules],
        [
            WordLine(one.word, str(FIELDS[one.field]), _names(one.before, names),
                     _names(one.after, names))
            for one in found.words
        ],
    )  # fmt: skip


def _node(change: NodeChange, names: Mapping[str, str]) -> Line:
    title, word = names.get(change.id, change.id), say(KINDS[change.kind])
    return Line(change.id, title, change.kind, word, _told(change.kind, change.fields))


def _edge(change: EdgeChange, names: Mapping[str, str]) -> Line:
    key = change.key
    ends = f"{names.get(key.source, key.source)} → {names.get(key.target, key.target)}"
    title = f"{ends}（{RELATIONS.get(key.relation, key.relation)}）"
    word = say(KINDS[change.kind])
    return Line(
        f"{key.source}→{key.target}", title, change.kind, word, _told(change.kind, change.fields)
    )


def _told(kind: Kind, fields: Iterable[FieldChange]) -> list[FieldLine]:
    """What went needs no list of what it said."""
    return [] if kind is Kind.REMOVED else [_field(field) for field in fields]


def _field(change: FieldChange, *, rules: bool = False) -> FieldLine:
    name = f"rule_{change.field}" if rules and change.field in _RULES else change.field
    label = str(FIELDS.get(name, name))
    if isinstance(change.before, tuple) or isinstance(change.after, tuple):
        return FieldLine(label, "", "", change.gained, change.lost)
    return FieldLine(label, said(change.field, change.before), said(change.field, change.after),
                     (), ())  # fmt: skip


def said(field: str, value: Value) -> str:
    """Write a value."""
    if value is None:
        return DASH
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return "、".join(value)
    return str(NEEDS.get(value, value)) if field == "need" else value


def _stage(change: StageChange) -> str:
    given = {"stage": change.name, "before": change.before, "after": change.after}
    if change.before is None:
        return _("“%(stage)s” comes in at place %(after)s") % given
    if change.after is None:
        return _("“%(stage)s” goes") % given
    return _("“%(stage)s” moves from place %(before)s to place %(after)s") % given


def _names(nodes: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(node, node) for node in nodes) or DASH


class FigureLine(NamedTuple):
    """A figure of the chain before and after."""

    label: str
    before: str
    after: str
    differs: bool


class GapLine(NamedTuple):
    """A node whose gap is another."""

    node: str
    before: str
    after: str


GAPS = {
    GapKind.FILL: Text("补链", "to be filled"),
    GapKind.EXTEND: Text("延链", "to be extended"),
    GapKind.STRENGTHEN: Text("强链", "to be strengthened"),
    GapKind.APART: Text("缺，上下游也缺", "missing, nothing beside it"),
}


def figures(found: Effect) -> list[FigureLine]:
    """Return the figures of a chain before and after, with today's firms."""
    rows = [
        (_("Coverage by weight"), *[_rate(one.coverage) for one in _both(found)]),
        (_("Link rate"), *[_rate(one.link_rate) for one in _both(found)]),
        (_("Links with a firm at both ends"), *["/".join(map(str, r.links)) for r in _both(found)]),
        *[
            (say(words), *[str(sum(gap.kind is kind for gap in r.gaps)) for r in _both(found)])
            for kind, words in GAPS.items()
        ],
        (_("Firms that would be missed"), *[str(len(one.critical)) for one in _both(found)]),
        (_("Can wholly be made here"), *[str(len(one.local.made)) for one in _both(found)]),
    ]
    return [FigureLine(label, was, now, was != now) for label, was, now in rows]


def _both(found: Effect) -> tuple[Report, Report]:
    return found.before, found.after


def _rate(value: float | None) -> str:
    return DASH if value is None else f"{value:.1%}"


def gap_lines(found: Effect) -> list[GapLine]:
    """Return the nodes whose gap is another than before."""
    old, new = found.before.standing.chain, found.after.standing.chain
    return [
        GapLine(_called(one.node, new, old), _gap(one.node, one.before, old),
                _gap(one.node, one.after, new))
        for one in found.gaps
    ]  # fmt: skip


def _called(node: str, *chains: Chain) -> str:
    return next((say(one.nodes[node].name) for one in chains if node in one.nodes), node)


def _gap(node: str, kind: GapKind | None, chain: Chain) -> str:
    if kind is not None:
        return say(GAPS[kind])
    return _("strong") if node in chain.nodes else _("not in this version")
