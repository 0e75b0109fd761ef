"""Chain packs: ``chains/<id>.yaml`` of a zone's pack folder, laid over the national ones."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from openzone.engines.chains import checking
from openzone.engines.chains.model import Chain, Edge, Need, Node, Relation
from openzone.engines.chains.placing import Manner
from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import Finding, PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.loading import NATIONAL, NOT_FOUND, NOT_UTF8
from openzone.packs.tables import load_industries
from openzone.packs.typed import BAD, Entry, load_typed, pack_file

FOLDER = "chains"
Mark = Literal["V", "V2", "L", "K"]
NO_CHAIN = Text(
    "没有产业链“{name}”，可用：{known}", "there is no chain “{name}”; known are {known}"
)
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
FILE_NAME = Text("文件名应为 {name}.yaml", "the file must be named {name}.yaml")
EDITION = Text(
    "行业分类版本“{given}”没有对照表，可用：{known}",
    "no table of edition “{given}”; known is {known}",
)


def _both(value: object) -> object:
    """A name given once is the name in both languages."""
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


Name = Annotated[Bilingual, BeforeValidator(_both)]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]
Words = Annotated[tuple[str, ...], BeforeValidator(_several)]


class HeadPack(Entry):
    """What the chain is."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Name
    version: Annotated[str, BeforeValidator(str)]
    valid_from: dt.date | None = None
    sources: Words = ()
    verified: Mark = "K"
    note: Name | None = None


class CodesPack(Entry):
    """Codes of statistics and customs; ``edition`` is that of GB/T 4754."""

    gbt4754: Words = ()
    hs: Words = ()
    strategic: Words = ()
    edition: Annotated[str, BeforeValidator(str)] | None = None


class NodePack(Entry):
    """A link of the chain."""

    id: Annotated[str, BeforeValidator(str)]
    name: Name
    stage: str
    weight: float = 1.0
    parent: str | None = None
    codes: CodesPack = CodesPack()
    aliases: Words = ()
    keywords: Words = ()
    heads: Words = ()
    excludes: Words = ()
    aliases_firm: Mapping[str, str] | Words = ()
    verified: Mark | None = None
    note: Name | None = None


class EdgePack(Entry):
    """What goes into what. An input is required unless it says otherwise; the rest is not."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    rel: str = Relation.INPUT.value
    need: str | None = None
    alt_group: Annotated[str, BeforeValidator(str)] | None = None
    cost_share: float | None = None
    origin: str | None = Field(default=None, alias="source")
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
    head_final: bool | None = None
    inside: Share | None = None
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


class ChainPack(Entry):
    """A whole file. Keys of other systems are kept out, so that a misspelt one is seen."""

    chain: HeadPack
    stages: tuple[str | Mapping[str, Any], ...]
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

    @property
    def as_chain(self) -> Chain:
        """What the engine reads."""
        return Chain(
            self.chain.id,
            self.chain.name.text,
            self.chain.version,
            self.stage_names,
            {node.id: node for node in _nodes(self)},
            tuple(edge.as_edge for edge in self.edges),
            self.chain.sources,
        )


def load_chain(path: Path) -> ChainPack:
    """Read a chain file.

    Raises:
        PackError: with every fault, each with its line, its node and the reason.

    """
    document = _document(path)
    try:
        pack = ChainPack.model_validate(document.value)
    except ValidationError as error:
        raise PackError([_problem(document, e["loc"], e["msg"]) for e in error.errors()]) from None
    found = [*_wrong_words(pack), *_faults(pack)]
    if found:
        located = [_located(document, pack, fault) for fault in found]
        raise PackError(sorted(located, key=lambda problem: problem.line))
    return pack


def _document(path: Path) -> Document:
    try:
        return read_document(path.read_text("utf-8-sig"), str(path))
    except FileNotFoundError:
        raise PackError([PackProblem(str(path), 1, "", NOT_FOUND)]) from None
    except UnicodeDecodeError:
        raise PackError([PackProblem(str(path), 1, "", NOT_UTF8)]) from None


def _problem(document: Document, path: tuple[str | int, ...], message: str) -> PackProblem:
    """Tell what the shape does not allow, with the id of the node it is about."""
    said = message.removeprefix("Value error, ")
    return document.problem(Finding(path, BAD.format(msg=_of_whom(document, path) + said)))


def _of_whom(document: Document, path: tuple[str | int, ...]) -> str:
    if len(path) < 2 or path[0] not in ("nodes", "edges") or not isinstance(path[1], int):
        return ""
    items = document.value.get(path[0])
    item = items[path[1]] if isinstance(items, list) and path[1] < len(items) else None
    if not isinstance(item, dict):
        return ""
    name = item.get("id") if path[0] == "nodes" else f"{item.get('from')}→{item.get('to')}"
    return f"{name}: "


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
    edges = [edge.as_edge for edge in pack.edges]
    return checking.faults(pack.stage_names, _nodes(pack), edges, load_industries())


def _nodes(pack: ChainPack) -> list[Node]:
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


def _located(document: Document, pack: ChainPack, fault: checking.Fault) -> PackProblem:
    found = document.problem(Finding(fault.path, fault.reason))
    return PackProblem(found.file, found.line, fault.node or found.path, found.reason)


def chain_files(folder: Path | None) -> dict[str, Path]:
    """Return the chain files by id: the national ones, a zone's own in their place."""
    found: dict[str, Path] = {}
    for root in filter(None, (NATIONAL, folder)):
        found |= {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}
    return found


def chain_pack(name: str, folder: Path | None) -> ChainPack:
    """Return a chain by its id, or from a path to a file.

    Raises:
        PackError: there is none, or it has faults.

    """
    files = chain_files(folder)
    if name in files:
        return _kept(files[name])
    if Path(name).suffix in {".yaml", ".yml", ".json"}:
        return load_chain(Path(name))
    reason = NO_CHAIN.format(name=name, known="、".join(files) or "—")
    raise PackError([PackProblem("", 0, "", reason)])


@cache
def _kept(path: Path) -> ChainPack:
    pack = load_chain(path)
    if pack.chain.id != path.stem:
        reason = FILE_NAME.format(name=pack.chain.id)
        raise PackError([PackProblem(str(path), 1, "chain.id", reason)])
    return pack
