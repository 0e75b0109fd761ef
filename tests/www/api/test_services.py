"""What people do on the pages, programs can do too; what stays on the pages is written down."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import openzone.www

WWW = Path(openzone.www.__file__).parent
DOCS = Path(__file__).parents[3] / "docs" / "api.md"
ROW = re.compile(r"^\| (`[\w.*`, ]+`) \| (.+) \|$", re.MULTILINE)
ZONE = "openzone.zone."


def _exceptions() -> dict[str, str]:
    """The list of docs/api.md, “What stays on the pages”: patterns with their reason."""
    text = DOCS.read_text(encoding="utf-8").split("## What stays on the pages")[1]
    rows = ROW.findall(text.split("\n## ")[0])
    return {name.strip("` "): reason.strip() for names, reason in rows for name in names.split(",")}


def _imported(tree: ast.AST) -> dict[str, str]:
    """What a module calls by which name, of the services of the zone."""
    return {
        name.asname or name.name: f"{node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ZONE)
        for name in node.names
        if ".services" in f"{node.module}.{name.name}"
    }


def _used(tree: ast.AST) -> Iterator[str]:
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{names.get(node.value.id, '')}.{node.attr}"


def _service(path: str) -> str:
    """The full name of the service a name stands for; empty for what is none."""
    module, _, name = path.rpartition(".")
    if not module.startswith(ZONE):
        return ""
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError:
        return ""
    if not inspect.isfunction(found) or "actor" not in inspect.signature(found).parameters:
        return ""
    return f"{found.__module__}.{found.__name__}".removeprefix(ZONE)


def _services(folder: str) -> set[str]:
    files = (WWW / folder).rglob("*.py")
    paths = {path for file in files for path in _used(ast.parse(file.read_text("utf-8")))}
    return {name for path in paths if (name := _service(path))}


PAGES, PROGRAMS, EXCEPTIONS = _services("views"), _services("api"), _exceptions()


def test_the_services_of_pages_and_programs_are_found() -> None:
    for known in ("cases.services.acting.act", "community.services.custody.give"):
        assert known in PAGES
        assert known in PROGRAMS


def test_every_service_a_page_calls_has_an_operation_or_stands_on_the_list() -> None:
    missing = {
        name
        for name in PAGES - PROGRAMS
        if not any(fnmatchcase(name, pattern) for pattern in EXCEPTIONS)
    }
    assert sorted(missing) == []


@pytest.mark.parametrize("pattern", EXCEPTIONS)
def test_an_exception_is_about_something_and_says_why(pattern: str) -> None:
    meant = {name for name in PAGES if fnmatchcase(name, pattern)}
    assert meant, "no page calls this any more"
    assert not meant & PROGRAMS, "a program can do this now"
    assert len(EXCEPTIONS[pattern]) > 20
