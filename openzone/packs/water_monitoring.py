"""``water_monitoring.yaml``: joint campaigns, bounds of deviation, kinds of exchanges."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.water.deviation import Bound, Bounds
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]


class Term(Entry):
    """An id and what it is called."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual


class BoundPack(Entry):
    """The largest deviation for means up to a level; the last has none."""

    at_most: Decimal = Field(gt=0, le=1)
    up_to: Decimal | None = Field(default=None, gt=0)


class DeviationPack(Entry):
    """Bounds for all items, for some, and the plain differences of a few."""

    usual: tuple[BoundPack, ...] = Field(min_length=1)
    own: Mapping[str, tuple[BoundPack, ...]] = {}
    difference: Mapping[str, Decimal] = {}

    @model_validator(mode="after")
    def _ends_open(self) -> Self:
        for name, rows in {"usual": self.usual, **self.own}.items():
            steps = [one.up_to for one in rows[:-1]]
            known = [one for one in steps if one is not None]
            if (
                not rows
                or rows[-1].up_to is not None
                or known != sorted(set(known))
                or None in steps
            ):
                raise ValueError(
                    f"{name}: 应由低到高，最后一档不设上限 / rising, the last without up_to"
                )
        return self

    @property
    def bounds(self) -> Bounds:
        """What the engine reads."""
        own = {name: _bounds(rows) for name, rows in self.own.items()}
        return Bounds(_bounds(self.usual), own, dict(self.difference))


class PlanPack(Entry):
    """What the plan of a campaign proposes, in working days; ``remind_days`` are plain days."""

    first_workday: int = Field(gt=0, le=20)
    sections_a_day: int = Field(gt=0, le=50)
    enter_workdays: int = Field(gt=0, le=60)
    remind_days: int = Field(gt=0, le=30)


class MonitoringPack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Mark
    plan: PlanPack
    deviation: DeviationPack
    incident_kinds: tuple[Term, ...] = Field(min_length=1)
    exchange_kinds: tuple[Term, ...] = Field(min_length=1)
    dispatch_kinds: tuple[Term, ...] = Field(min_length=1)
    levels: tuple[Term, ...] = Field(min_length=1)


def load_monitoring(folder: Path | None) -> MonitoringPack:
    """Return the pack in force, a zone's own in place of the national one."""
    return load_typed(pack_file("water_monitoring.yaml", folder), MonitoringPack)


def _bounds(rows: tuple[BoundPack, ...]) -> tuple[Bound, ...]:
    return tuple(Bound(one.at_most, one.up_to) for one in rows)
