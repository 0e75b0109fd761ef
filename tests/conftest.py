"""What every test shares: its database, and the people who act in it."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership

pytest_plugins = ["tests.plugins.guards", "tests.plugins.speed", "tests.plugins.browser"]

LONG_AGO = date(2020, 1, 1)
OF_A_DATABASE = {"django_db_setup", "db", "transactional_db", "zone", "bare_zone"}
# Pages, commands and scenes ask the services and selectors of tests/zone, which run on every
# database. Above them it is enough to visit every page, form and operation, to set a zone up, to
# import into it, and to load the whole demo.
ABOVE_THE_ZONE = ("www", "cli", "demo")
ON_EVERY_DATABASE = (
    "cli/test_import.py",
    "cli/test_setup.py",
    "www/everywhere",
    "www/api/test_every_operation.py",
    "www/cases/test_bulk.py",
    "www/test_keep.py",
    "www/test_middleware.py",
    "www/test_queries.py",
    "demo/test_loading.py",
    "demo/test_scenes.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is the same on every database: once is enough, whatever that of the run."""
    for item in items:
        if not _asks_a_database(item) or _is_above_the_zone(item.path):
            item.add_marker("once")


def _asks_a_database(item: pytest.Item) -> bool:
    asks = OF_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asks) or item.get_closest_marker("django_db") is not None


@cache
def _is_above_the_zone(path: Path) -> bool:
    place = path.relative_to(Path(__file__).parent).as_posix()
    return place.startswith(ABOVE_THE_ZONE) and not place.startswith(ON_EVERY_DATABASE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Name the test database: on SQLite a real file, as threads and processes share it."""
    database = connections["default"]
    if database.vendor == "sqlite":
        name = str(Path(settings.DATA) / "test.sqlite3")
    else:
        name = f"test_zone_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
    # From the models: tests/cli/test_setup.py holds that the migrations end with the same.
    database.settings_dict["TEST"].update(NAME=name, MIGRATE=False)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Leave the test database alone at the end: the whole folder or server goes."""
    return True


@pytest.fixture
def at_the_same_time() -> Callable[[int, Callable[[], Any]], list[Any]]:
    """``at_the_same_time(4, f)``: call from several threads, each with a connection of its own.

    Needs ``transactional_db``. The first exception of a thread is raised here.
    """

    def call(count: int, function: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(count)

        def one() -> Any:
            start.wait()
            try:
                return function()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return [future.result() for future in [pool.submit(one) for _ in range(count)]]

    return call


@pytest.fixture
def in_another_connection(
    at_the_same_time: Callable[[int, Callable[[], Any]], list[Any]],
) -> Callable[[Callable[[], Any]], Any]:
    """``in_another_connection(f)``: what somebody else sees meanwhile."""
    return lambda function: at_the_same_time(1, function)[0]


@pytest.fixture
def actor() -> Actor:
    """Whoever acts, where it does not matter who."""
    return Actor.system("tests")


@pytest.fixture
def committee(db: None, actor: Actor) -> Unit:
    """The zone's administrative committee, above every other unit."""
    return create_unit(
        actor=actor,
        code="committee",
        name="示例园区管委会",
        name_en="Example zone committee",
        kind=UnitKind.COMMITTEE,
    )


@pytest.fixture
def office(committee: Unit, actor: Actor) -> Unit:
    """A department of the committee."""
    return create_unit(
        actor=actor,
        code="office",
        name="示例经济发展局",
        name_en="Example economic bureau",
        kind=UnitKind.DEPARTMENT,
        parent=committee,
    )


@pytest.fixture
def make_user(db: None, actor: Actor) -> Callable[..., User]:
    """``make_user("name", role, unit)``: somebody who can log in, with a role since long ago."""

    def make(username: str, role: Role | None = None, unit: Unit | None = None) -> User:
        user = create_user(actor=actor, username=username)
        if role is not None and unit is not None:
            grant_membership(actor=actor, user=user, unit=unit, role=role, valid_from=LONG_AGO)
        return user

    return make


@pytest.fixture
def admin(make_user: Callable[..., User], committee: Unit) -> User:
    return make_user("admin", Role.ADMIN, committee)


@pytest.fixture
def leader(make_user: Callable[..., User], committee: Unit) -> User:
    return make_user("leader", Role.LEADER, committee)


@pytest.fixture
def colleague(make_user: Callable[..., User], office: Unit) -> User:
    """A handler of the zone."""
    return make_user("colleague", Role.HANDLER, office)


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    """Staff of one enterprise; a test that needs the enterprise adds it."""
    return make_user("owner")


@pytest.fixture
def stranger(make_user: Callable[..., User]) -> User:
    """Staff of another enterprise, who must not see the owner's."""
    return make_user("stranger")
