"""Changing a draft part by part: a node, an edge, the stages, how texts are read, the head."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.packs import chain_text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.chains.drafting import LONGEST, ensure_short, ensure_unseen, open_, saved
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.selectors.drafts import Reading, pack_of, read
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

Entry = Mapping[str, Any]
NOT_READABLE = Text(
    "文件目前无法读取（第{line}行：{why}），请先在“文本”中改正",
    "the file cannot be read as it is (line {line}: {why}); mend it as text first",
)
NO_ENTRY = Text("草案中没有这一项", "the draft has no such entry")
STAGE_TWICE = Text("环节“{stage}”写了两次", "stage “{stage}” is there twice")


@transaction.atomic
def put_node(
    *, actor: Actor, by: User, draft: ChainDraft, place: int | None, node: Entry, revision: int,
    now: dt.datetime,
) -> ChainDraft:  # fmt: skip
    """Write the node at a place of the file, or add one; a key with nothing in it is left out.

    A node that gets another id takes its edges, its children and its firms along.
    """
    current = ensure_unseen(open_(draft), revision)
    reading = _readable(current)
    new = _laid(_entry(reading, "nodes", place), node)
    if place is None:
        current.text = chain_text.append(current.text, "nodes", new)
    else:
        old, name = _id(_entry(reading, "nodes", place)), _id(new)
        current.text = chain_text.replace(
            current.text, {**_renamed(reading, old, name), ("nodes", place): new}
        )
        _follow(current, old, name)
    return _kept(actor, by, current, now, {"part": "node", "id": _id(new)})


@transaction.atomic
def remove_node(
    *, actor: Actor, by: User, draft: ChainDraft, place: int, revision: int, now: dt.datetime
) -> ChainDraft:
    """Take a node out, with its edges; its children have no parent then."""
    current = ensure_unseen(open_(draft), revision)
    reading = _readable(current)
    name = _id(_entry(reading, "nodes", place))
    gone = [("nodes", place), *(("edges", at) for at in _edges_of(reading, name))]
    children = {
        ("nodes", at): {key: value for key, value in one.items() if key != "parent"}
        for at, one in enumerate(reading.entries("nodes"))
        if name and one.get("parent") == name and at != place
    }
    current.text = chain_text.remove(chain_text.replace(current.text, children), gone)
    return _kept(actor, by, current, now, {"part": "node", "removed": name, "edges": len(gone) - 1})


@transaction.atomic
def put_edge(
    *, actor: Actor, by: User, draft: ChainDraft, place: int | None, edge: Entry, revision: int,
    now: dt.datetime,
) -> ChainDraft:  # fmt: skip
    """Write the edge at a place of the file, or add one."""
    current = ensure_unseen(open_(draft), revision)
    new = _laid(_entry(_readable(current), "edges", place), edge)
    if place is None:
        current.text = chain_text.append(current.text, "edges", new)
    else:
        current.text = chain_text.replace(current.text, {("edges", place): new})
    return _kept(actor, by, current, now, {"part": "edge", "id": _ends(new)})


@transaction.atomic
def remove_edge(
    *, actor: Actor, by: User, draft: ChainDraft, place: int, revision: int, now: dt.datetime
) -> ChainDraft:
    """Take an edge out."""
    current = ensure_unseen(open_(draft), revision)
    gone = _entry(_readable(current), "edges", place)
    current.text = chain_text.remove(current.text, [("edges", place)])
    return _kept(actor, by, current, now, {"part": "edge", "removed": _ends(gone)})


@transaction.atomic
def set_stages(
    *, actor: Actor, by: User, draft: ChainDraft, stages: Sequence[tuple[str, str]], revision: int,
    now: dt.datetime,
) -> ChainDraft:  # fmt: skip
    """Write the stages in order, each as its name so far (empty for a new one) and its name now.

    The nodes of a stage that gets another name go with it.
    """
    current = ensure_unseen(open_(draft), revision)
    reading = _readable(current)
    names = [new for _, new in stages]
    for name in names:
        if names.count(name) > 1:
            raise Refused(STAGE_TWICE.format(stage=name), field="stages")
    called = {old: new for old, new in stages if old and old != new}
    nodes = {
        ("nodes", at): {**one, "stage": called[one["stage"]]}
        for at, one in enumerate(reading.entries("nodes"))
        if one.get("stage") in called
    }
    text = chain_text.replace(current.text, nodes)
    current.text = chain_text.set_part(text, "stages", names)
    return _kept(actor, by, current, now, {"part": "stages", "stages": list(names)})


@transaction.atomic
def set_part(
    *, actor: Actor, by: User, draft: ChainDraft, part: str, entry: Entry, revision: int,
    now: dt.datetime,
) -> ChainDraft:  # fmt: skip
    """Write the head of the file (``chain``) or how texts are read (``rules``)."""
    current = ensure_unseen(open_(draft), revision)
    old = _readable(current).value.get(part)
    new = _laid(old if isinstance(old, Mapping) else {}, entry)
    current.text = chain_text.set_part(current.text, part, new)
    return _kept(actor, by, current, now, {"part": part})


def _readable(draft: ChainDraft) -> Reading:
    """Return what the text says; refuse one that is no YAML, which is mended as text."""
    reading = read(draft.text, draft.chain)
    if reading.value:
        return reading
    first = reading.problems[0]
    raise Refused(
        Text(
            NOT_READABLE.zh.format(line=first.line, why=first.reason.zh),
            NOT_READABLE.en.format(line=first.line, why=first.reason.en),
        )
    )


def _entry(reading: Reading, key: str, place: int | None) -> Entry:
    if place is None:
        return {}
    entries = reading.entries(key)
    if not 0 <= place < len(entries):
        raise Refused(NO_ENTRY)
    return entries[place]


def _laid(old: Entry, new: Entry) -> dict[str, Any]:
    """Lay new values over the old; what is empty says nothing and is not written."""
    both = {**old, **new}
    return {key: value for key, value in both.items() if value not in (None, "", [], {})}


def _renamed(reading: Reading, old: str, new: str) -> dict[chain_text.Place, Entry]:
    """Return the edges and children of a node with its other name."""
    if not old or old == new:
        return {}
    edges = reading.entries("edges")
    found: dict[chain_text.Place, Entry] = {
        ("edges", at): {key: _other(key, value, old, new) for key, value in edges[at].items()}
        for at in _edges_of(reading, old)
    }
    for at, one in enumerate(reading.entries("nodes")):
        changed = {key: _other(key, value, old, new) for key, value in one.items()}
        if changed != one:
            found["nodes", at] = changed
    return found


def _other(key: str, value: Any, old: str, new: str) -> Any:
    """Return a value of an entry with the other name where it names the node."""
    if key in ("from", "to", "parent"):
        return new if value == old else value
    if key == "aliases_firm" and isinstance(value, Mapping):
        return {firm: new if node == old else node for firm, node in value.items()}
    return value


def _follow(draft: ChainDraft, old: str, new: str) -> None:
    """Let the firms of a node go with its name, if the version in force has the node."""
    if not old or old == new:
        return
    base = _base_nodes(draft)
    draft.moves = {
        name: new if there == old else there for name, there in draft.moves.items() if name != new
    }
    if old in base:
        draft.moves[old] = new


def _base_nodes(draft: ChainDraft) -> set[str]:
    try:
        pack = pack_of(draft.base_text, draft.chain)
    except PackError:
        return set()
    return {node.id for node in pack.nodes} if pack else set()


def _edges_of(reading: Reading, node: str) -> list[int]:
    edges = reading.entries("edges")
    return [at for at, one in enumerate(edges) if node and node in (one.get("from"), one.get("to"))]


def _id(entry: Entry) -> str:
    return str(entry.get("id") or "")


def _ends(entry: Entry) -> str:
    return f"{entry.get('from', '')}→{entry.get('to', '')}"


def _kept(
    actor: Actor, by: User, draft: ChainDraft, now: dt.datetime, payload: Mapping[str, JSON]
) -> ChainDraft:
    ensure_short("text", draft.text, LONGEST)
    return saved(actor, by, draft, now, "changed", payload)
