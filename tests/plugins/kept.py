"""What tests begin with is made once: the records of their fixtures stay for the next test.

More than half of the time of such tests went into making the same records again. Here the fixtures
that write records run before the transaction of the test, one savepoint upon the other, in one
order for all tests. The next test finds what it shares with the last one, takes back the rest,
and gets copies of the values: what a test does to a record, in the database or in memory, no other
test sees. Tests of a module are ordered so that those with the same beginning follow each other.

A fixture is kept where it is a plain function of fixtures that are kept too: not a generator, not
of ``request``, ``monkeypatch``, ``settings``, ``tmp_path``. All others run for each test as ever,
as all do for a test with the mark ``fresh``, and for all tests with ``--fresh``: where a test fails
without and passes with it, a fixture does more than write records.
"""

import inspect
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction

from tests.plugins.copies import copied

Fixture = pytest.FixtureDef[Any]
Values = dict[Fixture, Any]
Names = dict[str, Fixture]
HELPER, DATABASE, BLOCKER = "_django_db_helper", "db", "django_db_blocker"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
WITHOUT_TRANSACTION = {"transactional_db", "live_server", "django_db_reset_sequences"}
NEVER = {"request", "self"}


class Level(NamedTuple):
    """A fixture whose records stand, and everything in memory as it was just then."""

    fixture: Fixture
    of: frozenset[Fixture]
    atomic: transaction.Atomic
    values: Values


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fresh: makes its records anew, shares none")
    config.pluginmanager.register(Kept(), "kept")


class Kept:
    """The records that stand, and the values of the test that runs."""

    def __init__(self) -> None:
        self.levels: list[Level] = []
        self.blocker: Any = None
        self.around: tuple[Fixture, ...] = ()
        self.given: Values = {}
        self.writes: dict[Fixture, bool] = {}
        self.apart: set[Fixture] = set()
        self.asked: Counter[Fixture] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Let tests with the same beginning follow each other, within their class or module."""
        every = {item: candidates(item) for item in items}
        self.asked.update(one for several in every.values() for one in several.values())
        place: dict[Any, int] = {}
        for item in items:
            place.setdefault(item.parent, len(place))
        begin = {item: [*map(self._rank, self._order(every[item]))] for item in items}
        items.sort(key=lambda item: (place[item.parent], begin[item]))

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Fixture, request: Any) -> Any:
        """Give what is kept when its turn comes; what is not kept runs as ever."""
        if fixturedef.argname == HELPER:
            self._begin(request)
        elif stays_longer(fixturedef):
            self._take_back(0)
        elif fixturedef in self.given:
            value = self.given[fixturedef]
            fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
            return (value,)
        return None

    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        self.given = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self._take_back(0)

    def _begin(self, request: Any) -> None:
        """Let the records stand that a test begins with, and no others."""
        item, self.blocker = request.node, request.getfixturevalue(BLOCKER)
        request.getfixturevalue("django_db_setup")
        with self.blocker.unblock():
            if not shares(item):
                self._take_back(0)
                return
            around = tuple(surroundings(item))
            if around != self.around:
                self._take_back(0)
                self.around = around
            for one in around:
                request.getfixturevalue(one.argname)
            luck = random.getstate()
            while not self._climb(request, names_of(item)):
                pass  # each time one fixture more is known to stand apart
            random.setstate(luck)
            self.given = self._standing()

    def _climb(self, request: Any, names: Names) -> bool:
        """Say whether all that can be kept stands now."""
        wanted = self._order(self._keepable(names))
        stand = [(level.fixture, level.of) for level in self.levels]
        needed = [(one, made_of(one, names)) for one in wanted]
        common = list(takewhile(lambda pair: pair[0] == pair[1], zip(stand, needed, strict=False)))
        self._take_back(len(common))
        values = self._standing()
        return all(self._stand(one, values, request, names) for one in wanted[len(common) :])

    def _stand(self, fixture: Fixture, values: Values, request: Any, names: Names) -> bool:
        """Make the records of a fixture; say no where it must be left to each test."""
        self.levels.append(Level(fixture, made_of(fixture, names), entered(), {}))
        random.seed(fixture.argname)
        try:
            with noted_writes() as written:
                made = {fixture: self._made(fixture, values, request, names)}
            if written:
                self.levels[-1].values.update(copies(values | made))
                connection.check_constraints()
        except (Exception, pytest.skip.Exception, pytest.fail.Exception):
            self.apart.add(fixture)  # what is wrong is said where a test asks for it
            self._take_back(len(self.levels) - 1)
            return False
        self.writes[fixture] = bool(written)
        if written:
            values.update(made)
        else:
            self._take_back(len(self.levels) - 1)
        return True

    def _made(self, fixture: Fixture, values: Values, request: Any, names: Names) -> Any:
        """Call a fixture with what stands, and with what is made anew for each."""
        given = {}
        for name in fixture.argnames:
            one = names.get(name)
            if name == DATABASE:
                given[name] = None
            elif one is None or one.scope != "function":
                given[name] = request.getfixturevalue(name)
            elif one in values:
                given[name] = values[one]
            else:
                given[name] = self._made(one, values, request, names)
        return fixture.func(**given)

    def _standing(self) -> Values:
        return copies(self.levels[-1].values) if self.levels else {}

    def _take_back(self, standing: int) -> None:
        """Take back all records but those of the first levels."""
        while len(self.levels) > standing:
            atomic = self.levels.pop().atomic
            with self.blocker.unblock():
                transaction.set_rollback(True)
                atomic.__exit__(None, None, None)

    def _keepable(self, names: Names) -> Names:
        """Return the fixtures that may write and be kept, of those of a test."""
        return {
            name: one
            for name, one in candidates_of(names).items()
            if self.writes.get(one, True) and not self.apart & made_of(one, names)
        }

    def _order(self, names: Names) -> list[Fixture]:
        """Return first what most tests ask for, but nothing before what it is made of."""
        ordered: dict[Fixture, None] = {}

        def add(one: Fixture) -> None:
            for name in one.argnames:
                if name in names:
                    add(names[name])
            ordered[one] = None

        for one in sorted(names.values(), key=self._rank):
            add(one)
        return list(ordered)

    def _rank(self, fixture: Fixture) -> tuple[int, str, str]:
        return -self.asked[fixture], fixture.argname, fixture.baseid


def entered() -> transaction.Atomic:
    """Return a transaction that has begun, of the kind that what is durable may begin in."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]
    atomic.__enter__()
    return atomic


def copies(values: Values) -> Values:
    """Copy several together: a record that two of them hold stays one."""
    return dict(zip(values, copied(list(values.values())), strict=True))


@contextmanager
def noted_writes() -> Iterator[list[str]]:
    """Yield the statements that change records, as they come."""
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def names_of(item: pytest.Item) -> Names:
    """Return the fixtures of a test, as it sees them."""
    info = getattr(item, "_fixtureinfo", None)
    if info is None:
        return {}
    return {name: several[-1] for name, several in info.name2fixturedefs.items()}


def shares(item: pytest.Item) -> bool:
    """Say whether a test can stand on records that others stand on too."""
    names = names_of(item)
    marker = item.get_closest_marker("django_db")
    plain = marker is None or not (marker.args or marker.kwargs)
    return (
        plain
        and not item.config.getoption("--fresh")
        and not WITHOUT_TRANSACTION & names.keys()
        and not any(stays_longer(one) for one in names.values())
        and not any(names.get(HELPER) in made_of(one, names) for one in surroundings(item))
        and item.get_closest_marker("fresh") is None
    )


def stays_longer(fixture: Fixture) -> bool:
    """Say whether a fixture of ours may write records for more than one test."""
    asks = fixture.scope != "function" and BLOCKER in fixture.argnames
    return asks and is_ours(fixture) and fixture.argname != "django_db_setup"


def is_ours(fixture: Fixture) -> bool:
    return str(fixture.func.__module__).startswith("tests.")


def surroundings(item: pytest.Item) -> Iterator[Fixture]:
    """Yield what changes the world around a test unasked, and so around its records."""
    names = names_of(item)
    known = candidates_of(names)
    for name, one in names.items():
        if one._autouse and name not in known and one.scope == "function" and is_ours(one):
            yield one


def made_of(fixture: Fixture, names: Names) -> frozenset[Fixture]:
    """Return the fixture and all below it, as one test sees them."""
    found: set[Fixture] = set()
    below = [fixture]
    while below:
        one = below.pop()
        if one not in found:
            found.add(one)
            below += [names[name] for name in one.argnames if name in names]
    return frozenset(found)


def candidates(item: pytest.Item) -> Names:
    uses = item.get_closest_marker("django_db") or HELPER in getattr(item, "fixturenames", ())
    return candidates_of(names_of(item)) if uses and shares(item) else {}


def candidates_of(names: Names) -> Names:
    """Return the plain functions of such functions."""
    known: dict[str, bool] = {}

    def is_one(name: str) -> bool:
        if name not in known:
            known[name] = False  # of itself: it stands upon another of its name
            known[name] = _is_plain(names[name]) and all(
                below == DATABASE or (below in names and (_is_fixed(names[below]) or is_one(below)))
                for below in names[name].argnames
            )
        return known[name]

    return {name: one for name, one in names.items() if is_one(name)}


def _is_fixed(fixture: Fixture) -> bool:
    return fixture.scope == "session" and fixture.params is None


def _is_plain(fixture: Fixture) -> bool:
    return (
        fixture.scope == "function"
        and fixture.params is None
        and inspect.isfunction(fixture.func)
        and not inspect.isgeneratorfunction(fixture.func)
        and fixture.argname not in (DATABASE, HELPER)
        and not NEVER & set(inspect.signature(fixture.func).parameters)
    )
