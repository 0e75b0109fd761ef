"""Land, standard land and idle land: ``land.yaml``."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects.landcheck import Consequence, Direction, LandIndicator, Stage
from openzone.engines.projects.landidle import IdleRule
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
Share = Annotated[Decimal, Field(ge=0, le=1)]
NAME = "land.yaml"


class LandSource(Entry):
    """The document a part of the pack goes back to."""

    title: Bilingual
    number: str
    region: str
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    verified: Mark
    note: Bilingual | None = None


class LandUse(Entry):
    """What land may be used for; ``most_years`` is the longest term of a sale."""

    id: str
    label: Bilingual
    most_years: int = Field(gt=0)


class Tenure(Entry):
    """How land is held; a term is asked for where ``least_years`` is stated."""

    id: str
    label: Bilingual
    least_years: int | None = Field(default=None, gt=0)
    most_years: int | None = Field(default=None, gt=0)


class Condition(Entry):
    """A planning condition of a parcel."""

    id: str
    label: Bilingual
    unit: Bilingual | None = None
    direction: Direction


class SoonRule(Entry):
    """How many days before a day somebody is warned."""

    soon_days: int = Field(ge=0)
    verified: Mark
    note: Bilingual | None = None


class IndicatorGroup(Entry):
    """Indicators that belong together."""

    id: str
    label: Bilingual


class IndicatorEntry(Entry):
    """An indicator that can be promised with a parcel."""

    id: str
    group: str
    label: Bilingual
    unit: Bilingual | None = None
    direction: Direction
    stage: Stage
    tolerance: Share

    @property
    def asked(self) -> LandIndicator:
        """The indicator as the engine has it."""
        return LandIndicator(
            self.id, self.label.text, self.unit.zh if self.unit else "", self.direction,
            self.stage, self.tolerance,
        )  # fmt: skip


class ConsequenceEntry(Entry):
    """A rung of what missed promises lead to."""

    id: Literal["rectify", "pay", "take_back"]
    label: Bilingual
    over: Share
    missed: int = Field(gt=0)

    @property
    def rung(self) -> Consequence:
        """The rung as the engine has it."""
        return Consequence(self.id, self.label.text, self.over, self.missed)


class ControlRow(Entry):
    """What an industry may not promise less (or more) than."""

    id: str
    label: Bilingual
    limits: dict[str, Decimal]


class ControlTable(LandSource):
    """Published control indicators of a place."""

    id: str
    rows: tuple[ControlRow, ...] = Field(min_length=1)


class StandardRule(Entry):
    """Everything about standard land."""

    source: LandSource
    groups: tuple[IndicatorGroup, ...] = Field(min_length=1)
    indicators: tuple[IndicatorEntry, ...] = Field(min_length=1)
    watch: SoonRule
    consequences: tuple[ConsequenceEntry, ...] = Field(min_length=1)
    consequences_verified: Mark
    consequences_note: Bilingual | None = None
    controls: tuple[ControlTable, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = {one.id for one in self.indicators}
        groups = {one.id for one in self.groups}
        if lost := sorted({one.group for one in self.indicators} - groups):
            raise ValueError(f"no such group: {lost}")
        named = {name for table in self.controls for row in table.rows for name in row.limits}
        if lost := sorted(named - ids):
            raise ValueError(f"no such indicator: {lost}")
        return self

    def indicator(self, name: str) -> IndicatorEntry | None:
        """Return an indicator by its id."""
        return next((one for one in self.indicators if one.id == name), None)

    def consequence(self, name: str) -> ConsequenceEntry | None:
        """Return a rung by its id."""
        return next((one for one in self.consequences if one.id == name), None)

    def control(self, name: str) -> tuple[ControlTable, ControlRow] | None:
        """Return a row of control indicators by ``table.row``."""
        for table in self.controls:
            for row in table.rows:
                if f"{table.id}.{row.id}" == name:
                    return table, row
        return None


class IdleEntry(Entry):
    """The limits of idle land, with the rule they are from."""

    source: LandSource
    unbegun_years: int = Field(gt=0)
    fee_share: Share
    take_back_years: int = Field(gt=0)
    area_share: Share
    investment_share: Share
    stopped_years: int = Field(gt=0)
    warn_days: int = Field(ge=0)
    warn_days_verified: Mark

    @property
    def rule(self) -> IdleRule:
        """The limits as the engine has them."""
        return IdleRule(
            self.unbegun_years, self.fee_share, self.take_back_years, self.area_share,
            self.investment_share, self.stopped_years, self.warn_days,
        )  # fmt: skip


class LandPack(Entry):
    """The whole file; without ``idle`` nobody is warned of idle land."""

    uses: tuple[LandUse, ...] = Field(min_length=1)
    uses_source: LandSource
    tenures: tuple[Tenure, ...] = Field(min_length=1)
    tenures_source: LandSource
    conditions: tuple[Condition, ...]
    conditions_source: Bilingual
    delivery: SoonRule
    standard: StandardRule
    idle: IdleEntry | None = None

    @model_validator(mode="after")
    def _each_is_named_once(self) -> Self:
        standard = self.standard
        for entries in (
            self.uses, self.tenures, self.conditions, standard.groups, standard.indicators,
            standard.consequences, standard.controls,
        ):  # fmt: skip
            _once([one.id for one in entries])
        for table in standard.controls:
            _once([row.id for row in table.rows])
        return self

    def use(self, name: str) -> LandUse | None:
        """Return a use by its id."""
        return next((one for one in self.uses if one.id == name), None)

    def tenure(self, name: str) -> Tenure | None:
        """Return a tenure by its id."""
        return next((one for one in self.tenures if one.id == name), None)

    def condition(self, name: str) -> Condition | None:
        """Return a planning condition by its id."""
        return next((one for one in self.conditions if one.id == name), None)


def _once(ids: Iterable[str]) -> None:
    every = list(ids)
    if twice := sorted({one for one in every if every.count(one) > 1}):
        raise ValueError(f"named twice: {twice}")


def load_land(folder: Path | None) -> LandPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), LandPack)
