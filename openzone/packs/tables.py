"""The national tables as engine objects, read once from ``openzone/packs/national``."""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from openzone.engines.identity.divisions import Divisions
from openzone.engines.identity.industries import Industries
from openzone.engines.identity.linkage import Registry, RegistryEntry
from openzone.engines.identity.names import NameSplitter

_NATIONAL = files("openzone.packs") / "national"


@cache
def load_divisions() -> Divisions:
    """Return the GB/T 2260 divisions of the shipped edition."""
    about = _about("divisions")
    return Divisions(_rows(about["rows"]), edition=about["edition"])


@cache
def load_industries() -> Industries:
    """Return the GB/T 4754 industries of the shipped edition."""
    about = _about("industries")
    return Industries(_rows(about["rows"]), edition=about["edition"])


@cache
def load_name_splitter() -> NameSplitter:
    """Return a splitter of company names that knows the shipped divisions."""
    return NameSplitter(load_divisions().place_names())


def build_registry(entries: Iterable[RegistryEntry]) -> Registry:
    """Index enterprises for name linkage with the shipped divisions."""
    return Registry(entries, load_name_splitter())


def _about(table: str) -> dict[str, Any]:
    text = (_NATIONAL / f"{table}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _rows(file_name: str) -> list[dict[str, str]]:
    text = (_NATIONAL / file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
