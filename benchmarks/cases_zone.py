"""What the benchmarks of cases share: a database of their own, a small zone, many hands."""

import argparse
import datetime as dt
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KIND = "enterprise_request"
FIRMS = 20


def arguments(description: str, **defaults: int) -> argparse.Namespace:
    """Read the command line: ``--database`` and one whole number for every default."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args()


@contextmanager
def database(kind: str) -> Iterator[None]:
    """Set Django up on a new database that keeps what it acknowledges; it is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "openzone.settings"
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        os.environ["OPENZONE_DATA"] = folder
        os.chmod(folder, 0o755)
        if kind == "sqlite":
            os.environ.pop("DATABASE_URL", None)
            _set_up()
            yield
            return
        with _postgres(Path(folder)) as url:
            os.environ["DATABASE_URL"] = url
            _set_up()
            yield
            _close()


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    """Start a server that really writes to disk before it answers."""
    from tests.plugins import postgres

    binaries = postgres.find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed")
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        postgres.SETTINGS[name] = "on"
    cluster = postgres.Cluster(binaries, folder / "server")
    cluster.start()
    try:
        yield cluster.url
    finally:
        cluster.stop()


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _close() -> None:
    from django.db import connections

    connections.close_all()


def populate() -> None:
    """Make a centre, a unit with a handler, and firms with somebody who speaks for each."""
    from openzone.zone.audit.actors import Actor
    from openzone.zone.cases.services.types import in_force
    from openzone.zone.people.enums import Role, UnitKind
    from openzone.zone.people.services import create_unit, create_user, grant_membership
    from openzone.zone.registry.enums import StaffRole
    from openzone.zone.registry.services.enterprises import create_enterprise
    from openzone.zone.registry.services.people import add_staff

    actor, since = Actor.system("benchmark"), dt.date(2020, 1, 1)
    for code, kind in (("centre", UnitKind.CENTRE), ("bureau", UnitKind.DEPARTMENT)):
        unit = create_unit(actor=actor, code=code, name=f"示例{code}", kind=kind)
        role = Role.CENTRE if kind is UnitKind.CENTRE else Role.HANDLER
        user = create_user(actor=actor, username=code)
        grant_membership(actor=actor, user=user, unit=unit, role=role, valid_from=since)
    for number in range(FIRMS):
        firm = create_enterprise(actor=actor, name=f"合肥示例{number}号有限公司")
        user = create_user(actor=actor, username=f"owner{number}")
        add_staff(actor=actor, user=user, enterprise=firm, role=StaffRole.OWNER, valid_from=since)
    in_force(actor=actor, kind=KIND, now=dt.datetime.now(dt.UTC))


class Hands:
    """A firm's owner and the bureau's handler, as one process works through cases of theirs."""

    def __init__(self, number: int) -> None:
        from openzone.zone.audit.actors import Actor
        from openzone.zone.people.models import Unit, User
        from openzone.zone.registry.models import Enterprise

        self.unit = Unit.objects.get(code="bureau")
        self.owner = User.objects.get(username=f"owner{number % FIRMS}")
        self.handler = User.objects.get(username="bureau")
        self.firm = Enterprise.objects.get(staff__user=self.owner)
        self.actors = {user.pk: Actor.of(user) for user in (self.owner, self.handler)}

    def open(self) -> Any:
        """Open a case; return it."""
        from openzone.zone.cases.services.intake import Requester, open_case

        return open_case(
            actor=self.actors[self.owner.pk],
            kind=KIND,
            title="请求协调用工",
            text="订单增加，缺少熟练工二十名。",
            now=dt.datetime.now(dt.UTC),
            channel="portal",
            requester=Requester("enterprise", enterprise=self.firm, user=self.owner),
            fields={"topic": "other"},
            unit=self.unit,
        ).case

    def act(self, case: Any, action: str, **data: Any) -> Any:
        """Let the handler act on a case; return it."""
        from openzone.zone.cases.services.acting import act

        return act(
            actor=self.actors[self.handler.pk],
            case=case,
            action=action,
            now=dt.datetime.now(dt.UTC),
            user=self.handler,
            data=data,
        )


def fork(work: Callable[[], None]) -> int:
    """Run something in a process of its own, with connections of its own; return its id."""
    _close()
    child = os.fork()
    if child:
        return child
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        work()
        _close()
    finally:
        os._exit(0)
    return 0
