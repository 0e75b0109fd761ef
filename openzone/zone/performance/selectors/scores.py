"""Scores: worked out as the record stands, and those that were fixed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from openzone.engines.projects import performance
from openzone.engines.projects.contributions import Measured
from openzone.engines.text import Text
from openzone.packs.performance import SchemePack
from openzone.zone.people.models import User
from openzone.zone.performance.models import Objection, Participant, Round, Score
from openzone.zone.performance.packs import pack
from openzone.zone.performance.permissions import led_units, oversees, people_led
from openzone.zone.performance.selectors.targets import Standing, current, is_level, standings


class Line(NamedTuple):
    """The points of one indicator: the formula, the figures in it, the projects behind them."""

    indicator: str
    label: Text
    weight: Decimal
    cap: Decimal
    target: Decimal
    reached: Decimal | None
    points: Decimal | None
    formula: Text
    rows: tuple[tuple[str, str | None], ...]
    report: int | None


class Worked(NamedTuple):
    """A score: ``points`` before and ``total`` after the coefficient of the post."""

    lines: tuple[Line, ...]
    points: Decimal
    coefficient: Decimal
    total: Decimal

    @property
    def missing(self) -> tuple[Text, ...]:
        """The indicators without a figure: the points are then the least it can be."""
        return tuple(one.label for one in self.lines if one.points is None)


class Placed(NamedTuple):
    """Somebody in an evaluation with the score that stands, and the place among their kind."""

    participant: Participant
    worked: Worked
    score: Score | None
    place: int
    objection: Objection | None


def scheme_of(found: Round) -> SchemePack:
    """Return the scheme an evaluation was opened with."""
    return SchemePack.model_validate(found.definition)


def work_out(participant: Participant) -> Worked:
    """Work a score out as the record stands: the targets of the year against what was reached."""
    return _worked(participant, _targets(participant))


def _targets(participant: Participant) -> list[Standing]:
    year = participant.round.on.year
    own = current().filter(scope_key=participant.scope_key, first_year=year, last_year=year)
    return standings(own, participant.round.on)


def _worked(participant: Participant, own: Sequence[Standing]) -> Worked:
    found, on = participant.round, participant.round.on
    scheme = scheme_of(found)
    elapsed = performance.time_share(on) if scheme.against == "elapsed" else Decimal(1)
    by_name = {one.target.indicator: one for one in own}
    made = performance.score(
        [_indicator(scheme, line.indicator, line.weight, line.cap) for line in scheme.lines],
        {name: _shown(name, _asked(one, elapsed)) for name, one in by_name.items()},
        {name: _shown_or_none(name, one.measured) for name, one in by_name.items()},
        participant.coefficient,
    )
    lines = tuple(_line(line, by_name[line.indicator.id]) for line in made.lines)
    return Worked(lines, made.points, made.coefficient, made.total)


def _asked(one: Standing, elapsed: Decimal) -> Decimal:
    """Return what is asked for: of a rate always the whole."""
    return one.target.amount * (Decimal(1) if is_level(one.indicator) else elapsed)


def _indicator(
    scheme: SchemePack, name: str, weight: Decimal, cap: Decimal
) -> performance.Indicator:
    known = pack().indicator(name)
    return performance.Indicator(name, known.label.text if known else Text(name, name), weight, cap)


def _shown(name: str, value: Decimal) -> Decimal:
    """Return a figure in the unit its indicator is written in, as the formula shows it."""
    return value / pack().unit_of(name).scale


def _shown_or_none(name: str, found: Measured) -> Decimal | None:
    return None if found.value is None else _shown(name, found.value)


def _line(line: performance.Line, standing: Standing) -> Line:
    indicator = line.indicator
    return Line(
        indicator.id, indicator.label, indicator.weight, indicator.cap, line.target, line.reached,
        line.points, line.formula,
        tuple((one.id, _written(one.value)) for one in standing.measured.parts),
        standing.report.pk if standing.report and not standing.computed else None,
    )  # fmt: skip


def _written(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def kept(score: Score) -> Worked:
    """Return a score as it was fixed."""
    lines = tuple(_read(one) for one in score.lines)
    return Worked(lines, score.points, score.coefficient, score.total)


def as_json(worked: Worked) -> list[dict[str, object]]:
    """Return the lines of a score as they are kept."""
    return [
        {
            "indicator": one.indicator,
            "label": [one.label.zh, one.label.en],
            "weight": str(one.weight),
            "cap": str(one.cap),
            "target": str(one.target),
            "reached": _written(one.reached),
            "points": _written(one.points),
            "formula": [one.formula.zh, one.formula.en],
            "rows": [list(row) for row in one.rows],
            "report": one.report,
        }
        for one in worked.lines
    ]


def _read(row: dict[str, object]) -> Line:
    value: dict[str, object] = row
    return Line(
        str(value["indicator"]), Text(*_pair(value["label"])), Decimal(str(value["weight"])),
        Decimal(str(value["cap"])), Decimal(str(value["target"])), _number(value["reached"]),
        _number(value["points"]), Text(*_pair(value["formula"])),
        tuple((str(one[0]), one[1]) for one in _rows(value["rows"])),
        value["report"] if isinstance(value["report"], int) else None,
    )  # fmt: skip


def _pair(value: object) -> tuple[str, str]:
    zh, en = value if isinstance(value, list) else ("", "")
    return str(zh), str(en)


def _rows(value: object) -> list[list[str]]:
    return value if isinstance(value, list) else []


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def participants(found: Round) -> list[Participant]:
    """Return who is in an evaluation, with the scores that were fixed."""
    scores = Score.objects.select_related("objection__reply", "objection__made_by")
    rows = found.participants.select_related("unit", "person", "round").prefetch_related(
        Prefetch("scores", scores.order_by("seq"))
    )
    return list(rows.order_by("scope", "pk"))


def placed(found: Round, chosen: Iterable[Participant]) -> list[Placed]:
    """Return participants with their scores and places: people among people, units among units.

    While the evaluation is open scores are simulated; from then on they are those that were fixed.
    """
    rows = [_of(one, simulated=found.state == "open") for one in chosen]
    places = {
        one.id: one.place
        for kind in {row[0].scope for row in rows}
        for one in performance.ranking(
            {str(p.pk): worked.total for p, worked, _s in rows if p.scope == kind}
        )
    }
    return [
        Placed(p, worked, score, places[str(p.pk)], objection_of(p)) for p, worked, score in rows
    ]


def _of(participant: Participant, *, simulated: bool) -> tuple[Participant, Worked, Score | None]:
    scores = list(participant.scores.all())
    if simulated or not scores:
        return participant, work_out(participant), None
    return participant, kept(scores[-1]), scores[-1]


def of_one(participant: Participant) -> Placed:
    """Return one score without its place: whoever sees it may not see the others."""
    row = _of(participant, simulated=participant.round.state == "open")
    return Placed(*row, 0, objection_of(participant))


def objection_of(participant: Participant) -> Objection | None:
    """Return the last objection somebody made, answered or not."""
    made = [getattr(one, "objection", None) for one in participant.scores.all()]
    return next((one for one in reversed(made) if one is not None), None)


def open_objections(found: Round) -> QuerySet[Objection]:
    """Return the objections nobody answered."""
    return Objection.objects.filter(score__participant__round=found, reply=None)


def own(user: User | AnonymousUser, on: dt.date) -> QuerySet[Participant]:
    """Return where somebody, or a unit they lead, is evaluated."""
    if not isinstance(user, User):
        return Participant.objects.none()
    mine = Q(person=user.pk) | Q(unit__in=led_units(user, on))
    return Participant.objects.filter(mine).select_related("round", "unit", "person")


def visible_rounds(user: User | AnonymousUser, on: dt.date) -> QuerySet[Round]:
    """Return the evaluations somebody may open: the rule of ``permissions.may_see_round``."""
    if oversees(user, on):
        return Round.objects.all()
    if not isinstance(user, User):
        return Round.objects.none()
    mine = Participant.objects.filter(
        Q(person=user.pk) | Q(unit__in=led_units(user, on)) | Q(person__in=people_led(user, on))
    )
    return Round.objects.filter(pk__in=mine.values("round"))
