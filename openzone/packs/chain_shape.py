"""A chain file as it is written: what may stand where, before it is checked as a whole."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from openzone.engines.chains.model import Chain, Edge, Need, Node, Relation
from openzone.engines.chains.placing import Manner
from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def _both(value: object) -> object:
    """A name given once is the name in both languages."""
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _trimmed(value: object) -> object:
    """Blanks at the ends say nothing, and no file of tables keeps them."""
    if not isinstance(value, Mapping):
        return value
    return {k: v.strip() if isinstance(v, str) else v for k, v in value.items()}


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _written(value: object) -> object:
    """Take numbers and days for the text they were written as; ``on`` and ``no`` are no text."""
    is_text = isinstance(value, int | float | dt.date) and not isinstance(value, bool)
    return str(value) if is_text else value


def _readable(value: str) -> str:
    """Refuse what cannot be written in every format of chains."""
    if _UNREADABLE.search(value):
        raise PydanticCustomError("string_unreadable", "unreadable character")
    return value


def _both_readable(value: Bilingual) -> Bilingual:
    _readable(value.zh + value.en)
    return value


Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_readable)
]
Id = Annotated[Word, BeforeValidator(_written)]
Name = Annotated[
    Bilingual, BeforeValidator(_trimmed), BeforeValidator(_both), AfterValidator(_both_readable)
]
Number = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[Number, Field(ge=0, le=1)]
Weight = Annotated[Number, Field(ge=0)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_several)]


def _kind_of_firms(value: object) -> str:
    return "owners" if isinstance(value, Mapping) else "words"


Firms = Annotated[
    Annotated[Mapping[Word, Id], Tag("owners")] | Annotated[Words, Tag("words")],
    Discriminator(_kind_of_firms),
]


class HeadPack(Entry):
    """What the chain is."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Name
    version: Id
    valid_from: dt.date | None = None
    sources: Words = ()
    verified: Mark = "K"
    note: Name | None = None


class CodesPack(Entry):
    """Codes of statistics and customs; ``edition`` is that of GB/T 4754."""

    gbt4754: Words = ()
    hs: Words = ()
    strategic: Words = ()
    edition: Id | None = None


class NodePack(Entry):
    """A link of the chain."""

    id: Id
    name: Name
    stage: Word
    weight: Number = 1.0
    parent: Id | None = None
    codes: CodesPack = CodesPack()
    aliases: Words = ()
    keywords: Words = ()
    heads: Words = ()
    excludes: Words = ()
    aliases_firm: Firms = ()
    verified: Mark | None = None
    note: Name | None = None


class EdgePack(Entry):
    """What goes into what. An input is required unless it says otherwise; the rest is not."""

    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    rel: Word = Relation.INPUT.value
    need: Word | None = None
    alt_group: Id | None = None
    cost_share: Number | None = None
    origin: Word | None = Field(default=None, alias="source")
    verified: Mark | None = None

    @property
    def as_edge(self) -> Edge:
        """What the engine reads; a wrong relation is told by ``_wrong_words``."""
        relation = Relation(self.rel) if self.rel in set(Relation) else Relation.INPUT
        usual = Need.REQUIRED if relation is Relation.INPUT else Need.OPTIONAL
        need = Need(self.need) if self.need in set(Need) else usual
        return Edge(
            self.source, self.target, relation, need, self.alt_group, self.cost_share,
            self.origin or "",
        )  # fmt: skip


class RulesPack(Entry):
    """How texts are read: see ``engines.chains.placing.Manner``, whose names these are.

    What a chain does not say is as in ``chain_reading.yaml``.
    """

    strip_tails: Words | None = None
    trade_words: Words | None = None
    equipment_tails: Words | None = None
    recycling_tails: Words | None = None
    use_words: Words | None = None
    head_final: bool | None = None
    inside: Share | None = None
    earlier: Share | None = None
    trade: Share | None = None
    code: Share | None = None
    product: Weight | None = None
    scope: Weight | None = None
    name: Weight | None = None
    auto_from: Share | None = None
    review_from: Share | None = None
    lead: Share | None = None


class ReadingPack(Entry):
    """``chain_reading.yaml``."""

    source: Bilingual
    verified: Mark
    rules: RulesPack


def _kind_of_stage(value: object) -> str:
    return "more" if isinstance(value, Mapping) else "name"


Stage = Annotated[
    Annotated[Word, Tag("name")] | Annotated[Mapping[str, Any], Tag("more")],
    Discriminator(_kind_of_stage),
]


class ChainPack(Entry):
    """A whole file. Keys of other systems are kept out, so that a misspelt one is seen."""

    chain: HeadPack
    stages: tuple[Stage, ...]
    nodes: tuple[NodePack, ...]
    edges: tuple[EdgePack, ...] = ()
    roles: Mapping[str, Any] = Field(default_factory=dict)
    rules: RulesPack = RulesPack()
    regions: Mapping[str, Any] = Field(default_factory=dict)

    @property
    def stage_names(self) -> tuple[str, ...]:
        """Stages in order, upstream first."""
        return tuple(one if isinstance(one, str) else str(one.get("id", "")) for one in self.stages)

    def manner(self, folder: Path | None) -> Manner:
        """How the texts of firms are read against this chain."""
        usual = load_typed(pack_file("chain_reading.yaml", folder), ReadingPack).rules
        said = [rules.model_dump(exclude_none=True) for rules in (usual, self.rules)]
        return Manner(**(said[0] | said[1]))

    @cached_property
    def as_chain(self) -> Chain:
        """What the engine reads."""
        return Chain(
            self.chain.id,
            self.chain.name.text,
            self.chain.version,
            self.stage_names,
            {node.id: node for node in nodes_of(self)},
            tuple(edge.as_edge for edge in self.edges),
            self.chain.sources,
        )


def nodes_of(pack: ChainPack) -> list[Node]:
    """Return the nodes; a firm may be named at another node than its own."""
    brands: dict[str, list[str]] = {node.id: [] for node in pack.nodes}
    for node in pack.nodes:
        firms = node.aliases_firm
        pairs = firms.items() if isinstance(firms, Mapping) else ((one, node.id) for one in firms)
        for firm, owner in pairs:
            brands.get(owner, []).append(firm)
    return [_node(node, brands[node.id]) for node in pack.nodes]


def _node(pack: NodePack, brands: list[str]) -> Node:
    return Node(
        pack.id, pack.name.text, pack.stage, pack.weight, pack.parent, pack.codes.gbt4754,
        pack.codes.hs, pack.aliases, pack.keywords, pack.heads, pack.excludes,
        tuple(dict.fromkeys(brands)),
    )  # fmt: skip
