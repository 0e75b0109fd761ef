"""``indicators.yaml``: what figures are; ``series_checks.yaml``: when one is asked about."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.series.checks import Limits
from openzone.engines.series.model import Definition, Direction, Kind
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]


class IndicatorPack(Entry):
    """An indicator, with where its definition comes from."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual
    kind: Kind = Kind.FLOW
    direction: Direction = Direction.UP
    unit: str = ""
    comparable: bool = False
    nominal: bool = True
    whole: str = ""
    per: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    definition: Bilingual | None = None
    source: str = ""
    verified: Mark = "K"

    @property
    def as_definition(self) -> Definition:
        """What the engine reads."""
        return Definition(
            self.id, self.label.text, self.kind, self.direction, self.comparable, self.whole,
            self.per, self.aliases,
        )  # fmt: skip


class DictionaryPack(Entry):
    """``indicators.yaml``."""

    title: Bilingual
    verified: Mark
    indicators: tuple[IndicatorPack, ...]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        ids = [one.id for one in self.indicators]
        for one in self.indicators:
            if ids.count(one.id) > 1:
                raise ValueError(f"{one.id}: 重复 / twice")
            for other in filter(None, (one.whole, *one.per)):
                if other not in ids or other == one.id:
                    raise ValueError(f"{one.id}: 没有指标 {other} / there is no indicator {other}")
        return self

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """By id."""
        return {one.id: one.as_definition for one in self.indicators}


class ChecksPack(Entry):
    """``series_checks.yaml``; see ``engines.series.checks.Limits``."""

    source: Bilingual
    verified: Mark
    unit_powers: tuple[Decimal, ...]
    unit_slack: Decimal = Field(gt=1)
    growth_points: Decimal = Field(ge=0)
    outlier_deviations: Decimal = Field(gt=0)
    outlier_months: int = Field(ge=3)
    profile_years: int = Field(ge=2)
    tops: tuple[int, ...]
    largest: tuple[int, ...]
    least_subjects: int = Field(ge=3)

    @property
    def limits(self) -> Limits:
        """What the engine reads."""
        return Limits(
            self.unit_powers, self.unit_slack, self.growth_points, self.outlier_deviations,
            self.outlier_months, self.profile_years, self.tops, self.largest, self.least_subjects,
        )  # fmt: skip


def load_indicators(folder: Path | None) -> DictionaryPack:
    """Return the dictionary of a zone."""
    return load_typed(pack_file("indicators.yaml", folder), DictionaryPack)


def load_checks(folder: Path | None) -> ChecksPack:
    """Return when a figure is asked about."""
    return load_typed(pack_file("series_checks.yaml", folder), ChecksPack)
