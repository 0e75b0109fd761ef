"""Shapes of targets, evaluations and the report of projects. Figures are in base units."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.engines.projects.contributions import Measured
from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import PersonOut, UnitOut, Words
from openzone.zone.performance.models import Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.selectors.report import Number, Said
from openzone.zone.performance.selectors.scores import Line, Placed
from openzone.zone.performance.selectors.targets import Standing


class PartOut(Schema):
    """A project behind a figure and what it brings; null where nobody stated it."""

    project: str
    value: float | None


class TargetOut(Schema):
    """A target and how far it is; `share` and `time` are 0 to 1 and more, null is not known."""

    id: int
    indicator: str
    label: Words
    unit: Words
    scale: float
    scope: str
    of_unit: UnitOut | None
    person: PersonOut | None
    first_year: int
    last_year: int
    amount: float
    document: str
    computed: bool
    reached: float | None
    share: float | None
    time: float
    gap: float | None
    rate_needed: float | None
    signal: str
    report_waits: bool


class TargetPart(Part):
    """A part of the targets of a year."""

    items: list[TargetOut]


class CompletionOut(Schema):
    """What was reported; `confirmed` is null until somebody else answered."""

    id: int
    on: dt.date
    value: float
    text: str
    reported_by: PersonOut
    confirmed: bool | None
    remark: str

    @staticmethod
    def resolve_confirmed(row: Any) -> bool | None:
        """Return what was answered."""
        return getattr(getattr(row, "answer", None), "confirmed", None)

    @staticmethod
    def resolve_remark(row: Any) -> str:
        """Return why it was returned."""
        return str(getattr(getattr(row, "answer", None), "remark", ""))


class TargetDetail(TargetOut):
    """A target with the projects behind it, as far as the caller may see them, and the reports."""

    parts: list[PartOut]
    hidden: int
    reports: list[CompletionOut]


class OverHalfOut(Schema):
    """Whether time and task are over half; null while a figure or a target is missing."""

    year: int
    on: dt.date
    verdict: bool | None
    targets: list[TargetOut]


class RoundOut(Schema):
    """An evaluation."""

    id: int
    scheme: str
    title: str
    on: dt.date
    state: str
    objections_until: dt.date | None
    synthetic: bool


class ParticipantOut(Schema):
    """Somebody in an evaluation, without the score."""

    id: int
    of_unit: UnitOut | None
    person: PersonOut | None
    post: str
    coefficient: float

    @staticmethod
    def resolve_of_unit(row: Any) -> Any:
        """Return the unit."""
        return row.unit


class RoundDetail(RoundOut):
    """An evaluation with those in it whose score the caller may see."""

    seen: list[ParticipantOut]


class ScoreLineOut(Schema):
    """The points of an indicator; figures in its unit."""

    indicator: str
    label: Words
    weight: float
    cap: float
    target: float
    reached: float | None
    points: float | None
    formula: Words
    projects: list[PartOut]


class ObjectionOut(Schema):
    """An objection; `upheld` is null until a third answered it."""

    id: int
    text: str
    upheld: bool | None
    reply: str

    @staticmethod
    def resolve_upheld(row: Any) -> bool | None:
        """Return what was answered."""
        return getattr(getattr(row, "reply", None), "upheld", None)

    @staticmethod
    def resolve_reply(row: Any) -> str:
        """Return the text of the answer."""
        return str(getattr(getattr(row, "reply", None), "text", ""))


class ScoreOut(Schema):
    """A score with its formulas; `fixed` is false while it is simulated."""

    participant: ParticipantOut
    fixed: bool
    points: float
    coefficient: float
    total: float
    lines: list[ScoreLineOut]
    objection: ObjectionOut | None


class NumberOut(Schema):
    """A number of the report with its footnote; `value` in the base unit, null is not known."""

    slot: str
    note: int
    shown: Words
    unit: Words
    value: float | None
    basis: Words
    projects: list[PartOut]


class SentenceOut(Schema):
    """A sentence with its numbers."""

    id: str
    text: Words
    numbers: list[NumberOut]


class SectionOut(Schema):
    """A heading with its sentences."""

    heading: Words
    sentences: list[SentenceOut]


class ReportOut(Schema):
    """The report of a period."""

    first: dt.date
    last: dt.date
    sections: list[SectionOut]


def parts_out(found: Measured, known: set[str] | None = None) -> list[PartOut]:
    """Return the projects behind a figure, of ``known`` only where not all may be seen."""
    return [
        PartOut(project=one.id, value=_number(one.value))
        for one in found.parts
        if known is None or one.id in known
    ]


def target_out(found: Standing) -> dict[str, Any]:
    """Return a target as JSON has it."""
    target: Target = found.target
    made, indicator = found.completion, found.indicator
    unit = pack().unit_of(target.indicator)
    label = indicator.label.text if indicator else unit.label.text
    return {
        "id": target.pk, "indicator": target.indicator, "label": Words.of(label),
        "unit": Words.of(unit.label.text), "scale": float(unit.scale), "scope": target.scope,
        "of_unit": target.unit, "person": target.person, "first_year": target.first_year,
        "last_year": target.last_year, "amount": float(target.amount), "document": target.document,
        "computed": found.computed, "reached": _number(made.reached), "share": _number(made.share),
        "time": float(made.time), "gap": _number(made.gap),
        "rate_needed": _number(made.rate_needed), "signal": found.signal.value,
        "report_waits": found.waiting is not None,
    }  # fmt: skip


def score_out(found: Placed, known: set[str]) -> dict[str, Any]:
    """Return a score as JSON has it; projects as far as the caller may see them."""
    return {
        "participant": found.participant, "fixed": found.score is not None,
        "points": float(found.worked.points), "coefficient": float(found.worked.coefficient),
        "total": float(found.worked.total), "objection": found.objection,
        "lines": [_line(one, known) for one in found.worked.lines],
    }  # fmt: skip


def _line(one: Line, known: set[str]) -> dict[str, Any]:
    return {
        "indicator": one.indicator, "label": Words.of(one.label), "weight": float(one.weight),
        "cap": float(one.cap), "target": float(one.target), "reached": _number(one.reached),
        "points": _number(one.points), "formula": Words.of(one.formula),
        "projects": [
            {"project": number, "value": None if value is None else float(value)}
            for number, value in one.rows
            if number in known
        ],
    }  # fmt: skip


def sentence_out(said: Said) -> dict[str, Any]:
    """Return a sentence as JSON has it."""
    text = Words(zh=said.text("zh"), en=said.text("en"))
    numbers = [_slot(one) for one in said.numbers.values()]
    return {"id": said.sentence.id, "text": text, "numbers": numbers}


def _slot(one: Number) -> dict[str, Any]:
    return {
        "slot": one.slot, "note": one.note, "shown": Words.of(one.shown),
        "unit": Words.of(one.unit.label.text), "value": _number(one.measured.value),
        "basis": Words.of(one.basis), "projects": parts_out(one.measured),
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
