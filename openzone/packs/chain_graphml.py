"""A chain as GraphML, the file that programs of graphs exchange (graphml.graphdrawing.org)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.chain_cells import COLUMNS, MORE, NUMBERS, Cells, as_json, cells, entry
from openzone.packs.sourced import Places, Sourced

NOT_XML = Text("不是有效的 XML：{why}", "not valid XML: {why}")
NOT_GRAPHML = Text(
    "不是 GraphML：最外层应为 graphml", "no GraphML: the outermost element must be graphml"
)
ENTITY = Text("不支持 XML 实体声明", "entities of XML are not supported")
NO_GRAPH = Text("文件里没有 graph", "the file holds no graph")
GRAPHS = Text("一个文件只能有一个 graph", "there can be one graph a file only")
UNDIRECTED = Text("应为有向图（edgedefault=directed）", "the graph must be directed")
NOT_JSON = Text("“{name}”不是有效的 JSON", "“{name}” is not valid JSON")
_SPACE = "http://graphml.graphdrawing.org/xmlns"
_OURS = {"from": "source", "to": "target", "source": "origin"}
"""Edges already have a source and a target."""
_JSON = ("stages", *MORE)
_LABELS = ("name", "label")
"""What other programs call the name of a node."""


def write_graphml(value: Mapping[str, Any]) -> bytes:
    """Write a chain given as plain data."""
    head = cells(value["chain"]) | {k: as_json(value[k]) for k in _JSON if k in value}
    nodes = [cells(node) for node in value.get("nodes", ())]
    edges = [cells(edge) for edge in value.get("edges", ())]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<graphml xmlns={quoteattr(_SPACE)}>",
        *_keys("graph", [head]),
        *_keys("node", nodes),
        *_keys("edge", edges),
        f'<graph id={quoteattr(head["id"])} edgedefault="directed">',
        *_data("graph", head),
    ]
    for node in nodes:
        lines += [f"<node id={_attribute(node['id'])}>", *_data("node", node), "</node>"]
    for edge in edges:
        ends = f"source={_attribute(edge['from'])} target={_attribute(edge['to'])}"
        lines += [f"<edge {ends}>", *_data("edge", edge), "</edge>"]
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def _keys(of: str, rows: list[Cells]) -> Iterator[str]:
    for name in dict.fromkeys(name for row in rows for name in row):
        if name in _ENDS[of]:
            continue
        kind = "double" if name in NUMBERS else "string"
        told = f'attr.name="{_told(of, name)}" attr.type="{kind}"'
        yield f'<key id="{of}_{name}" for="{of}" {told}/>'


_ENDS = {"graph": ("id",), "node": ("id",), "edge": ("from", "to")}


def _told(of: str, name: str) -> str:
    return _OURS.get(name, name) if of == "edge" else name


def _data(of: str, row: Cells) -> Iterator[str]:
    for name, text in row.items():
        if name not in _ENDS[of]:
            yield f'<data key="{of}_{name}">{escape(text)}</data>'


def _attribute(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\t": "&#9;"})


def read_graphml(data: bytes, name: str) -> Sourced:
    """Return the plain data of a graph, with the line of every part.

    Names of data that chains do not know are passed over: programs that draw add their own.

    Raises:
        PackError: no XML, no GraphML, or a graph without direction.

    """
    reader = _Reader(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, given: reader.start(
        tag.rpartition(" ")[2], given, parser.CurrentLineNumber
    )
    parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = lambda *_: reader.refuse(parser.CurrentLineNumber, ENTITY)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = NOT_XML.format(why=expat.errors.messages[error.code])
        raise PackError([PackProblem(name, error.lineno, "", reason)]) from None
    except PackError:
        raise
    except (LookupError, ValueError) as error:  # an encoding nobody knows
        raise PackError([PackProblem(name, 1, "", NOT_XML.format(why=str(error)))]) from None
    return reader.found()


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.head: dict[str, str] = {}
        self.lists: dict[str, list[Cells]] = {"nodes": [], "edges": []}
        self.places: Places = {(): (file, 1)}
        self._keys: dict[str, str] = {}
        self._open: list[str] = []
        self._graph = False
        self._into: dict[str, str] = {}
        self._key: str | None = None

    def refuse(self, line: int, reason: Text) -> None:
        raise PackError([PackProblem(self.file, line, "", reason)])

    def start(self, tag: str, given: dict[str, str], line: int) -> None:
        if not self._open and tag != "graphml":
            self.refuse(line, NOT_GRAPHML)
        self._open.append(tag)
        if tag == "key":
            self._keys[given.get("id", "")] = given.get("attr.name", "")
        elif tag == "graph":
            self._begin(given, line)
        elif tag == "node":
            self._add("nodes", {"id": given.get("id", "")}, line)
        elif tag == "edge":
            if given.get("directed") == "false":
                self.refuse(line, UNDIRECTED)
            ends = {"from": given.get("source", ""), "to": given.get("target", "")}
            self._add("edges", ends, line)
        elif tag == "data":
            self._key = self._named(given.get("key", ""))

    def _begin(self, given: dict[str, str], line: int) -> None:
        if self._graph:
            self.refuse(line, GRAPHS)
        if given.get("edgedefault") != "directed":
            self.refuse(line, UNDIRECTED)
        self._graph = True
        self.places["chain",] = self.places["stages",] = (self.file, line)
        self.head["id"] = given.get("id", "")
        self._into = self.head

    def _add(self, kind: str, one: Cells, line: int) -> None:
        self.places[kind, len(self.lists[kind])] = (self.file, line)
        self.lists[kind].append(one)
        self._into = one

    def _named(self, key: str) -> str | None:
        """Return the cell a key stands for, none where chains know no such cell."""
        name = self._keys.get(key) or key
        if "edge" in self._open:
            name = {theirs: ours for ours, theirs in _OURS.items()}.get(name, name)
        if name in _LABELS:
            name = "name_zh"
        known = name in COLUMNS or (self._into is self.head and name in _JSON)
        return name if known and name not in ("kind", "value", *self._ends()) else None

    def _ends(self) -> tuple[str, ...]:
        return _ENDS["edge"] if "edge" in self._open else ("id",)

    def text(self, text: str) -> None:
        if self._open[-1] == "data" and self._key:
            self._into[self._key] = self._into.get(self._key, "") + text

    def end(self, tag: str) -> None:
        self._open.pop()
        if tag == "data":
            self._key = None
        elif tag in ("node", "edge"):
            self._into = self.head

    def found(self) -> Sourced:
        if not self._graph:
            self.refuse(1, NO_GRAPH)
        whole = {name: self._json(name) for name in _JSON if name in self.head}
        value = {
            "chain": entry(self.head),
            **{k: list(map(entry, v)) for k, v in self.lists.items()},
        }
        return Sourced(value | whole, self.places)

    def _json(self, name: str) -> Any:
        try:
            return json.loads(self.head.pop(name))
        except (ValueError, RecursionError):
            return self.refuse(self.places["chain",][1], NOT_JSON.format(name=name))
