"""The parts of a project's page, each as its template draws it."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from openzone.engines.projects import money
from openzone.engines.projects.light_model import Colour
from openzone.engines.projects.progress import Standing, Whole
from openzone.engines.projects.schedule import Placed, Schedule
from openzone.engines.projects.sizes import BELOW, UNKNOWN
from openzone.engines.projects.stages import Missing
from openzone.engines.text import Text
from openzone.www.views.projects.drawing import Curves, Plan, Row, curves, plan
from openzone.zone.projects.enums import AmountKind, FundsKind, StageEventKind
from openzone.zone.projects.models import (
    Amount,
    Arrival,
    LightState,
    Milestone,
    MonthlyReport,
    PhysicalItem,
    Project,
    StageEvent,
)
from openzone.zone.projects.packs import light_rules, pipeline_of
from openzone.zone.projects.selectors.standing import missing_next
from openzone.zone.projects.selectors.works import plan_of, work_of

MONTHS_SHOWN = 24
SIZES = {
    BELOW: Text("未达最低规模档", "below the least size"),
    UNKNOWN: Text("规模未知", "size not known"),
}
NO_STAGE = Text("未入库", "not in the pipeline yet")


def stage_label(project: Project, stage: str) -> Text:
    """Return a stage in words; one the pipeline does not know stays as it is."""
    pipeline = pipeline_of(project)
    if not stage:
        return NO_STAGE
    return pipeline[stage].label if stage in pipeline else Text(stage, stage)


def size_label(project: Project) -> Text:
    """Return how large a project is, in words."""
    sizes = {one.id: one.label for one in pipeline_of(project).sizes}
    return sizes.get(project.size) or SIZES.get(project.size) or SIZES[UNKNOWN]


class Lack(NamedTuple):
    """Something a stage still asks for, and the form that settles it."""

    text: Text
    href: str


class Next(NamedTuple):
    """A stage that may come next."""

    stage: str
    label: Text
    lacks: list[Lack]


def nexts(project: Project, today: dt.date) -> list[Next]:
    """Return the stages that may come next, each with what is missing for it."""
    found = missing_next(project, today)
    return [
        Next(stage, stage_label(project, stage), [_lack(project, one) for one in lacks])
        for stage, lacks in found.items()
    ]


_AMOUNTS = {"total_investment": AmountKind.TOTAL}
_INPUTS = {
    "owner": "lead_unit", "content": "summary", "investor": "investor_name",
    "company": "enterprise", "planned_completion": "planned_finish",
}  # fmt: skip


def _lack(project: Project, one: Missing) -> Lack:
    if one.kind == "evidence":
        return Lack(one.text, act_address(project, "paper", kind=one.id))
    if one.id in _AMOUNTS:
        return Lack(one.text, act_address(project, "amount", kind=_AMOUNTS[one.id].value))
    edit = reverse("project_edit", args=[project.pk])
    return Lack(one.text, f"{edit}#id_{_INPUTS.get(one.id, one.id)}")


def act_address(project: Project, what: str, **asked: str) -> str:
    """Return the address of a form, with what it already knows."""
    address = reverse("project_act", args=[project.pk, what])
    return f"{address}?{urlencode(asked)}" if asked else address


WORDS = {
    StageEventKind.ENTERED: Text("进入", "Entered"),
    StageEventKind.FELL_BACK: Text("退回", "Went back to"),
    StageEventKind.VOIDED: Text("误登撤销，回到", "Entered by mistake, back to"),
    StageEventKind.LEFT: Text("退出", "Left"),
}


class Step(NamedTuple):
    """A line of the stage log as drawn."""

    event: StageEvent
    word: Text
    label: Text
    papers: list[Text]


def steps(project: Project) -> list[Step]:
    """Return the log, the last step first."""
    pipeline = pipeline_of(project)
    return [
        Step(
            event,
            WORDS[StageEventKind(event.kind)],
            pipeline.exits.get(event.stage, Text(event.stage, event.stage))
            if event.kind == StageEventKind.LEFT
            else stage_label(project, event.stage),
            [pipeline.evidence[kind] for kind in event.evidence if kind in pipeline.evidence],
        )
        for event in project.log.select_related("by").order_by("-seq")
    ]


class Light(NamedTuple):
    """How a project stands under one rule, and how it stood before."""

    rule: str
    label: Text
    month: dt.date | None
    colour: Colour
    reason: Text
    before: list[tuple[dt.date, Colour, Text]]


NOTHING_REPORTED = Text("还没有月报", "no month was reported yet")


def lights(project: Project, today: dt.date) -> list[Light]:
    """Return the latest light under every rule, side by side."""
    states: dict[str, list[LightState]] = {}
    for state in project.lights.filter(month__lte=today).order_by("-month"):
        states.setdefault(state.rule, []).append(state)
    return [_light(name, rule.label, states.get(name, ())) for name, rule in light_rules().items()]


def _light(rule: str, label: Text, states: Sequence[LightState]) -> Light:
    if not states:
        return Light(rule, label, None, Colour.UNKNOWN, NOTHING_REPORTED, [])
    last = states[0]
    before = [(one.month, Colour(one.colour), Text(**one.reason)) for one in states[1:12]]
    return Light(rule, label, last.month, Colour(last.colour), Text(**last.reason), before)


class Stated(NamedTuple):
    """An amount with every value it ever had, the last first."""

    label: str
    now: Amount
    before: list[tuple[Amount, Text | None]]
    """What it was, and whether the step after it looks like a slipped unit."""


def amounts(project: Project) -> list[Stated]:
    """Return what the project costs, and how that was revised."""
    by_kind: dict[str, list[Amount]] = {}
    for one in project.amounts.select_related("stated_by").order_by("on", "id"):
        by_kind.setdefault(one.kind, []).append(one)
    return [_stated(label, by_kind[kind]) for kind, label in AmountKind.choices if kind in by_kind]


def _stated(label: Any, rows: list[Amount]) -> Stated:
    jumps = [
        money.jump(one.value, two.value) if one.currency == two.currency else None
        for one, two in pairwise(rows)
    ]
    return Stated(str(label), rows[-1], list(zip(rows, jumps, strict=False))[::-1])


class Funds(NamedTuple):
    """Funds in place: by currency and purpose, on both bases where foreign, every arrival."""

    sums: list[tuple[str, list[tuple[str, Decimal]], Decimal]]
    foreign: money.ForeignInvestment | None
    rows: list[tuple[Arrival, str, bool]]
    """Each with the title of what proves it, and whether it was corrected since."""


def funds(project: Project, today: dt.date) -> Funds | None:
    """Return what arrived until today; None where nothing was recorded."""
    rows = list(project.arrivals.select_related("recorded_by", "paper", "corrected_by"))
    if not rows:
        return None
    standing = [one for one in rows if not hasattr(one, "corrected_by")]
    arrived = [_arrival(one) for one in standing]
    whole = money.funds_in_place(arrived, dt.date.min, today)
    words = dict(FundsKind.choices)
    sums = [
        (currency, [(str(words[kind]), value) for kind, value in kinds.items()],
         whole.total(currency))
        for currency, kinds in whole.by_kind.items()
    ]  # fmt: skip
    abroad = [_arrival(one) for one in standing if one.foreign]
    found = money.foreign_investment(abroad, dt.date.min, today) if abroad else None
    told = [
        (one, one.paper.title if one.paper else "", hasattr(one, "corrected_by")) for one in rows
    ]
    return Funds(sums, found, told[::-1])


def _arrival(row: Arrival) -> money.Arrival:
    return money.Arrival(row.on, row.amount, row.kind, row.currency, row.usd, row.financial)


class Months(NamedTuple):
    """What was reported, the last first, and the curve of it."""

    rows: list[MonthlyReport]
    drawing: Curves | None
    earlier: dict[int, list[MonthlyReport]]
    """Earlier versions of a month, by its current row."""


def months(project: Project) -> Months:
    """Return the last reports with every version of them."""
    reports = project.months.select_related("reported_by").order_by("-month", "-version")
    every = list(reports[: 3 * MONTHS_SHOWN])
    rows = [one for one in every if one.current][:MONTHS_SHOWN]
    earlier = {
        row.pk: [one for one in every if one.month == row.month and not one.current] for row in rows
    }
    shown = rows[::-1]
    drawing = curves(
        [f"{one.month:%Y-%m}" for one in shown],
        [one.planned for one in shown],
        [one.actual for one in shown],
    )
    return Months(rows, drawing, earlier)


class Timetable(NamedTuple):
    """Milestones with where they lie, and the drawing of them."""

    finish: dt.date
    rows: list[tuple[Milestone, Placed, list[str], int | None]]
    """Each with the titles of what it waits for and the days to spare before a fixed day."""
    drawing: Plan | None
    path: list[str]


def timetable(project: Project, today: dt.date) -> Timetable | None:
    """Return the plan of a project; None without milestones."""
    whole = plan_of(project, today)
    if whole is None:
        return None
    milestones = list(project.milestones.all())
    titles = {one.code: one.title for one in milestones}
    rows = [
        (one, whole[one.code], [titles[code] for code in one.after], _spare(one, whole[one.code]))
        for one in milestones
    ]
    drawn = plan([_gantt_row(one, whole) for one in milestones], today)
    return Timetable(whole.finish, rows, drawn, [titles[code] for code in whole.path])


def _spare(one: Milestone, placed: Placed) -> int | None:
    return None if one.fixed is None else (one.fixed - placed.expected).days


def _gantt_row(one: Milestone, whole: Schedule) -> Row:
    placed = whole[one.code]
    before = [whole[code].expected for code in one.after]
    first = max(before, default=placed.expected - dt.timedelta(days=one.days or 0))
    kind = "done" if placed.done else "critical" if placed.critical else "open"
    return Row(
        one.title, min(first, placed.expected), placed.expected, one.planned, one.actual,
        one.fixed, kind,
    )  # fmt: skip


class Work(NamedTuple):
    """Pieces of work with how they stand, and the whole by their weights."""

    rows: list[tuple[PhysicalItem, Standing]]
    whole: Whole


def work(project: Project, today: dt.date) -> Work:
    """Return the physical progress of a project."""
    standings, whole = work_of(project, today)
    by_code = {one.item.id: one for one in standings}
    return Work([(one, by_code[one.code]) for one in project.items.all()], whole)
