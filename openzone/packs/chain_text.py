"""Changing a chain file entry by entry, so that what nobody touched stays as it was written.

Only the lines of an entry are replaced: comments, order and layout of the rest are kept. Where a
file is laid out so that this cannot be done safely (anchors, say) it is written anew, and says the
same.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import yaml

from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import PackError

LISTS = ("nodes", "edges")
Value = dict[str, Any]
Entry = Mapping[str, Any]
Place = tuple[str, int]
"""``nodes`` or ``edges``, and which of them, from 0."""


def replace(text: str, entries: Mapping[Place, Entry]) -> str:
    """Write other entries in the places of some.

    Raises:
        PackError: the text is not YAML.

    """

    def change(value: Value) -> None:
        for (key, place), entry in entries.items():
            value[key][place] = entry

    def edit(document: Document) -> str:
        found = text
        for (key, place), entry in _from_the_end(document, entries):
            start, end = _span(_entries(document, key)[place])
            found = found[:start] + line(entry) + found[end:]
        return found

    return _edited(text, edit, change)


def append(text: str, key: str, entry: Entry) -> str:
    """Add an entry at the end of ``nodes`` or ``edges``.

    Raises:
        PackError: the text is not YAML.

    """

    def change(value: Value) -> None:
        value[key] = [*(value.get(key) or ()), entry]

    def edit(document: Document) -> str:
        start, end = _span(_entries(document, key)[-1])
        first = text.rindex("\n", 0, start) + 1
        indent = text[first:start].split("-", maxsplit=1)[0]
        return f"{text[:end]}\n{indent}- {line(entry)}{text[end:]}"

    return _edited(text, edit, change)


def remove(text: str, places: Collection[Place]) -> str:
    """Take entries out, with their lines.

    Raises:
        PackError: the text is not YAML.

    """
    gone: dict[Place, Entry] = {place: {} for place in places}

    def change(value: Value) -> None:
        for key, place in sorted(gone, reverse=True):
            value[key].pop(place)

    def edit(document: Document) -> str:
        found = text
        for (key, place), _ in _from_the_end(document, gone):
            start, end = _span(_entries(document, key)[place])
            first = found.rindex("\n", 0, start) + 1
            last = found.find("\n", end)
            found = found[:first] + ("" if last < 0 else found[last + 1 :])
        return found

    return _edited(text, edit, change)


def set_part(text: str, key: str, part: Any) -> str:
    """Write a whole part of the file: ``chain``, ``stages``, ``rules``; nothing takes it out.

    Raises:
        PackError: the text is not YAML.

    """

    def change(value: Value) -> None:
        value.pop(key, None)
        if part:
            value[key] = part

    def edit(document: Document) -> str:
        written = _part(key, part) if part else ""
        for name, node in document.root.value:
            if name.value == key:
                start, (_, end) = name.start_mark.index, _span(node)
                return text[:start] + written + (text[end:] if part else text[end:].lstrip("\n"))
        return f"{text.rstrip()}\n{written}\n" if part else text

    return _edited(text, edit, change)


def written(value: Entry) -> str:
    """Write a whole file: a node and an edge a line."""
    found = [_part(key, part) for key, part in value.items() if key not in LISTS]
    for key in LISTS:
        if key in value:
            lines = "".join(f"\n  - {line(one)}" for one in value[key])
            found.append(f"{key}:{lines or ' []'}")
    return "\n".join([*found, ""])


def line(value: Any) -> str:
    """Write a value on one line, as YAML in braces."""
    told = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9
    )
    return str(told.removesuffix("...\n")).strip()


def _part(key: str, part: Any) -> str:
    if not isinstance(part, Mapping):
        return f"{key}: {line(part)}"
    return "\n".join([f"{key}:", *(f"  {name}: {line(one)}" for name, one in part.items())])


def _edited(text: str, edit: Callable[[Document], str], change: Callable[[Value], object]) -> str:
    """Return the text edited in place if it then says what it should, else written anew."""
    document = read_document(text, "")
    wanted = json_like(document.value)
    change(wanted)
    wanted = json_like(wanted)
    try:
        found = edit(document)
        if json_like(read_document(found, "").value) == wanted:
            return found
    except (PackError, ValueError, IndexError, TypeError, AttributeError):
        pass
    return written(wanted)


def json_like(value: Any) -> Any:
    """Return plain data as JSON has it, a copy to be changed."""
    return json.loads(json.dumps(value, default=str))


def _entries(document: Document, key: str) -> Sequence[yaml.Node]:
    for name, node in document.root.value:
        if name.value == key and isinstance(node, yaml.SequenceNode) and not node.flow_style:
            return list(node.value)
    raise ValueError(key)


def _from_the_end(document: Document, entries: Mapping[Place, Entry]) -> list[tuple[Place, Entry]]:
    """Sort entries so that a change of one does not move those still to come."""

    def start(one: tuple[Place, Entry]) -> int:
        (key, place), _ = one
        return _span(_entries(document, key)[place])[0]

    return sorted(entries.items(), key=start, reverse=True)


def _span(node: yaml.Node) -> tuple[int, int]:
    """Return where a node begins and where its last character ends."""
    start = node.start_mark.index
    is_list = isinstance(node, yaml.CollectionNode) and not node.flow_style
    if not is_list or not node.value:
        return start, node.end_mark.index
    last = node.value[-1]
    return start, _span(last[1] if isinstance(last, tuple) else last)[1]
