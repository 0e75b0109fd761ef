"""Accepted requests and transitions of cases per second, beside a raw durable transaction.

    python -m benchmarks.cases_load [--database postgres] [--clients 2] [--seconds 10]

The baseline is what the same database does in the same run with the same clients: ``BEGIN``, two
rows, ``COMMIT``, written to disk before it answers. A request and a transition write an event, the
case, the number, who is told and the hash-chained log: the goal is half of the baseline.
"""

import os
import time
from collections.abc import Callable

from benchmarks import cases_zone as zone


def main() -> None:
    """Measure and print."""
    given = zone.arguments("cases under load", clients=2, seconds=10)
    with zone.database(given.database):
        zone.populate()
        _raw_table()
        raw = _rate("two raw rows", given, _raw)
        opened = _rate("requests accepted", given, _opening)
        moved = _rate("transitions", given, _moving)
        _queries()
        print(f"requests: {opened / raw:.2f} of the baseline, transitions: {moved / raw:.2f}")


def _raw_table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_rows (client integer, number integer, text varchar(200))")


def _rate(name: str, given: object, client: Callable[[int], Callable[[], object]]) -> float:
    """Let all clients do one thing for some seconds; print and return how often a second."""
    clients, seconds = given.clients, given.seconds  # type: ignore[attr-defined]
    ends = []
    for number in range(clients):
        reading, writing = os.pipe()
        zone.fork(lambda n=number, w=writing: _client(client, n, seconds, w))  # type: ignore[misc]
        os.close(writing)
        ends.append(reading)
    counts = []
    for end in ends:
        with os.fdopen(end) as pipe:
            counts.append(int(pipe.read()))
    for _ in ends:
        os.wait()
    rate = sum(counts) / seconds
    print(f"{name}: {rate:.0f} a second ({clients} clients, {1000 * clients / rate:.1f} ms each)")
    return rate


def _client(
    client: Callable[[int], Callable[[], object]], number: int, seconds: float, end: int
) -> None:
    step = client(number)
    for _ in range(5):
        step()
    done, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        step()
        done += 1
    os.write(end, str(done).encode())
    os.close(end)


def _raw(number: int) -> Callable[[], object]:
    from django.db import connection, transaction

    def step() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for row in (1, 2):
                cursor.execute("INSERT INTO raw_rows VALUES (%s, %s, %s)", [number, row, "x" * 200])

    return step


def _opening(number: int) -> Callable[[], object]:
    return zone.Hands(number).open


def _moving(number: int) -> Callable[[], object]:
    """Return a step that acts on cases of this client, each accepted and then noted upon."""
    hands = zone.Hands(number)
    cases = [hands.open() for _ in range(40)]
    turn = iter(range(1_000_000_000))

    def step() -> None:
        at = next(turn)
        case = cases[at % len(cases)]
        if at < len(cases):
            hands.act(case, "accept")
        elif at % (8 * len(cases)) >= 7 * len(cases):
            cases[at % len(cases)] = hands.open()
            hands.act(cases[at % len(cases)], "accept")
        else:
            hands.act(case, "note", text=f"第{at}次联系")

    return step


def _queries() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hands = zone.Hands(0)
    with CaptureQueriesContext(
        connection,
    ) as opening:
        case = hands.open()
    with CaptureQueriesContext(connection) as acting:
        hands.act(case, "accept")
    print(f"queries: {len(opening)} to open, {len(acting)} to accept")
    for query in acting.captured_queries:
        print("   ", query["sql"][:110].replace("\n", " "))


if __name__ == "__main__":
    main()
