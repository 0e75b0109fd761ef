"""The commands of the page really run."""

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from openzone.zone.people.enums import KeyArea
from tests.www.api.conftest import Program

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[3] / "docs" / "api.md"
COMMANDS = re.findall(r"^curl .*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def _run(command: str, key: str) -> Any:
    """Do what ``curl`` would: its headers, its body, its address."""
    words = shlex.split(command.replace("$KEY", key).replace("$ZONE", "http://testserver"))
    headers, body = {}, None
    for option, value in pairwise(words):
        if option == "-H":
            name, said = value.split(": ", 1)
            headers[name] = said
        elif option == "-d":
            body = value
    url = urlsplit(words[-1])
    address, client = f"{url.path}?{url.query}", Client(headers=headers)
    if body is None:
        return client.get(address)
    return client.post(address, body, content_type=headers["Content-Type"])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, owner: Program) -> None:
    response = _run(command, owner.secret)
    assert response.status_code in (200, 201), response.content


def test_the_page_has_commands_and_names_every_area() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(COMMANDS) >= 5
    assert [area for area in KeyArea.values if f"| `{area}` |" not in text] == []
