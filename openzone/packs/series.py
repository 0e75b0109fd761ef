"""``indicators.yaml``: what figures are; ``series_checks.yaml``: when one is asked about."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.series.checks import Limits
from openzone.engines.series.model import Definition, Direction, Kind
from openzone.engines.tables.numbers import clean
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]


class Frequency(StrEnum):
    """How often an indicator is published."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OTHER = "other"


class VersionPack(Entry):
    """What an indicator meant from one day to another, and what the next version changed."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    definition: Bilingual
    differs: Bilingual | None = None
    source: str = ""
    verified: Mark = "K"


class IndicatorPack(Entry):
    """An indicator, with where its definition comes from.

    ``cumulative``: published from January on. ``also`` are other currencies it is published in;
    they are series of their own. ``nominal``: growth is published at current prices.
    ``lag_days`` from the end of a period to its publication.
    """

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
    frequency: Frequency = Frequency.MONTH
    cumulative: bool = True
    also: tuple[str, ...] = ()
    scope: Bilingual | None = None
    lag_days: int | None = Field(default=None, ge=0)
    versions: tuple[VersionPack, ...] = ()

    @model_validator(mode="after")
    def _versions_follow(self) -> Self:
        ids = [one.id for one in self.versions]
        if len(set(ids)) < len(ids):
            raise ValueError(f"{self.id}: 版本重复 / versions twice")
        for before, after in pairwise(self.versions):
            ends, begins = before.effective_to, after.effective_from
            if ends is None or begins is None or begins - ends != dt.timedelta(days=1):
                raise ValueError(f"{self.id}: 版本不衔接 / versions do not follow each other")
        return self

    def all_versions(self) -> tuple[VersionPack, ...]:
        """Every version, the first one first; what was never told apart is one."""
        if self.versions:
            return self.versions
        said = self.definition or self.label
        return (
            VersionPack(id="1", definition=said, source=self.source, verified=self.verified),
        )  # fmt: skip

    def version_on(self, day: dt.date) -> VersionPack:
        """Return what the indicator meant on a day; the first version before all of them."""
        found = self.all_versions()
        begun = [one for one in found if (one.effective_from or dt.date.min) <= day]
        return begun[-1] if begun else found[0]

    @property
    def as_definition(self) -> Definition:
        """What the engine reads."""
        return Definition(
            self.id, self.label.text, self.kind, self.direction, self.comparable, self.whole,
            self.per, self.aliases, self.nominal,
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

    @model_validator(mode="after")
    def _each_name_means_one(self) -> Self:
        """A figure of one scope must not go on record under another (规上 and all industry)."""
        meant: dict[str, str] = {}
        for one in self.indicators:
            for word in (one.id, one.label.text.zh, one.label.text.en, *one.aliases):
                other = meant.setdefault(clean(word), one.id)
                if other != one.id:
                    raise ValueError(
                        f"“{word}”: {other} 与 {one.id} 同名 / {other} and {one.id} go by it both"
                    )
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
    rate_powers: tuple[Decimal, ...] = ()
    unit_slack: Decimal = Field(gt=1)
    growth_points: Decimal = Field(ge=0)
    outlier_deviations: Decimal = Field(gt=0)
    outlier_months: int = Field(ge=3)
    profile_years: int = Field(ge=2)
    tops: tuple[int, ...]
    largest: tuple[int, ...]
    least_subjects: int = Field(ge=3)
    need_reason: frozenset[str] = frozenset()

    @property
    def limits(self) -> Limits:
        """What the engine reads."""
        return Limits(
            self.unit_powers, self.rate_powers, self.unit_slack, self.growth_points,
            self.outlier_deviations, self.outlier_months, self.profile_years, self.tops,
            self.largest, self.least_subjects,
        )  # fmt: skip


def load_indicators(folder: Path | None) -> DictionaryPack:
    """Return the dictionary of a zone."""
    return load_typed(pack_file("indicators.yaml", folder), DictionaryPack)


def load_checks(folder: Path | None) -> ChecksPack:
    """Return when a figure is asked about."""
    return load_typed(pack_file("series_checks.yaml", folder), ChecksPack)
