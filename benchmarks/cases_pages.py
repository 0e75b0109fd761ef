"""Lists, desks and boards over a million cases, beside the page of one case by its primary key.

    python -m benchmarks.cases_pages [--database postgres] [--cases 1000000] [--asks 40]

A hundred cases are worked through the services; the rest are copies of them with numbers and days
of their own, four in a hundred still open. Every time is one request through the whole site with
Django's test client. The first request of a page is not counted.
"""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks import cases_zone

OPEN_OF_100 = 4
YEARS = 3
SLOTS = 100


def main() -> None:
    """Fill the database, then print the times of each page."""
    asked = cases_zone.arguments(__doc__ or "", cases=1_000_000, asks=40)
    with cases_zone.database(asked.database):
        cases_zone.populate()
        from django.conf import settings

        settings.ALLOWED_HOSTS.append("testserver")
        began = time.perf_counter()
        multiply(templates(), asked.cases)
        print(f"{asked.cases:,} cases in {time.perf_counter() - began:.0f} s ({asked.database})")
        measure(asked.cases, asked.asks)


def templates() -> list[int]:
    """Return a hundred cases: a few still with the bureau, most closed."""
    from openzone.zone.audit.actors import Actor
    from openzone.zone.cases.services.acting import act

    hands = cases_zone.Hands(0)
    owner = Actor.of(hands.owner)
    made = []
    for slot in range(SLOTS):
        case = hands.open()
        if slot % 2 or slot >= OPEN_OF_100:
            case = hands.act(case, "accept")
        if slot >= OPEN_OF_100:
            case = hands.act(case, "explain", text="已说明")
            act(
                actor=owner, case=case, action="confirm", now=dt.datetime.now(dt.UTC),
                user=hands.owner, data={"satisfied": 5},
            )  # fmt: skip
        made.append(case.pk)
    return made


def multiply(originals: Sequence[int], wanted: int) -> None:
    """Copy the cases and their events until there are so many, inside the database."""
    from django.db import connection

    from openzone.zone.cases.models import Case, CaseEvent

    first = max(originals) + 1
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE slot (n integer PRIMARY KEY, original bigint)")
        cursor.executemany("INSERT INTO slot VALUES (%s, %s)", list(enumerate(originals)))
        cursor.execute(
            "CREATE TEMPORARY TABLE copy AS WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL"
            f" SELECT n + 1 FROM series WHERE n + 1 < {wanted - len(originals)})"
            f" SELECT {first} + series.n AS pk, slot.original AS original, series.n AS n"
            " FROM series"
            f" JOIN slot ON slot.n = series.n % {len(originals)}"
        )
        _copy(cursor, Case, "original = cases_case.id", _case_changes(connection.vendor))
        events = {"case_id": "copy.pk", "id": None}
        _copy(cursor, CaseEvent, "original = cases_caseevent.case_id", events)
        cursor.execute("ANALYZE")


def _case_changes(vendor: str) -> dict[str, str | None]:
    minutes = f"(copy.n % {YEARS * 365 * 24 * 60})"
    if vendor == "postgresql":
        moved = {name: f"{name} - {minutes} * interval '1 minute'" for name in ("opened_at",)}
        number = "'OZ-QY-' || lpad(copy.n::text, 12, '0')"
        due = "due_at + ((copy.n % 40000) - 20000) * interval '1 minute'"
    else:
        moved = {"opened_at": f"datetime(opened_at, '-' || {minutes} || ' minutes')"}
        number = "'OZ-QY-' || printf('%%012d', copy.n)"
        due = "datetime(due_at, ((copy.n % 40000) - 20000) || ' minutes')"
    return {"id": "copy.pk", "number": number, "due_at": due, **moved}


def _copy(cursor: Any, model: type[Any], on: str, changes: dict[str, str | None]) -> None:
    """Insert copies of rows; a change of ``None`` leaves the column to the database."""
    columns = [f.column for f in model._meta.concrete_fields]
    kept = [name for name in columns if changes.get(name, name) is not None]
    values = [changes.get(name) or f"{model._meta.db_table}.{name}" for name in kept]
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(kept)}) SELECT {', '.join(values)}"
        f" FROM copy JOIN {table} ON {on}"
    )


def measure(cases: int, asks: int) -> None:
    """Print the time of each page, as the bureau's handler and as the centre."""
    chance = random.Random(20261121)
    handler, centre, owner = (_visitor(name) for name in ("bureau", "centre", "owner0"))
    kind = cases_zone.KIND
    pages: list[tuple[str, Any, Callable[[], str]]] = [
        ("one case, by its primary key", centre, lambda: f"/cases/{chance.randint(200, cases)}/"),
        ("my desk, handler", handler, lambda: "/desk/"),
        ("my desk, centre", centre, lambda: "/desk/"),
        ("list, handler", handler, lambda: "/cases/"),
        ("list, centre", centre, lambda: "/cases/"),
        ("list, late", centre, lambda: "/cases/?state=late"),
        ("list, by type and stage", centre, lambda: f"/cases/?kind={kind}&stage=handling"),
        ("list, page 40", centre, lambda: "/cases/?page=40"),
        ("board", centre, lambda: f"/board/?kind={kind}"),
        ("my matters, an enterprise", owner, lambda: "/matters/"),
    ]
    for name, client, path in pages:
        _report(name, client, path, asks)


def _report(name: str, client: Any, path: Callable[[], str], asks: int) -> None:
    times = []
    for number in range(asks + 1):
        asked, began = path(), time.perf_counter()
        response = client.get(asked)
        times.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, (asked, response.status_code)
        if not number:
            times.clear()
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name:<32} median {statistics.median(times):8.1f} ms   p95 {p95:8.1f} ms", flush=True)


def _visitor(name: str) -> Any:
    from django.test import Client

    from openzone.zone.people.models import User

    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.get(username=name), backend=backend)
    return client


if __name__ == "__main__":
    main()
