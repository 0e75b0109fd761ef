"""The record at the size of a large zone: 100,000 enterprises with 60 facts each.

    python benchmarks/registry_scale.py [--enterprises 100000] [--folder DIR]

Builds the record through the product's own fast path, then times what people wait for: an
enterprise's page, a list page, a search, and the bulk read that matching begins with. With
``DATABASE_URL`` set it runs there, else on an SQLite file in a temporary folder. A record that
stands in ``--folder`` already is used again.
"""

import argparse
import datetime as dt
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

AS_OF = dt.date(2026, 3, 31)
FACTS = 60
SEED = 20260331
CHUNK = 2_000


def main() -> None:
    """Build the record unless it is there, then print the times."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        os.environ["OPENZONE_DATA"] = arguments.folder or folder
        _prepare()
        _build(arguments.enterprises)
        _measure()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--folder")
    return parser.parse_args()


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "openzone.settings"
    import django
    from django.core.management import call_command

    Path(os.environ["OPENZONE_DATA"]).mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def _build(count: int) -> None:
    from django.db import connection, transaction

    from openzone.zone.registry.models import Enterprise, Fact, Source
    from openzone.zone.registry.services.listing import refresh

    if Enterprise.objects.exists():
        print(f"using the record that is there: {Enterprise.objects.count():,} enterprises")
        return
    source = Source.objects.create(kind="synthetic", title="示例规模数据")
    started = time.perf_counter()
    for first in range(0, count, CHUNK):
        with transaction.atomic():
            ids = _enterprises(first, min(CHUNK, count - first))
            _facts(ids, source.pk)
    facts = time.perf_counter()
    refresh(Enterprise.objects.order_by("pk").values_list("pk", flat=True))
    done = time.perf_counter()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    rows = Fact.objects.count()
    print(f"{connection.vendor}: {count:,} enterprises, {rows:,} facts")
    rate = rows / (facts - started)
    print(f"  written in           {facts - started:7.1f} s  ({rate:,.0f} facts/s)")
    print(f"  list columns in      {done - facts:7.1f} s")
    print(f"  size on disk         {_size() / 1e6:7.0f} MB")


def _size() -> int:
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    return sum(path.stat().st_size for path in Path(settings.DATA).glob("zone.sqlite3*"))


def _enterprises(first: int, count: int) -> list[int]:
    from openzone.engines.identity.uscc import check_character
    from openzone.zone.registry.models import Enterprise, Subject

    subjects = Subject.objects.bulk_create(Subject(kind="enterprise") for _ in range(count))
    rows = []
    for offset, subject in enumerate(subjects):
        code = f"91340100{first + offset:09d}"
        rows.append(
            Enterprise(
                subject=subject,
                root_id=subject.pk,
                uscc=code + check_character(code),
                name=_name(first + offset),
                synthetic=True,
            )
        )
    Enterprise.objects.bulk_create(rows)
    return [subject.pk for subject in subjects]


def _name(number: int) -> str:
    chosen = random.Random(number)
    brand = "".join(chosen.choice("晶能光海云星科创达通华远瑞和天宇新佳德隆") for _ in range(3))
    trade = chosen.choice(
        ["电池科技", "新能源", "半导体", "软件技术", "生物医药", "机械制造", "商贸"]
    )
    return f"示例合肥{brand}{trade}有限公司"


def _facts(ids: list[int], source: int) -> None:
    from django.utils import timezone

    from openzone.zone.registry.bulk import Origin, insert_facts

    rows = (row for subject in ids for row in _statements(subject))
    insert_facts(rows, Origin(source, AS_OF, timezone.now()))


def _statements(subject: int) -> Iterator[object]:
    from openzone.zone.registry.bulk import NewFact, stated_period

    chosen = random.Random(subject)
    for fact in _chosen().values():
        value = _value(fact, chosen)
        period = stated_period(fact, AS_OF)
        locator = f"Sheet1!{subject}"
        yield NewFact(subject, fact.series.name, value, fact.unit.en, period, value, "", locator)


def _chosen() -> dict[str, object]:
    from openzone.zone.registry.packs import IDENTITY, catalogue

    names = [fact for fact in catalogue() if fact.name not in IDENTITY]
    first = ("industry", "address", "revenue_y1", "employees", "registered_on")
    names.sort(key=lambda fact: fact.name not in first)
    return {fact.name: fact for fact in names[:FACTS]}


def _value(fact: object, chosen: random.Random) -> str:
    match fact.type.value:
        case "date":
            return f"{chosen.randint(1995, 2025)}-{chosen.randint(1, 12):02d}-01"
        case "bool":
            return chosen.choice(["true", "false"])
        case "code":
            return f"{chosen.choice('CCCCEFGI')}{chosen.randint(10, 69)}{chosen.randint(10, 99)}"
        case "text":
            return f"高新区示例路{chosen.randint(1, 999)}号"
        case _:
            return str(chosen.randint(0, 500_000_000))


def _measure() -> None:
    from openzone.zone.registry.models import Enterprise
    from openzone.zone.registry.selectors.columns import columns
    from openzone.zone.registry.selectors.enterprises import Filter, enterprises
    from openzone.zone.registry.selectors.facts import facts_of
    from openzone.zone.registry.selectors.search import search

    ids = list(Enterprise.objects.order_by("pk").values_list("pk", flat=True))
    sample = random.Random(SEED).sample(ids, 200)
    firms = Enterprise.objects.in_bulk(sample)
    _report(
        "enterprise page: all facts of one",
        [lambda f=f: facts_of(f, AS_OF) for f in firms.values()],
    )

    def page(**chosen: object) -> Callable[[], object]:
        found = enterprises(Filter(**chosen), AS_OF)
        return lambda: (list(found[:20]), found.count())

    _report("list page: everything, with count", [page()] * 5)
    _report("list page: industry C38, with count", [page(industries=("C38",))] * 5)
    _report("list page: revenue_y1 missing, with count", [page(missing=("revenue_y1",))] * 5)
    for query in ("晶能", "科技", "hfjn", "jingneng", "000004321", "晶能 电池", "不存在的名称"):
        _report(f"search “{query}”: first 20", [lambda q=query: list(search(q)[:20])] * 5)
    names = list(_chosen())
    _report("bulk read: 1 fact of all", [lambda: columns(AS_OF, names[:1])] * 3)
    _report("bulk read: 30 facts of all", [lambda: columns(AS_OF, names[:30])])
    _report(f"bulk read: {len(names)} facts of all", [lambda: columns(AS_OF, names)])


def _report(what: str, calls: list[Callable[[], object]]) -> None:
    times = []
    processor = time.process_time()
    for call in calls:
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    processor = (time.process_time() - processor) * 1000 / len(calls)
    times.sort()
    worst = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(
        f"  {what:43s} median {statistics.median(times):8.1f} ms  p95 {worst:8.1f} ms  "
        f"processor {processor:8.1f} ms"
    )


if __name__ == "__main__":
    main()
