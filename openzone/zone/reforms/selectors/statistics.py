"""How a programme stands, by area and by unit: every figure with what it was made of."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from openzone.zone.reforms.models import Programme
from openzone.zone.reforms.selectors.lights import COLOURS, DONE
from openzone.zone.reforms.selectors.tasks import Line, lines


@dataclass(frozen=True, slots=True)
class Score:
    """The tasks of an area, of a unit, or all; ``key`` finds them again.

    ``progress`` is weighted, over the tasks whose progress is known: a task nobody reported on is
    not at zero, it is unknown, and ``reported`` says how many are known.
    """

    key: str
    name: str
    total: int
    by_light: Mapping[str, int]
    reported: int
    weighed: Decimal
    points: Decimal
    done_in_time: int

    @property
    def done(self) -> int:
        """How many are done."""
        return self.by_light[DONE]

    @property
    def progress(self) -> float | None:
        """Weighted progress from 0 to 1 of the tasks whose progress is known."""
        return float(self.points / self.weighed / 100) if self.weighed else None

    @property
    def completion(self) -> float | None:
        """The share that is done."""
        return self.done / self.total if self.total else None


def overall(programme: Programme, on: dt.date) -> Score:
    """Return the whole programme."""
    return _score("", "", lines(programme, on))


def by_area(programme: Programme, on: dt.date) -> list[Score]:
    """Return each area in the order of the programme, those without a task too."""
    known = {str(area.pk): area.title for area in programme.areas.all()}
    return _grouped(lines(programme, on), lambda one: str(one.task.area_id), known)


def by_unit(programme: Programme, on: dt.date) -> list[Score]:
    """Return each lead unit, the most overdue first."""
    found = lines(programme, on)
    known = {one.task.lead.code: one.task.lead.name for one in found}
    made = _grouped(found, lambda one: one.task.lead.code, known)
    return sorted(made, key=lambda one: (-one.by_light["red"], -one.total, one.key))


def _grouped(
    found: Iterable[Line], key: Callable[[Line], str], known: Mapping[str, str]
) -> list[Score]:
    groups: dict[str, list[Line]] = {name: [] for name in known}
    for one in found:
        groups[key(one)].append(one)
    return [_score(name, known[name], group) for name, group in groups.items()]


def _score(key: str, name: str, found: list[Line]) -> Score:
    heard = [one for one in found if _percent(one) is not None]
    return Score(
        key=key,
        name=name,
        total=len(found),
        by_light={colour: sum(one.colour == colour for one in found) for colour in COLOURS},
        reported=len(heard),
        weighed=sum((one.task.weight for one in heard), Decimal(0)),
        points=sum((one.task.weight * (_percent(one) or 0) for one in heard), Decimal(0)),
        done_in_time=sum(
            one.task.done_on is not None and one.task.done_on <= one.task.due_on for one in found
        ),
    )


def _percent(one: Line) -> int | None:
    return 100 if one.colour == DONE else one.percent
