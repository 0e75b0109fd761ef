"""Where a project stands, from the log of its stages.

The log is append-only and in the order things were recorded. What happened is an entry, a falling
back or an exit, each on a day; what was entered by mistake is taken back by a ``Back`` with
``void``. A project enters a stage **once**: the first entry that stands counts, also after it fell
back and came again (县区 counters are “entered the stage in the period”, not “is in it now”).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from openzone.engines.projects.pipeline import EXIT, Pipeline
from openzone.engines.text import Text

NO_STAGE = Text(
    "没有“{stage}”这一阶段，可用：{known}", "there is no stage “{stage}”; known are {known}"
)
NO_EXIT = Text(
    "没有“{reason}”这一退出原因，可用：{known}", "there is no reason “{reason}”; known are {known}"
)
TOO_EARLY = Text(
    "{day} 早于前一项的 {before}：后一阶段不能先于前一阶段",
    "{day} is before {before}, the day of what came before it",
)
NOT_BACK = Text(
    "目前不在“{stage}”之后，无法退回", "the project is not past “{stage}”, so it cannot go back"
)
NO_REASON = Text("退回须写明原因", "going back needs a reason")
SAME = Text("项目已在“{stage}”阶段", "the project is at “{stage}” already")
NOT_FORWARD = Text(
    "“{stage}”在目前阶段之前，请用退回", "“{stage}” is behind the present stage; go back instead"
)
SKIPPED = Text("须先进入“{stage}”", "“{stage}” has to be entered first")
FIELD = Text("缺少“{name}”", "“{name}” is missing")
EVIDENCE = Text("缺少材料：{name}", "evidence is missing: {name}")
OTHER_YEAR = Text(
    "“{name}”应在 {year} 年内，现为 {day}", "“{name}” should be in {year}, it is {day}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The project came to a stage on a day, with kinds of evidence for it."""

    stage: str
    on: dt.date
    evidence: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """The project went back.

    ``void``: what followed the last stay at ``to`` was entered by mistake and never counted; ``to``
    None takes everything back. Not ``void``: it really fell back, and what it had entered stands.
    """

    to: str | None
    on: dt.date
    reason: str
    void: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Exit:
    """The project left the pipeline, for a reason of the pack."""

    reason: str
    on: dt.date
    note: str = ""
    by: str = ""


LogItem = Entry | Back | Exit


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands: its stage since when, the first entries that count, its exit."""

    stage: str | None = None
    since: dt.date | None = None
    first: Mapping[str, Entry] = field(default_factory=dict)
    first_exit: Exit | None = None
    left: Exit | None = None


@dataclass(frozen=True, slots=True)
class LogFault:
    """What is wrong with an item of a log, by its place from 0."""

    index: int
    field: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Missing:
    """What a stage still asks for. ``options``: the kinds of evidence any one of which will do."""

    kind: Literal["field", "evidence", "stage"]
    id: str
    text: Text
    options: tuple[str, ...] = ()


def standing_items(log: Iterable[LogItem]) -> list[LogItem]:
    """Return what is left of a log once everything entered by mistake is taken back."""
    stands: list[LogItem] = []
    for item in log:
        _append(stands, item)
    return stands


def standing(log: Iterable[LogItem], as_of: dt.date | None = None) -> Standing:
    """Return where a project stood at the end of a day; without ``as_of``, after the whole log.

    A mistake taken back later was a mistake on that day already. ``log`` has no faults.
    """
    stage, since, left = None, None, None
    first: dict[str, Entry] = {}
    first_exit: Exit | None = None
    for item in standing_items(log):
        if as_of is not None and item.on > as_of:
            break
        since = item.on
        match item:
            case Entry():
                stage, left = item.stage, None
                first.setdefault(stage, item)
            case Back():
                stage, left = item.to, None
            case Exit():
                left = item
                first_exit = first_exit or item
    return Standing(stage, since, first, first_exit, left)


def log_faults(pipeline: Pipeline, log: Sequence[LogItem]) -> list[LogFault]:
    """Return everything that cannot be: unknown stages, going back to where it never was, order.

    Stages passed over are no fault: a project may come into the record late.
    """
    found: list[LogFault] = []
    stands: list[LogItem] = []
    for place, item in enumerate(log):
        found += [LogFault(place, *fault) for fault in _faults(pipeline, stands, item)]
        _append(stands, item)
    return found


def repeats(log: Sequence[LogItem]) -> tuple[int, ...]:
    """Return the places of entries of the stage the project is at already, noted once more.

    They count nothing. One dated before what it repeats is no repetition but a fault.
    """
    found: list[int] = []
    stands: list[LogItem] = []
    for place, item in enumerate(log):
        if stands and isinstance(item, Entry) and _is_repeat(stands[-1], item):
            found.append(place)
        else:
            _append(stands, item)
    return tuple(found)


def missing(
    pipeline: Pipeline,
    stage: str,
    on: dt.date,
    facts: Mapping[str, object],
    evidence: Iterable[str] = (),
) -> tuple[Missing, ...]:
    """Return what a project lacks to enter a stage on a day: fields, and kinds of evidence.

    None and blank text are missing; zero and no are answers. ``evidence`` are the kinds on file.
    """
    return tuple(_missing(pipeline, stage, on, facts, frozenset(evidence)))


def may_enter(
    pipeline: Pipeline,
    log: Sequence[LogItem],
    entry: Entry,
    facts: Mapping[str, object],
    evidence: Iterable[str] = (),
) -> tuple[bool, tuple[Missing, ...]]:
    """Return whether a project may enter a stage now, and every reason why not.

    ``evidence`` are kinds on file already, beside those the entry brings.
    """
    wrong = [Missing("stage", entry.stage, reason) for reason in _order(pipeline, log, entry)]
    if entry.stage in pipeline:
        shown = (*evidence, *entry.evidence)
        wrong += missing(pipeline, entry.stage, entry.on, facts, shown)
    return not wrong, tuple(wrong)


def next_stages(pipeline: Pipeline, stage: str | None) -> tuple[str, ...]:
    """Return the stages that may follow: the next one, and those behind it if it is optional."""
    found: list[str] = []
    for one in pipeline.stages[0 if stage is None else pipeline.index(stage) + 1 :]:
        found.append(one.id)
        if not one.optional:
            break
    return tuple(found)


def _append(stands: list[LogItem], item: LogItem) -> None:
    """Add an item to what stands; one that takes back a mistake takes it off instead."""
    if isinstance(item, Back) and item.void:
        while stands and _stage_after(stands[-1]) != item.to:
            stands.pop()
    else:
        stands.append(item)


def _is_repeat(last: LogItem, item: Entry) -> bool:
    return _stage_after(last) == item.stage and item.on >= last.on


def _stage_after(item: LogItem) -> str | None:
    """The stage an item leaves a project at; leaving the pipeline is no stage of it."""
    match item:
        case Entry():
            return item.stage
        case Back():
            return item.to
    return EXIT


def _present(stands: Sequence[LogItem]) -> str | None:
    """The stage a project is at, or was at when it left."""
    stages = (_stage_after(item) for item in reversed(stands))
    return next((stage for stage in stages if stage != EXIT), None)


def _faults(
    pipeline: Pipeline, stands: Sequence[LogItem], item: LogItem
) -> Iterator[tuple[str, Text]]:
    match item:
        case Entry():
            yield from _entry_faults(pipeline, stands, item.stage)
        case Exit() if item.reason not in pipeline.exits:
            known = ", ".join(pipeline.exits)
            yield "reason", NO_EXIT.format(reason=item.reason, known=known)
        case Back():
            yield from _back_faults(pipeline, stands, item)
    voids = isinstance(item, Back) and item.void
    if stands and not voids and item.on < stands[-1].on:
        yield "on", TOO_EARLY.format(day=item.on, before=stands[-1].on)


def _entry_faults(
    pipeline: Pipeline, stands: Sequence[LogItem], stage: str
) -> Iterator[tuple[str, Text]]:
    if stage not in pipeline:
        yield "stage", NO_STAGE.format(stage=stage, known=_known(pipeline))
        return
    now, label = _present(stands), pipeline[stage].label
    if now is None or now not in pipeline or pipeline.index(stage) > pipeline.index(now):
        return
    if stage == now and not isinstance(stands[-1], Exit):
        yield "stage", _said(SAME, "stage", label)
    elif stage != now:
        yield "stage", _said(NOT_FORWARD, "stage", label)


def _back_faults(
    pipeline: Pipeline, stands: Sequence[LogItem], item: Back
) -> Iterator[tuple[str, Text]]:
    if not item.reason.strip():
        yield "reason", NO_REASON
    if item.to is not None and item.to not in pipeline:
        yield "to", NO_STAGE.format(stage=item.to, known=_known(pipeline))
    elif not (_was_at if item.void else _is_past)(pipeline, stands, item.to):
        label = pipeline[item.to].label if item.to else Text("（未入库）", "(nothing)")
        yield "to", _said(NOT_BACK, "stage", label)


def _was_at(_: Pipeline, stands: Sequence[LogItem], stage: str | None) -> bool:
    """Whether there is something after the last stay at a stage that can be taken back."""
    stays = [None, *map(_stage_after, stands)]
    return bool(stands) and stage in stays and stays[-1] != stage


def _is_past(pipeline: Pipeline, stands: Sequence[LogItem], stage: str | None) -> bool:
    """Whether a stage lies behind the present one; who left may come back to where it was."""
    now = _present(stands)
    if stage is None or now is None or now not in pipeline:
        return False
    back = pipeline.index(now) - pipeline.index(stage)
    return back > 0 or (back == 0 and isinstance(stands[-1], Exit))


def _order(pipeline: Pipeline, log: Sequence[LogItem], entry: Entry) -> Iterator[Text]:
    """Yield why a stage cannot be the next one, before asking for papers."""
    stands = standing_items(log)
    wrong = [reason for _, reason in _faults(pipeline, stands, entry)]
    yield from wrong
    follow = next_stages(pipeline, _present(stands))
    came_back = bool(stands) and isinstance(stands[-1], Exit)
    if not wrong and entry.stage not in follow and not came_back:
        yield _said(SKIPPED, "stage", pipeline[follow[-1]].label)


def _missing(
    pipeline: Pipeline, stage: str, on: dt.date, facts: Mapping[str, object], shown: frozenset[str]
) -> Iterator[Missing]:
    wanted = pipeline[stage]
    for name in wanted.fields:
        if facts.get(name) in (None, ""):
            yield Missing("field", name, _said(FIELD, "name", pipeline.fields[name]))
    for name in wanted.within_year:
        day = facts.get(name)
        if isinstance(day, dt.date) and day.year != on.year:
            label = pipeline.fields[name]
            zh = OTHER_YEAR.zh.format(name=label.zh, year=on.year, day=day)
            en = OTHER_YEAR.en.format(name=label.en, year=on.year, day=day)
            yield Missing("field", name, Text(zh, en))
    for group in wanted.evidence:
        if shown.isdisjoint(group):
            labels = [pipeline.evidence[one] for one in group]
            either = Text(
                "或".join(one.zh for one in labels), " or ".join(one.en for one in labels)
            )
            yield Missing("evidence", group[0], _said(EVIDENCE, "name", either), group)


def _said(words: Text, name: str, label: Text) -> Text:
    """Fill a bilingual label into a bilingual sentence."""
    return Text(words.zh.format(**{name: label.zh}), words.en.format(**{name: label.en}))


def _known(pipeline: Pipeline) -> str:
    return ", ".join(one.id for one in pipeline.stages)
