"""Lights and counters of a large zone, beside the plain way of doing it.

    python -m benchmarks.projects_engine [--projects 20000] [--months 120]

Made-up projects with a monthly report each and a log of their stages. The plain way looks a month
up again from the whole history before it, and counts a stage by going through every log again for
every stage and month; both must agree. Answers with reasons and the plain way are run on a part,
their time scaled up; colours at once and counters are run on everything.
"""

import argparse
import datetime as dt
import random
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np

from openzone.engines.projects.light_arrays import COLOURS, Reports, codes
from openzone.engines.projects.lights import Carry, Colour, LightRule, Month, colours, step
from openzone.engines.projects.money import Stated
from openzone.engines.projects.stages import Back, Entry, LogItem
from openzone.engines.projects.statistics import Record, counters, rates, stock
from openzone.packs.lights import light_packs
from openzone.packs.pipelines import load_pipeline

PIPELINE = load_pipeline("six_batches", None)
STAGES = [one.id for one in PIPELINE.stages]
FIRST = dt.date(2016, 1, 1)
PLAIN_PART = 50
REASONS_PART = 2_000
T = TypeVar("T")


def months(number: int) -> list[dt.date]:
    """The first days of so many months."""
    return [dt.date(2016 + place // 12, place % 12 + 1, 1) for place in range(number)]


def history(name: str, days: Sequence[dt.date], chance: random.Random) -> list[Month]:
    """Reports of one project: steady progress, now and then a gap in it or a pause."""
    speed = chance.uniform(0.4, 1.2)
    due = chance.choice(days)
    started = due + dt.timedelta(days=chance.randrange(-60, 200))
    return [
        Month(
            day, name,
            Decimal(min(place + 1, len(days)) * 100 // len(days)) / 100,
            None if chance.random() < 0.02 else Decimal(int(place * speed * 100 / len(days))) / 100,
            due_start=due, started_on=started,
            statistics_on=started + dt.timedelta(days=chance.randrange(150)),
            due_on=days[-1], done_on=dt.date.max,
            paused=chance.random() < 0.03, reported=True,
        )
        for place, day in enumerate(days)
    ]  # fmt: skip


def record(name: str, span: int, chance: random.Random) -> Record:
    """A project that goes on through the stages and falls back now and then."""
    day, items = FIRST + dt.timedelta(days=chance.randrange(span)), list[LogItem]()
    for place, stage in enumerate(STAGES[: chance.randrange(1, len(STAGES) + 1)]):
        items.append(Entry(stage, day))
        if place and chance.random() < 0.1:
            items += [Back(STAGES[place - 1], day, "重谈"), Entry(stage, day)]
        day += dt.timedelta(days=chance.randrange(200))
    amount = Stated("total", Decimal(chance.randrange(1, 20_000)) * 1_000_000)
    origin = chance.choice(("domestic_in_province", "domestic_out", "foreign"))
    return Record(name, tuple(items), amounts=(amount,), industry="C38", origin=origin)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of processor something took, and what it gave."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def plain_colours(rule: LightRule, reports: Sequence[Month]) -> list[Colour]:
    """Every month from its whole history: what a page does that keeps nothing."""
    return [colours(rule, reports[: place + 1])[-1].colour for place in range(len(reports))]


def plain_counters(records: Sequence[Record], days: Sequence[dt.date]) -> dict[str, int]:
    """For every stage and month once more through every log."""
    found: dict[str, int] = {}
    for first, after in zip(days, [*days[1:], dt.date(2200, 1, 1)], strict=True):
        for stage in STAGES:
            for one in records:
                entries = [
                    item.on for item in one.log if isinstance(item, Entry) and item.stage == stage
                ]
                if entries and first <= entries[0] < after:
                    found[stage] = found.get(stage, 0) + 1
    return found


def show_lights(rule: LightRule, histories: Sequence[Sequence[Month]], reports: Reports) -> None:
    """Print one rule: colours of all months at once, with reasons, of the newest month, plainly."""
    at_once, found = timed(lambda: codes(rule, reports))
    whole, verdicts = timed(lambda: [colours(rule, one) for one in histories])
    carries = [Carry() for _ in histories]
    for carry, one in zip(carries, histories, strict=True):
        for month in one[:-1]:
            step(rule, carry, month)
    newest, last = timed(
        lambda: [step(rule, carry, one[-1]) for carry, one in zip(carries, histories, strict=True)]
    )
    part = histories[:PLAIN_PART]
    plain, again = timed(lambda: [plain_colours(rule, one) for one in part])
    assert [[one.colour for one in shown] for shown in verdicts[:PLAIN_PART]] == again
    assert last == [shown[-1] for shown in verdicts]
    raw = [[COLOURS.index(one.raw) for one in shown] for shown in verdicts]
    assert raw == found.T[: len(histories)].tolist()
    projects = found.shape[1]
    times = projects / len(histories)
    print(
        f"{rule.id:28} {at_once:7.2f} s {whole * times:12.1f} s {newest * times:11.2f} s "
        f"{plain * projects / len(part):11.0f} s"
    )


def widened(histories: Sequence[Sequence[Month]], projects: int) -> Reports:
    """The reports of so many projects: those there are, over and over."""
    reports = Reports.of({one[0].project: one for one in histories})
    columns = {
        name: np.ascontiguousarray(np.resize(column.T, (projects, len(column))).T)
        for name, column in reports.columns.items()
    }
    return Reports(reports.first, tuple(map(str, range(projects))), columns)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--projects", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=120)
    given = parser.parse_args()
    chance, days = random.Random(1), months(given.months)
    end = dt.date(2200, 1, 1)

    records = [record(f"P{n}", given.months * 25, chance) for n in range(given.projects)]
    year = (days[-12], days[-1] + dt.timedelta(days=30))
    print(f"{given.projects} projects, {sum(len(one.log) for one in records)} stage entries")
    for name, work in (
        ("counters of ten years", lambda: counters(records, PIPELINE, FIRST, end)),
        ("counters of a year", lambda: counters(records, PIPELINE, *year)),
        (
            "by size, origin, month",
            lambda: counters(records, PIPELINE, FIRST, end, by=("size", "origin", "month")),
        ),
        ("in each stage today", lambda: stock(records, PIPELINE, year[1])),
        ("rates", lambda: rates(records, PIPELINE, *year)),
    ):
        seconds, _ = timed(work)
        print(f"{name:28} {seconds:7.3f} s")
    part = records[: PLAIN_PART * 10]
    seconds, plain = timed(lambda: plain_counters(part, days))
    mine = {row.key[0]: int(row.count) for row in counters(part, PIPELINE, days[0], end).rows}
    assert plain == {name: count for name, count in mine.items() if count}
    print(f"{'plain, month by month':28} {seconds * len(records) / len(part):7.1f} s")

    print(f"{given.projects} projects × {given.months} months")
    few = min(given.projects, REASONS_PART)
    histories = [history(f"P{n}", days, chance) for n in range(few)]
    reports = widened(histories, given.projects)
    print(f"{'':28} {'colours':>9} {'with reasons':>14} {'newest only':>13} {'plain':>13}")
    for pack in light_packs(None).values():
        show_lights(pack.as_rule, histories, reports)


if __name__ == "__main__":
    main()
