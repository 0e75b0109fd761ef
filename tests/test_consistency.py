"""The shape of the house, held as tests.

Relative imports, layers and types are held by ruff, import-linter and mypy (``make check``).
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Unpack, get_origin

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.core.management import call_command

from openzone.zone.audit.services import record
from tools import messages

ROOT = Path(__file__).parents[1]
ZONE = ROOT / "openzone" / "zone"
APPS = sorted(path.parent.name for path in ZONE.glob("*/apps.py"))
SOURCES = sorted(
    path
    for folder in ("openzone", "tests", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "openzone" / "www" / "templates").rglob("*.html"))
LONGEST_FILE = 400

COMMON = {
    "__init__",
    "apps",
    "enums",
    "jobs",
    "migrations",
    "models",
    "packs",
    "permissions",
    "selectors",
    "services",
}
# A file of another name holds one meaning that none of the common names says. Say it here too.
OF_ITS_OWN = {
    "audit": {"actors", "chain", "protection", "triggers", "verification"},
    "people": {"passwords"},
    "jobs": {"backend", "pacing", "progress", "queue", "schedule", "worker"},
    "cases": {"folding", "projection", "register_permissions", "writing"},
    "policies": {"compendium", "history", "links", "reviewing", "sheet"},
    "registry": {"bulk", "imports", "resolution", "searchtext", "values"},
    "chains": {"drafting"},
    "redemption": {"flow"},
    "projects": {"writing"},
    "land": {"writing"},
    "supply": {"writing"},
    "waters": {"writing"},
    "readings": {"assistance", "intake", "linking", "ocr", "writing"},
    "evaluations": {"writing"},
    "resumption": {"writing"},
    "indicators": {
        "board_enums",
        "board_permissions",
        "periods",
        "reading",
        "report_packs",
        "report_permissions",
        "report_writing",
        "writing",
    },
    "promotion": {"field_packs", "field_permissions"},
    "reviews": {"climbing"},
}


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", APPS)
def test_an_application_has_the_rooms_every_application_has(app):
    found = {path.stem for path in (ZONE / app).iterdir() if not path.name.startswith("__pycache")}
    assert found - COMMON - OF_ITS_OWN.get(app, set()) == set()


def test_the_rooms_of_their_own_are_still_there():
    listed = {ZONE / app / name for app, names in OF_ITS_OWN.items() for name in names}
    gone = [path for path in listed if not (path.is_dir() or path.with_suffix(".py").exists())]
    assert gone == []


def test_no_file_is_longer_than_one_meaning():
    long = {_relative(path): _lines(path) for path in SOURCES if _lines(path) > LONGEST_FILE}
    assert long == {}


def _modules(app: str) -> Iterator[ModuleType]:
    """Yield the services of an application: a module, or a package and its modules."""
    name = f"openzone.zone.{app}.services"
    if not (ZONE / app / "services.py").exists() and not (ZONE / app / "services").is_dir():
        return
    module = importlib.import_module(name)
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield importlib.import_module(f"{name}.{found.name}")


def _functions(app: str) -> dict[str, Callable[..., object]]:
    """Return the public functions of an application's services."""
    return {
        f"{module.__name__}.{name}": function
        for module in _modules(app)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def _is_service(function: Callable[..., object]) -> bool:
    """Say whether a function is what people ask for, not a part that several services share."""
    source = inspect.getsource(function)
    takes_actor = "actor" in inspect.signature(function).parameters
    return takes_actor or "@transaction.atomic" in source or " record(" in source


SERVICES = {
    name: function
    for app in APPS
    for name, function in _functions(app).items()
    if _is_service(function) and function is not record
}


def test_the_services_are_found():
    assert "openzone.zone.people.services.grant_membership" in SERVICES


def _kind(parameter: inspect.Parameter) -> str:
    """Return how an argument is given; keywords that a TypedDict names one by one are named."""
    named = get_origin(parameter.annotation) is Unpack
    return "KEYWORD_ONLY" if named else parameter.kind.name


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_names_its_arguments_and_its_actor_and_is_one_transaction(name):
    parameters = inspect.signature(SERVICES[name]).parameters
    assert {_kind(parameter) for parameter in parameters.values()} == {"KEYWORD_ONLY"}
    assert "actor" in parameters
    assert "@transaction.atomic" in inspect.getsource(SERVICES[name])


TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
FORBIDDEN = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "address elsewhere": re.compile(r"(?:src|href)\s*=\s*[\"']?https?://\S+\.(?:js|css|woff2?)"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=_relative)
def test_a_template_has_nothing_the_content_policy_would_block(path):
    text = TAG.sub("", path.read_text(encoding="utf-8"))
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="x">',
        "<a ONCLICK=x>",
        '<a href="javascript:x">',
        '<script src="https://a.b/c.js">',
    ],
)
def test_the_patterns_find_what_they_are_for(bad):
    assert any(pattern.search(bad) for pattern in FORBIDDEN.values())


def test_every_interface_string_has_a_chinese_text():
    """``make messages`` collects new strings; the texts are written by hand."""
    assert messages.missing(messages.updated()) == []


def _texts(catalog: Catalog) -> dict[tuple[str, str], str]:
    return {(_plain(m.context), _plain(m.id)): _plain(m.string) for m in catalog if m.id}


def _plain(text: object) -> str:
    """Write a text, a plural or a context as text: the two formats hold them in other types."""
    if isinstance(text, bytes):
        return text.decode()
    return "\n".join(text) if isinstance(text, list | tuple) else str(text)


def test_the_compiled_catalogue_is_the_written_one():
    with messages.PO.with_suffix(".mo").open("rb") as file:
        assert _texts(read_mo(file)) == _texts(messages.load())


@pytest.mark.parametrize("path", sorted(ZONE.rglob("*.py")), ids=_relative)
def test_nothing_in_the_zone_knows_http(path):
    modules = {
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    known = ("django.http", "django.urls", "django.views", "django.shortcuts")
    assert not [name for name in modules if name.startswith(known)]


STORED = re.compile(r"(^|[._])(now|at|last_login)$")  # how moments of the database are called


def _days_of_utc(path: Path) -> list[str]:
    """Return the days taken from a stored moment as it is: of UTC, eight hours behind the zone."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and STORED.search(ast.unparse(node.func.value))
    ]


LOCAL = {"openzone/zone/cases/services/acting.py"}  # the engine's moments are local


def test_a_day_is_the_day_of_the_zone():
    ours = [
        path for path in SOURCES if _relative(path).startswith(("openzone/zone", "openzone/www"))
    ]
    wrong = {_relative(path): found for path in ours if (found := _days_of_utc(path))}
    assert wrong.keys() == LOCAL
