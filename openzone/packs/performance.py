"""Indicators, warnings and schemes of evaluation: ``performance.yaml``."""

from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects.performance import Bounds
from openzone.packs.measures import Mark, Measure, UnitPack, named_once
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "performance.yaml"


class IndicatorPack(Entry):
    """What targets are set for. Without a ``measure`` it is reported, with evidence.

    ``headline``: one of those that over-half (双过半) asks about.
    """

    id: str
    label: Bilingual
    unit: str
    measure: Measure | None = None
    headline: bool = False
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None


class WarningPack(Entry):
    """When a target is behind: completion as a part of the time passed."""

    behind: Decimal = Field(gt=0, le=1)
    far: Decimal = Field(gt=0, le=1)
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None

    @property
    def bounds(self) -> Bounds:
        """As the engine takes it."""
        return Bounds(self.behind, self.far)

    @model_validator(mode="after")
    def _far_is_farther(self) -> Self:
        if self.far > self.behind:
            raise ValueError("far 不能大于 behind / far must not be above behind")
        return self


class CreditPack(Entry):
    """Which projects count for a person: those they are chief of, or on the team of in a role."""

    chief: bool
    roles: tuple[Literal["manager", "promotion", "approvals", "service"], ...] = ()
    verified: Mark
    note: Bilingual


class SchemeLine(Entry):
    """An indicator in a scheme: points, and how far above the target still counts."""

    indicator: str
    weight: Decimal = Field(gt=0)
    cap: Decimal = Field(default=Decimal(1), ge=1)


class Post(Entry):
    """A kind of post and the coefficient its points are multiplied by."""

    id: str
    label: Bilingual
    coefficient: Decimal = Field(gt=0, le=10)


class SchemePack(Entry):
    """A way to evaluate. ``against`` the target of the year, or the part of it that has elapsed."""

    id: str
    version: str
    label: Bilingual
    region: str
    against: Literal["year", "elapsed"] = "year"
    lines: tuple[SchemeLine, ...] = Field(min_length=1)
    posts: tuple[Post, ...] = Field(min_length=1)
    objection_days: int = Field(ge=1, le=60)
    source: Bilingual
    verified: Mark
    note: Bilingual

    @model_validator(mode="after")
    def _each_is_named_once(self) -> Self:
        named_once("lines", [one.indicator for one in self.lines])
        named_once("posts", [one.id for one in self.posts])
        return self

    def post(self, name: str) -> Post | None:
        """Return a post by its id."""
        return next((one for one in self.posts if one.id == name), None)


class PerformancePack(Entry):
    """The whole file."""

    units: tuple[UnitPack, ...] = Field(min_length=1)
    indicators: tuple[IndicatorPack, ...] = Field(min_length=1)
    warning: WarningPack
    credit: CreditPack
    schemes: tuple[SchemePack, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        for name in ("units", "indicators", "schemes"):
            named_once(name, [one.id for one in getattr(self, name)])
        units = {one.id for one in self.units}
        if unknown := sorted({one.unit for one in self.indicators} - units):
            raise ValueError(f"没有单位 / no unit {unknown}")
        known = {one.id for one in self.indicators}
        asked = {line.indicator for scheme in self.schemes for line in scheme.lines}
        if unknown := sorted(asked - known):
            raise ValueError(f"没有指标 / no indicator {unknown}")
        return self

    def unit(self, name: str) -> UnitPack:
        """Return a unit."""
        return next(one for one in self.units if one.id == name)

    def indicator(self, name: str) -> IndicatorPack | None:
        """Return an indicator; None for one that is in no pack any more."""
        return next((one for one in self.indicators if one.id == name), None)

    def unit_of(self, indicator: str) -> UnitPack:
        """Return the unit of an indicator; figures of one that is gone are shown as they are."""
        found = self.indicator(indicator)
        return self.unit(found.unit) if found else UnitPack(id="", label=Bilingual(zh="", en=""))

    def scheme(self, name: str) -> SchemePack | None:
        """Return a scheme by its id."""
        return next((one for one in self.schemes if one.id == name), None)


def load_performance(folder: Path | None) -> PerformancePack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), PerformancePack)
