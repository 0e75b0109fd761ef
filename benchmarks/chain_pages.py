"""The pages of a chain of 2,000 links and 5,000 firms, beside the engine's report alone.

    python -m benchmarks.chain_pages [--database postgres] [--nodes 2000] [--firms 5000] [--asks 9]

Every time is the median of whole requests through the site with Django's test client; the first of
a page is not counted (it reads the version of the chain, which stays in memory). Beside them in the
same run: the report of the engine on the same firms, and the plain count of the placements.
"""

import datetime as dt
import hashlib
import random
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import yaml

from benchmarks import cases_zone

CHAIN = "bench_chain"
STAGES = 12
EDGES_EACH = 3
RETURNS = 20
COVERED = 0.6
SINCE = dt.date(2026, 1, 1)


def main() -> None:
    """Fill the database, then print the time of each page beside the baselines."""
    asked = cases_zone.arguments(__doc__ or "", nodes=2_000, firms=5_000, asks=9)
    with cases_zone.database(asked.database):
        from django.conf import settings

        settings.ALLOWED_HOSTS.append("testserver")
        client = populate(asked.nodes, asked.firms)
        print(f"{asked.nodes:,} links, {asked.firms:,} firms ({asked.database})")
        for name, run in (*baselines(), *pages(client)):
            run()
            print(f"{name:34} {median(run, asked.asks) * 1000:8.0f} ms")


def median(run: Callable[[], object], asks: int) -> float:
    """Return the median of some runs, in seconds."""
    found = []
    for _ in range(asks):
        began = time.perf_counter()
        run()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def file_of(nodes: int, chance: random.Random) -> str:
    """Return a chain as a file: layers, each node fed by some of the layers before it."""
    names = [f"n{number}" for number in range(nodes)]
    stage = [number * STAGES // nodes for number in range(nodes)]
    pairs: dict[tuple[str, str], str] = {}
    for number in range(1, nodes):
        low = max(0, number - nodes // STAGES)
        for source in chance.sample(range(low, number), min(EDGES_EACH, number - low)):
            pairs[names[source], names[number]] = "input"
    for number in range(RETURNS):
        pairs[names[-1 - number], names[number]] = "return"
    return yaml.safe_dump(
        {
            "chain": {"id": CHAIN, "name": {"zh": "示例大链", "en": "Large chain"}, "version": "1",
                      "sources": ["合成"], "verified": "K"},
            "stages": [f"s{number}" for number in range(STAGES)],
            "nodes": [{"id": name, "name": f"环节{name}", "stage": f"s{stage[number]}",
                       "keywords": [f"产品{name}"]} for number, name in enumerate(names)],
            "edges": [{"from": one, "to": other, "rel": kind}
                      for (one, other), kind in pairs.items()],
        },
        allow_unicode=True,
    )  # fmt: skip


def populate(nodes: int, firms: int) -> Any:
    """Write a version of the chain and its firms; return a client of somebody of the centre."""
    from django.test import Client
    from django.utils import timezone

    from openzone.zone.audit.actors import Actor
    from openzone.zone.chains.models import ChainRelease
    from openzone.zone.people.enums import Role, UnitKind
    from openzone.zone.people.services import create_unit, create_user, grant_membership

    actor, chance, now = Actor.system("benchmark"), random.Random(6), timezone.now()
    unit = create_unit(actor=actor, code="centre", name="示例中心", kind=UnitKind.CENTRE)
    user = create_user(actor=actor, username="bench")
    grant_membership(actor=actor, user=user, role=Role.CENTRE, unit=unit, valid_from=SINCE)
    text = file_of(nodes, chance)
    ChainRelease.objects.create(
        chain=CHAIN, number=1, title="示例大链", text=text, valid_from=SINCE, note="合成",
        digest=hashlib.sha256(text.encode()).hexdigest(), drafted_by="a", approved_by="b",
        published_at=now,
    )  # fmt: skip
    _place(firms, nodes, chance, user, now)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _place(firms: int, nodes: int, chance: random.Random, user: Any, now: dt.datetime) -> None:
    from openzone.zone.chains.models import Placement
    from openzone.zone.registry.models import Enterprise, Subject

    subjects = Subject.objects.bulk_create(
        [Subject(kind="enterprise") for _ in range(firms)], batch_size=500
    )
    rows = [
        Enterprise(subject=one, name=f"示例企业{number}", root_id=one.pk, synthetic=True)
        for number, one in enumerate(subjects)
    ]
    Enterprise.objects.bulk_create(rows, batch_size=500)
    there = chance.sample(range(nodes), round(nodes * COVERED))
    Placement.objects.bulk_create(
        [
            Placement(
                enterprise=row, chain=CHAIN, node=f"n{chance.choice(there)}", share=Decimal(1),
                valid_from=SINCE, method="by_hand", reviewed_by=user, recorded_at=now,
            )
            for row in rows
        ],
        batch_size=500,
    )  # fmt: skip


def baselines() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what the pages are measured against."""
    from openzone.engines.chains.report import report
    from openzone.zone.chains.selectors.standing import on_record, placements_on

    today = dt.date.today()  # noqa: DTZ011 - a benchmark, any day will do
    standing = on_record(CHAIN, today).standing
    yield "count of placements", lambda: placements_on(today).filter(chain=CHAIN).count()
    yield "report of the engine alone", lambda: report(standing)


def pages(client: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield a request of each page."""
    at = f"/chains/{CHAIN}/"
    for name, path in (
        ("page of the chain", at), ("page of a link", f"{at}nodes/n1/"),
        ("what if", f"{at}what-if/?add=新厂:n7"), ("two days compared", f"{at}compare/"),
        ("the board", "/chains/"),
    ):  # fmt: skip
        yield name, lambda path=path: _ask(client, path)


def _ask(client: Any, path: str) -> None:
    answered = client.get(path)
    if answered.status_code != 200:
        raise SystemExit(f"{path}: {answered.status_code}")


if __name__ == "__main__":
    main()
