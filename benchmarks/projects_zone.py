"""Pages of a zone with 20,000 projects and ten years of months on record: how long each takes.

Usage: python -m benchmarks.projects_zone [--database postgres] [--projects 20000] [--months 120]

The rows are written past the services, in one go; what is timed is reading, as pages do it. Every
number is the median of five, after one call that warms up. Prints a JSON object: ``wall`` seconds,
and ``processor`` seconds of this program and of the database server together, which do not grow
when other programs use the machine.
"""

import datetime as dt
import json
import os
import random
import statistics as numbers
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks import projects_meetings
from benchmarks.cases_zone import arguments

TODAY = dt.date(2026, 6, 30)
STAGES = (
    "reserve", "in_talks", "admission_review", "signed", "registered", "started", "completed",
    "in_production", "full_output",
)  # fmt: skip
RULE = "wuhan.progress_ratio"
WHY = '{"zh": "完成率 52 %，低于 60 %", "en": "52 % done, less than 60 %"}'
COLOURS = ("green", "green", "green", "yellow", "red", "unknown")
CLASSES = {0: "major", 1: "key", 2: "key", 3: "key", 4: "key"}
"""Of a hundred projects: one reviewed by everybody, four by the leaders, the others by a chief."""
BLOCK = 20_000


def main() -> None:
    """Fill a zone, time its pages, print what came out."""
    given = arguments(__doc__ or "", projects=20_000, months=120)
    with database(given.database):
        began = time.perf_counter()
        counts = fill(given.projects, given.months)
        filled = time.perf_counter() - began
        meetings = projects_meetings.fill(TODAY)
        every = calls() | projects_meetings.calls(meetings)
        figures = {name: _median(call) for name, call in every.items()}
    told = {"database": given.database, **counts, "filled_s": round(filled, 1), "seconds": figures}
    print(json.dumps(told, indent=1))


@contextmanager
def database(kind: str) -> Iterator[None]:
    """Set Django up on a new database that is gone afterwards; it may lose what a crash would."""
    from tests.plugins import postgres

    os.environ["DJANGO_SETTINGS_MODULE"] = "openzone.settings"
    with tempfile.TemporaryDirectory(prefix="openzone-bench-") as folder:
        os.environ["OPENZONE_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.chmod(folder, 0o755)
        binaries = postgres.find_binaries() if kind == "postgres" else None
        cluster = postgres.Cluster(binaries, Path(folder) / "server") if binaries else None
        if cluster is not None:
            cluster.start()
            os.environ["DATABASE_URL"] = cluster.url
        try:
            _set_up()
            yield
        finally:
            _close()
            if cluster is not None:
                cluster.stop()


def _set_up() -> None:
    import django

    django.setup()
    from openzone.zone.database import set_up

    set_up()


def _close() -> None:
    from django.db import connections

    connections.close_all()


def fill(projects: int, months: int) -> dict[str, int]:
    """Write projects with their logs, amounts, arrivals, months and lights."""
    from openzone.zone.projects import models

    draw = random.Random(1)
    made = _projects(projects, draw)
    logs = [event for one in made for event in _log(one, draw)]
    _derive(made, logs)
    models.Amount.objects.bulk_create(_amounts(made), BLOCK)
    models.Arrival.objects.bulk_create(_arrivals(made, draw), BLOCK)
    _months(months)
    _analyse()
    tables = (models.Project, models.StageEvent, models.MonthlyReport, models.LightState)
    return {table.__name__: table._default_manager.count() for table in tables}


def calls() -> dict[str, Callable[[], object]]:
    """Return what is timed, by name."""
    from openzone.zone.people.models import User
    from openzone.zone.projects.selectors import leadtimes, statistics
    from openzone.zone.projects.selectors.board import board
    from openzone.zone.projects.selectors.listing import Filter, page, projects

    leader, handler = (User.objects.get(username=name) for name in ("leader", "handler"))
    month, year = TODAY.replace(day=1), (dt.date(TODAY.year, 1, 1), TODAY)
    red = Filter(rule=RULE, light="red", month=month)
    last = (dt.date(TODAY.year - 5, 1, 1), dt.date(TODAY.year - 5, 12, 31))
    return {
        "board, leader": lambda: board("six_batches", leader, TODAY),
        "board, one unit": lambda: board("six_batches", handler, TODAY),
        "list, first page": lambda: page(projects(Filter(), leader, TODAY)),
        "list, largest first": lambda: page(projects(Filter(sort="total"), leader, TODAY)),
        "list, red this month": lambda: page(projects(red, leader, TODAY)),
        "list, word": lambda: page(projects(Filter(text="项目 777"), leader, TODAY)),
        "statistics, this half-year by size": lambda: statistics.figures(
            "six_batches", *year, by=("stage", "size")
        ),
        "statistics, a year long past": lambda: statistics.figures("six_batches", *last),
        "funds by month, one year": lambda: statistics.funds_by_month(*year),
        "investment by month, one year": lambda: statistics.investment_by_month(*year),
        "lead times, signed to started": lambda: leadtimes.durations(
            statistics.live("six_batches"), "six_batches", "signed", "started"
        ),
    }


def _median(call: Callable[[], object]) -> dict[str, float]:
    call()
    wall, processor = [], []
    for _ in range(5):
        began, used = time.perf_counter(), _processor()
        call()
        wall.append(time.perf_counter() - began)
        processor.append(_processor() - used)
    medians = {"wall": numbers.median(wall), "processor": numbers.median(processor)}
    return {name: round(value, 3) for name, value in medians.items()}


def _processor() -> float:
    """Return the processor seconds used so far, here and in the server that works for us."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    user, system = server.rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _projects(count: int, draw: random.Random) -> list[Any]:
    from django.utils import timezone

    from openzone.zone.projects.models import Project
    from openzone.zone.registry.enums import PlaceKind, SubjectKind
    from openzone.zone.registry.models import Place, Subject

    units = _people()
    places = [
        Place.objects.create(code=f"park-{n}", name=f"示例园区{n}", kind=PlaceKind.PARK)
        for n in range(10)
    ]
    subjects = Subject.objects.bulk_create(
        [Subject(kind=SubjectKind.PROJECT) for _ in range(count)], BLOCK
    )
    now = timezone.now()
    return [
        Project(
            subject=subject, number=f"XM2026-{n:05}", name=f"示例项目{n}", pipeline="six_batches",
            pipeline_version="1", industry=f"C{13 + n % 30}", sector=1 + n % 3,
            origin=("foreign", "domestic_out", "domestic_in_province")[n % 3],
            place=places[n % 10], lead_unit=units[n % len(units)],
            investor_name=f"示例投资方{n % 900}", review_class=CLASSES.get(n % 100, "ordinary"),
            synthetic=True, created_at=now, total=Decimal(draw.randint(1, 2000) * 10_000_000),
            search_text=f"XM2026-{n:05} 示例项目{n}",
        )
        for n, subject in enumerate(subjects)
    ]  # fmt: skip


def _people() -> list[Any]:
    from openzone.zone.audit.actors import Actor
    from openzone.zone.people.enums import Role, UnitKind
    from openzone.zone.people.services import create_unit, create_user, grant_membership

    actor, since = Actor.system("benchmark"), dt.date(2020, 1, 1)
    units = [
        create_unit(actor=actor, code=f"u{n}", name=f"示例{n}局", kind=UnitKind.DEPARTMENT)
        for n in range(40)
    ]
    for name, role in (("leader", Role.LEADER), ("handler", Role.HANDLER)):
        user = create_user(actor=actor, username=name)
        grant_membership(actor=actor, user=user, unit=units[0], role=role, valid_from=since)
    return units


def _log(project: Any, draw: random.Random) -> Iterator[Any]:
    from openzone.zone.projects.models import StageEvent

    day, reached = TODAY - dt.timedelta(days=draw.randint(0, 3600)), draw.randint(1, len(STAGES))
    for seq, stage in enumerate(STAGES[:reached], 1):
        if day > TODAY:
            return
        yield StageEvent(
            project=project, seq=seq, kind="entered", stage=stage, on=day,
            recorded_at=project.created_at,
        )  # fmt: skip
        day += dt.timedelta(days=draw.randint(20, 200))


def _derive(projects: list[Any], logs: list[Any]) -> None:
    """Write the projects with what their log says of them."""
    from openzone.engines.projects.sizes import size
    from openzone.zone.projects.models import Project, StageEvent, Stay
    from openzone.zone.projects.packs import pipeline
    from openzone.zone.projects.writing import stays

    last = {event.project.subject_id: event for event in logs}
    for one in projects:
        event = last[one.subject_id]
        one.stage, one.since, one.last_seq = event.stage, event.on, event.seq
        one.size = size(pipeline("six_batches").sizes, one.total)
    Project.objects.bulk_create(projects, 2_000)
    StageEvent.objects.bulk_create(logs, BLOCK)
    by_project = groupby(logs, key=lambda event: event.project.subject_id)
    Stay.objects.bulk_create((one for _, log in by_project for one in stays(log)), BLOCK)


def _amounts(projects: list[Any]) -> list[Any]:
    from openzone.zone.projects.models import Amount

    return [
        Amount(project=one, kind=kind, value=one.total, on=one.since, stated_at=one.created_at)
        for one in projects
        for kind in ("total", "fixed")
    ]


def _arrivals(projects: list[Any], draw: random.Random) -> list[Any]:
    from openzone.zone.projects.models import Arrival

    return [
        Arrival(
            project=one, kind=("fixed", "working")[n % 2], amount=Decimal(5_000_000),
            on=TODAY - dt.timedelta(days=draw.randint(0, 3600)), recorded_at=one.created_at,
        )
        for one in projects
        for n in range(5)
    ]  # fmt: skip


def _months(months: int) -> None:
    """Write every month of every project where the rows are to stand: 2.4 million of each table."""
    from django.db import connection

    listed = ", ".join(f"({n}, '{_month(n).isoformat()}')" for n in range(months))
    cast = "CAST(m.day AS date)" if connection.vendor == "postgresql" else "m.day"
    days = f"(SELECT column1 AS n, column2 AS day FROM (VALUES {listed}) v)"
    source = f"FROM projects_project p CROSS JOIN {days} m"
    colour = " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(COLOURS))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_monthlyreport (project_id, month, version, current, planned,"
            " actual, investment_planned, invested, reason, remark, change_reason, reported_at)"
            f" SELECT p.subject_id, {cast}, 1, true, round(({months} - m.n) * 1.0 / {months}, 6),"
            f" round(({months} - m.n) * 1.0 / {months}, 6), 2000000, 1000000 + m.n, '', '', '',"
            f" p.created_at {source}"
        )
        cursor.execute(
            "INSERT INTO projects_lightstate (project_id, rule, month, colour, before, reason)"
            f" SELECT p.subject_id, '{RULE}', {cast},"
            f" CASE (p.subject_id * 7 + m.n * 5) % {len(COLOURS)} {colour} END, '',"
            f" '{WHY}' {source}"
        )


def _month(back: int) -> dt.date:
    months = TODAY.year * 12 + TODAY.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
