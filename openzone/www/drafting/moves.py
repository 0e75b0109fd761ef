"""Steps that change the shape of a condition: add, remove, order, put into a group."""

import copy
from typing import Any

from openzone.engines.rules.language import CONDITION_FORMS
from openzone.engines.rules.problems import Path
from openzone.engines.text import Text
from openzone.www.drafting.nodes import GROUPS, form_of
from openzone.www.drafting.patches import Document, at, version_of
from openzone.zone.errors import Refused

NO_STEP = Text("无法执行这一步：{step}", "this step cannot be done: {step}")
LAST_ONE = Text("一组条件至少要留一项", "a group keeps at least one condition")


def moved(document: Document, index: int, step: str) -> tuple[Document, Path]:
    """Return the document after a step such as ``add:when.all:fact``, and where to go on.

    Raises:
        Refused: there is no such place, or the step makes no sense there.

    """
    changed = copy.deepcopy(document)
    version = version_of(changed, index)
    verb, _, rest = step.partition(":")
    place, _, form = rest.partition(":")
    act = _STEPS.get(verb)
    if version is None or act is None:
        raise Refused(NO_STEP.format(step=step))
    try:
        return changed, act(version, path_of(place), form)
    except (KeyError, IndexError, TypeError, ValueError):
        raise Refused(NO_STEP.format(step=step)) from None


def path_of(key: str) -> Path:
    """Read a path as inputs write it: ``when.all.2``."""
    return tuple(int(step) if step.isdecimal() else step for step in key.split("."))


def _add(version: Document, path: Path, form: str) -> Path:
    """Add a member at the end of a group."""
    members = _members(version, path)
    members.append(blank(form, _free_id(version), top=path == ("when",)))
    return (*_list_path(version, path), len(members) - 1)


def _remove(version: Document, path: Path, _form: str) -> Path:
    *parent, last = path
    members = at(version, tuple(parent))
    if len(members) == 1:
        raise Refused(LAST_ONE)
    del members[int(last)]
    return (*parent, max(int(last) - 1, 0))


def _up(version: Document, path: Path, _form: str) -> Path:
    return _swapped(version, path, -1)


def _down(version: Document, path: Path, _form: str) -> Path:
    return _swapped(version, path, 1)


def _swapped(version: Document, path: Path, by: int) -> Path:
    *parent, last = path
    members, here = at(version, tuple(parent)), int(last)
    there = min(max(here + by, 0), len(members) - 1)
    members[here], members[there] = members[there], members[here]
    return (*parent, there)


def _wrap(version: Document, path: Path, form: str) -> Path:
    """Put a condition into a group of its own; its name stays with the group."""
    inner = at(version, path)
    if not isinstance(inner, dict):
        raise TypeError(path)
    kept = {key: inner.pop(key) for key in ("id", "label", "ref") if key in inner}
    group: Document = {"n": 1, "of": [inner]} if form == "at_least" else {}
    outer = kept | {form: group or (inner if form == "not" else [inner])}
    _put(version, path, outer)
    return path


def _unwrap(version: Document, path: Path, _form: str) -> Path:
    """Put the only member of a group in its place; the name of the group stays."""
    outer = at(version, path)
    form = form_of(outer, path)
    inner = outer[form] if form == "not" else _members(version, path)[0]
    if form != "not" and len(_members(version, path)) > 1:
        raise Refused(NO_STEP.format(step="unwrap"))
    kept = {key: outer[key] for key in ("id", "label", "ref") if key in outer}
    _put(version, path, {**inner, **kept})
    return path


_STEPS = {
    "add": _add,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "wrap": _wrap,
    "unwrap": _unwrap,
}


def blank(form: str, name: str = "", *, top: bool = False) -> Document:
    """Return a condition to be filled in."""
    if form not in CONDITION_FORMS:
        if form in ("case", "else"):
            return (
                {"when": {"fact": ""}, "then": {"fact": ""}}
                if form == "case"
                else {"else": {"fact": ""}}
            )
        raise ValueError(form)
    empty: dict[str, Any] = {
        "at_least": {"n": 1, "of": [{"fact": ""}]},
        "not": {"fact": ""},
        "cases": [{"when": {"fact": ""}, "then": {"fact": ""}}],
    }
    inside = empty.get(form, [{"fact": ""}] if form in GROUPS else "")
    head = {"id": name, "label": {"zh": "新条件", "en": "New condition"}} if top else {}
    return {**head, form: inside}


def _members(version: Document, path: Path) -> list[Any]:
    members = at(version, _list_path(version, path))
    if not isinstance(members, list):
        raise TypeError(path)
    return members


def _list_path(version: Document, path: Path) -> Path:
    """Return where the members of a group stand."""
    form = form_of(at(version, path), path)
    return (*path, form, "of") if form == "at_least" else (*path, form)


def _put(version: Document, path: Path, value: Document) -> None:
    *parent, last = path
    at(version, tuple(parent))[last] = value


def _free_id(version: Document) -> str:
    """Return an id for a clause that no other has."""
    taken = str(version.get("when"))
    number = 1
    while f"'c{number}'" in taken:
        number += 1
    return f"c{number}"
