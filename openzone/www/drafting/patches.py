"""What a form sends, laid over the document that it was drawn from."""

import copy
from collections.abc import Mapping
from typing import Any

import yaml

from openzone.engines.rules.problems import Path
from openzone.www.drafting import facts, values
from openzone.www.drafting.nodes import CARRIED, GROUPS, MOST_TESTS, OPERATORS, Node, tree

Posted = Mapping[str, str]
Document = dict[str, Any]
HEAD = ("version", "effective_from", "effective_to", "verified")
SOURCE = ("title", "number", "issuer", "issued_on", "url")
DAYS = ("effective_from", "effective_to", "issued_on")
SECTIONS = ("let", "scores", "classify", "amount", "near")
"""Parts of a version that are written as text: tables, formulas, points."""


def patched(document: Document, index: int, posted: Posted) -> Document:
    """Return the document with what a form says of it; what the form does not show stays."""
    changed = copy.deepcopy(document)
    _rule(changed, posted)
    version = version_of(changed, index)
    if version is not None:
        _head(version, posted)
        _sections(version, posted)
        if "when" in version:
            for node in list(tree(version["when"]).walk()):
                _node(version, node, posted)
    return changed


def version_of(document: Document, index: int) -> Document | None:
    """Return a version of a document, None where there is nothing of that shape."""
    versions = document.get("versions")
    if not isinstance(versions, list) or index >= len(versions):
        return None
    return versions[index] if isinstance(versions[index], dict) else None


def _rule(document: Document, posted: Posted) -> None:
    if "title.zh" in posted:
        document["title"] = _bilingual(posted, "title")
    if "kind" in posted:
        document["kind"] = posted["kind"]


def _head(version: Document, posted: Posted) -> None:
    for key in HEAD:
        if key in posted:
            _set(version, key, _written(key, posted[key]))
    if any(f"source.{key}" in posted for key in SOURCE):
        source = version.setdefault("source", {})
        for key in SOURCE:
            if f"source.{key}" in posted:
                _set(source, key, _written(key, posted[f"source.{key}"]))
        source.setdefault("number", None)
    if "notes.zh" in posted:
        _notes(version, posted)


def _notes(version: Document, posted: Posted) -> None:
    """Read notes, one a line in each language; where one language is missing, the other stands."""
    zh, en = (posted.get(f"notes.{each}", "").strip().splitlines() for each in ("zh", "en"))
    lines = [(zh[n] if n < len(zh) else "", en[n] if n < len(en) else "") for n in
             range(max(len(zh), len(en)))]  # fmt: skip
    notes = [{"zh": one or other, "en": other or one} for one, other in lines if one or other]
    _set(version, "notes", notes)


def _sections(version: Document, posted: Posted) -> None:
    for name in SECTIONS:
        if (text := posted.get(f"section.{name}")) is not None:
            _set(version, name, section(text))


def section(text: str) -> Any:
    """Read a part that is written as text; what is no YAML stays text, and is told."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return text


def _node(version: Document, node: Node, posted: Posted) -> None:
    """Lay the inputs of one condition over it."""
    raw = at(version, node.path)
    if not isinstance(raw, dict) or f"{node.key}:here" not in posted:
        return
    sent = {
        name.rpartition(":")[2]: value
        for name, value in posted.items()
        if name.startswith(f"{node.key}:")
    }
    if node.is_leaf:
        _comparison(raw, node, sent)
    elif node.form == "at_least" and sent.get("n", "").strip().isdecimal():
        raw["at_least"]["n"] = int(sent["n"])
    elif node.form in GROUPS and sent.get("form") in GROUPS:
        _rename(raw, node.form, sent["form"])
    _set(raw, "id", sent.get("id", node.id).strip())
    _set(raw, "ref", sent.get("ref", node.ref).strip())
    if "label.zh" in sent:
        _set(raw, "label", _bilingual(sent, "label"))


def _comparison(raw: Document, node: Node, sent: Posted) -> None:
    subject = _subject(node, sent.get("subject", node.subject))
    fact = facts.known(subject) if node.form == "fact" else None
    tests = _tests(sent, fact)
    carried = {key: raw[key] for key in CARRIED if key in raw}
    raw.clear()
    raw.update(carried | {node.form: subject} | tests)


def _subject(node: Node, text: str) -> Any:
    if node.form == "fact":
        return facts.resolve(text)
    return values.formula(text) if node.form == "number" else text.strip()


def _tests(sent: Posted, fact: Any) -> Document:
    found: Document = {}
    for position in range(MOST_TESTS):
        operator, text = sent.get(f"op{position}", ""), sent.get(f"value{position}", "")
        if operator in OPERATORS and text.strip():
            found[operator] = values.read(operator, text, fact)
    return found


def _rename(raw: Document, old: str, new: str) -> None:
    """Give a group another form; the order of its keys stays."""
    items = [(new if key == old else key, value) for key, value in raw.items()]
    raw.clear()
    raw.update(items)


def _bilingual(sent: Posted, name: str) -> Document | None:
    """Read a name in both languages; with one alone it stands for both."""
    zh, en = (sent.get(f"{name}.{each}", "").strip() for each in ("zh", "en"))
    return {"zh": zh or en, "en": en or zh} if zh or en else None


def _set(mapping: Document, key: str, value: Any) -> None:
    """Set a key, or take it away where nothing is written."""
    if value in (None, "", [], {}):
        mapping.pop(key, None)
    else:
        mapping[key] = value


def _written(key: str, text: str) -> Any:
    """Read a day where the language wants one; a version called 2026 stays a text."""
    return values.day(text.strip()) if key in DAYS else text.strip()


def at(version: Document, path: Path) -> Any:
    """Return what stands at a path, None where there is nothing."""
    found: Any = version
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found
