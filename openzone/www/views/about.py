"""What this system is made of: versions, licences, and what in it is synthetic."""

import json
import platform
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

MANIFEST = Path(__file__).parents[1] / "static/vendor/manifest.json"
LONGEST_NAME = 60  # some packages state the whole text of their licence


class Part(NamedTuple):
    """A library the system stands on."""

    name: str
    version: str
    licence: str


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Show versions and licences."""
    context = {
        "version": metadata.version("openzone"),
        "python": platform.python_version(),
        "database": connection.display_name,
        "front_end": _front_end(),
        "libraries": _libraries(),
    }
    return render(request, "about.html", context)


@cache
def _front_end() -> list[Part]:
    packages: list[dict[str, Any]] = json.loads(MANIFEST.read_text())
    return [Part(one["name"], one["version"], one["licence"]) for one in packages]


@cache
def _libraries() -> list[Part]:
    """Return the Python libraries named in the package, as they are installed."""
    required = metadata.requires("openzone") or []
    names = [re.split(r"[^\w.-]", line)[0] for line in required if "extra ==" not in line]
    return [Part(name, metadata.version(name), _licence(name)) for name in sorted(names)]


def _licence(name: str) -> str:
    """Return the licence a library states: in short, else by its classifiers."""
    about = metadata.metadata(name)
    stated = [*(about.get_all("License-Expression") or []), *(about.get_all("License") or [])]
    classified = [line for line in about.get_all("Classifier") or [] if "License ::" in line]
    short = [text for text in stated if len(text) < LONGEST_NAME]
    return short[0] if short else ", ".join(line.split(" :: ")[-1] for line in classified)
