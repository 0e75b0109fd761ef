"""Case types: ``services/*.yaml``, one service a file, laid over what it extends.

``extends`` names another file of the folder, ``preset`` a file of ``presets/`` with the limits one
place promises. Mappings are merged, lists and values replaced; the preset lies between what is
extended and the file itself. A zone's own file of a name takes the place of the bundled one.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openzone.engines.cases.definition import CaseType
from openzone.engines.cases.errors import DefinitionError
from openzone.engines.cases.loading import case_type
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import Finding, PackError, PackProblem
from openzone.engines.text import Text

SERVICES = Path(__file__).parent / "services"
PRESETS = "presets"
BASE = "base"
_ABOVE = ("extends", "preset")

NOT_THERE = Text("没有文件 {name}", "there is no file {name}")
IN_ITSELF = Text("{name} 继承了它自己", "{name} extends itself")


def load_mappings(folder: Path | None) -> dict[str, dict[str, Any]]:
    """Return the definitions of a zone, complete in themselves, by id.

    Raises:
        PackError: with every problem of every file.

    """
    found: dict[str, dict[str, Any]] = {}
    problems: list[PackProblem] = []
    for name in sorted(_names(folder)):
        try:
            mapping = _complete(name, folder, ())
            found[case_type(mapping).id] = mapping
        except PackError as error:
            problems += error.problems
        except DefinitionError as error:
            document = _document(name, folder)
            problems += [document.problem(Finding(f.path, f.reason)) for f in error.faults]
    if problems:
        raise PackError(problems)
    return found


def load_mapping(name: str, folder: Path | None = None, preset: str = "") -> dict[str, Any]:
    """Return one definition; with a preset, with that one instead of the one it names.

    Raises:
        PackError: the file or something it extends is not there or not well-formed.

    """
    return _complete(name, folder, (), preset)


def load_type(name: str, folder: Path | None = None, preset: str = "") -> CaseType:
    """Return one case type.

    Raises:
        PackError: as ``load_mapping`` does.
        DefinitionError: the definition cannot be used.

    """
    return case_type(load_mapping(name, folder, preset))


def presets(folder: Path | None = None) -> list[str]:
    """Return the names of the presets."""
    places = [SERVICES / PRESETS, *([folder / "services" / PRESETS] if folder else [])]
    return sorted({path.stem for place in places for path in place.glob("*.yaml")})


def laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two mappings deeply: what ``over`` says counts, a list as a whole.

    >>> laid_over({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": 3}, "d": []})
    {'a': {'b': 3, 'c': 2}, 'd': []}
    """
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        merged[key] = laid_over(below, value) if both else value
    return merged


def _names(folder: Path | None) -> set[str]:
    places = [SERVICES, *([folder / "services"] if folder else [])]
    return {path.stem for place in places for path in place.glob("*.yaml")} - {BASE}


def _complete(
    name: str, folder: Path | None, below: tuple[str, ...], preset: str = ""
) -> dict[str, Any]:
    document = _document(name, folder)
    if name in below:
        raise PackError([document.problem(Finding(("extends",), IN_ITSELF.format(name=name)))])
    own = dict(document.value)
    under = own.get("extends")
    mapping = _complete(str(under), folder, (*below, name)) if under else {}
    chosen = preset or own.get("preset")
    if chosen:
        mapping = laid_over(mapping, _document(f"{PRESETS}/{chosen}", folder).value)
    mapping = laid_over(mapping, own)
    return {key: _plain(value) for key, value in mapping.items() if key not in _ABOVE}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: YAML reads days as dates."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _document(name: str, folder: Path | None) -> Document:
    own = folder / "services" / f"{name}.yaml" if folder else None
    path = own if own is not None and own.exists() else SERVICES / f"{name}.yaml"
    if not path.exists():
        raise PackError([PackProblem(str(path), 1, "", NOT_THERE.format(name=path.name))])
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Document:
    return read_document(path.read_text("utf-8"), str(path))
