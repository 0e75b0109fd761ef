"""``openzone setup``: from nothing at once, from an older database by its migrations."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.shapes import held, shape
from tests.cli.zones import Zone, new_zone

FAILING = """
import django
django.setup()
from openzone.zone import database
database.note_migrations = lambda: 1 / 0
database.create()
"""
MIGRATING = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("migrate", "outreach", "0002", verbosity=0)
"""


def python(zone: Zone, *arguments: str, code: int = 0) -> str:
    """Run Python on a zone's database."""
    settings = {"DJANGO_SETTINGS_MODULE": "openzone.settings", **zone.environment}
    ended = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code, ended.stderr
    return ended.stderr


@pytest.fixture
def older_zone(tmp_path: Path) -> Zone:
    """A zone that migrations made from nothing, all but the last one of an application."""
    zone = new_zone(tmp_path / "older")
    python(zone, "-c", MIGRATING)
    return zone


def test_setup_ends_where_the_migrations_end(
    command: Command, bare_zone: Zone, older_zone: Zone
) -> None:
    """Tables, constraints, indexes, triggers and rows, on the database of the session."""
    before = shape(older_zone)
    assert before
    for zone in (bare_zone, older_zone):
        assert command("setup", **zone.environment).code == 0
    assert shape(bare_zone) == shape(older_zone) != before
    assert held(bare_zone) == held(older_zone)
    applied = "SELECT app, name FROM django_migrations"
    assert set(bare_zone.all(applied)) == set(older_zone.all(applied))


def test_half_a_database_is_none(command: Command, bare_zone: Zone) -> None:
    assert "ZeroDivisionError" in python(bare_zone, "-c", FAILING, code=1)
    assert held(bare_zone) == {}
    assert command("setup", **bare_zone.environment).code == 0
