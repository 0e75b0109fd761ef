"""``scoring/<id>.yaml``: schemes of evaluation with their source, laid over the national ones."""

from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.scoring.model import (
    Cut,
    Group,
    Indicator,
    Missing,
    Rounding,
    Scheme,
    Scope,
    Ties,
)
from openzone.engines.scoring.table import FIGURES, Columns, extra
from openzone.engines.text import Text
from openzone.packs.loading import NATIONAL
from openzone.packs.typed import Entry, load_typed

FOLDER = "scoring"
Mark = Literal["V", "V2", "L", "K"]
NO_SCHEME = Text(
    "没有评价办法“{name}”，可用：{known}", "there is no scheme “{name}”; known are {known}"
)


class IndicatorPack(Entry):
    """An indicator; ``scale`` turns yuan, square metres and the like into the unit of the base."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual
    unit: str = ""
    weight: Decimal = Field(gt=0)
    numerator: str
    denominator: str | None = None
    scale: Decimal = Decimal(1)
    base: Decimal | None = Field(default=None, gt=0)
    times_average: Decimal | None = Field(default=None, gt=0)
    missing: Missing = Missing.UNKNOWN

    @model_validator(mode="after")
    def _has_one_base(self) -> Self:
        if (self.base is None) == (self.times_average is None):
            raise ValueError(
                f"{self.id}: 须有 base 或 times_average 之一 / one of base, times_average"
            )
        return self

    @property
    def as_indicator(self) -> Indicator:
        """What the engine reads."""
        return Indicator(
            self.id, self.label.text, self.weight, self.numerator, self.denominator, self.base,
            self.scale, self.times_average, self.missing, self.unit,
        )  # fmt: skip


class CutPack(Entry):
    """A class and where it ends, counted from the best: a share, a number, or a least score."""

    id: str
    label: Bilingual
    until: Decimal | None = Field(default=None, gt=0, le=1)
    count: int | None = Field(default=None, ge=0)
    from_score: Decimal | None = None

    @model_validator(mode="after")
    def _has_one_end(self) -> Self:
        if sum(one is not None for one in (self.until, self.count, self.from_score)) != 1:
            raise ValueError(
                f"{self.id}: 须有 until、count、from_score 之一 / one of until, count, from_score"
            )
        return self

    @property
    def as_cut(self) -> Cut:
        """What the engine reads."""
        return Cut(self.id, self.label.text, self.until, self.count, self.from_score)


class GroupPack(Entry):
    """Those who are scored alike; the weights come to 100.

    ``aliases`` are other names of the group in tables; ``cuts`` classes of its own.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual
    aliases: tuple[str, ...] = ()
    cap: Decimal | None = Field(default=None, gt=0)
    floor: Decimal = Decimal(0)
    indicators: tuple[IndicatorPack, ...] = Field(min_length=1)
    cuts: tuple[CutPack, ...] | None = None
    least: dict[str, Decimal] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _weights_come_to_a_hundred(self) -> Self:
        if (whole := sum(one.weight for one in self.indicators)) != Decimal(100):
            raise ValueError(f"{self.id}: 权重合计{whole}，应为100 / weights come to {whole}")
        return self


class ScopePack(Entry):
    """Who is not evaluated: young firms, new land, industries (two digits of GB/T 4754)."""

    registered_years: int | None = Field(default=None, ge=0)
    land_years: int | None = Field(default=None, ge=0)
    industries: tuple[str, ...] = ()


class InputPack(Entry):
    """A figure that tables of this scheme have besides the usual ones: points of a reviewer."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual
    aliases: tuple[str, ...] = ()
    below_zero: bool = False


class ScoringPack(Entry):
    """A whole file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Bilingual
    place: Bilingual
    year: int
    source: Bilingual
    verified: Mark
    notes: tuple[Bilingual, ...] = ()
    inputs: tuple[InputPack, ...] = ()
    groups: tuple[GroupPack, ...] = Field(min_length=1)
    cuts: tuple[CutPack, ...] = ()
    rounding: Rounding = Rounding.HALF_UP
    ties: Ties = Ties.BETTER
    veto: str | None = None
    scope: ScopePack = ScopePack()
    not_suitable: str | None = None
    treated_as: str | None = None

    @model_validator(mode="after")
    def _counts_known_figures(self) -> Self:
        known = {one.name for one in FIGURES} | {one.id for one in self.inputs}
        for group in self.groups:
            for one in group.indicators:
                for name in filter(None, (one.numerator, one.denominator)):
                    if name not in known:
                        raise ValueError(f"{one.id}: 没有数据项 {name} / no figure {name}")
        return self

    @property
    def scheme(self) -> Scheme:
        """What the engine reads."""
        groups = {
            one.id: Group(
                one.id, one.label.text, tuple(i.as_indicator for i in one.indicators),
                one.cap, one.floor,
                None if one.cuts is None else tuple(cut.as_cut for cut in one.cuts), one.least,
            )
            for one in self.groups
        }  # fmt: skip
        scope = Scope(
            self.scope.registered_years,
            self.scope.land_years,
            frozenset(self.scope.industries),
        )
        return Scheme(
            groups, "land", tuple(cut.as_cut for cut in self.cuts), self.rounding, self.ties,
            self.veto, scope, self.not_suitable, self.treated_as,
        )  # fmt: skip

    @property
    def columns(self) -> Columns:
        """What a table of this scheme may hold."""
        groups = {one.id: (one.label.zh, one.label.en, *one.aliases) for one in self.groups}
        return Columns(
            groups,
            tuple(
                extra(one.id, one.label.text, one.aliases, one.below_zero) for one in self.inputs
            ),
        )


def scoring_files(folder: Path | None) -> dict[str, Path]:
    """Return the schemes by id, a zone's own in place of national ones."""
    found: dict[str, Path] = {}
    for root in filter(None, (NATIONAL, folder)):
        found |= {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}
    return found


def scoring_pack(name: str, folder: Path | None) -> ScoringPack:
    """Return a scheme by its id, or from a path.

    Raises:
        PackError: there is none, or it cannot be used.

    """
    files = scoring_files(folder)
    alike = {one.replace("_", "-"): one for one in files}
    name = alike.get(name, name)
    if name not in files and Path(name).suffix not in {".yaml", ".yml"}:
        reason = NO_SCHEME.format(name=name, known="、".join(files))
        raise PackError([PackProblem("", 0, "", reason)])
    return load_typed(files.get(name, Path(name)), ScoringPack)
