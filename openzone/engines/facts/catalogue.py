"""Fact names and the dated series behind them.

The record stores **series** (``revenue`` for the year 2025). Rules, files and screens speak of
**facts** relative to a day (``revenue_y1`` is the revenue of the last accounting year before
``as_of``). The catalogue joins the two, so that a stored figure never has to be renamed when a
year ends.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, model_validator

from openzone.engines.text import Text


class FactType(StrEnum):
    """The type of a value. Money is in yuan, ratios are decimals (0.03), areas square metres."""

    TEXT = "text"
    NUMBER = "number"
    YUAN = "yuan"
    RATIO = "ratio"
    AREA = "area"
    DATE = "date"
    BOOL = "bool"
    CODE = "code"

    @property
    def is_numeric(self) -> bool:
        """Whether values can be added and compared by size."""
        return self in (FactType.NUMBER, FactType.YUAN, FactType.RATIO, FactType.AREA)


UNITS: Mapping[FactType, Text] = {
    FactType.YUAN: Text("元", "yuan"),
    FactType.RATIO: Text("比例", "ratio"),
    FactType.AREA: Text("平方米", "m²"),
}
NO_UNIT = Text("", "")
COUNTED = (FactType.NUMBER, FactType.AREA, FactType.RATIO)


NEVER = dt.date.min
"""Of a date that can be absent: it is known that there is none. Unknown is not the same."""


class PeriodKind(StrEnum):
    """What stretch of time a series speaks of."""

    NONE = "none"  # does not change with time, or only by correction (registration date)
    MOMENT = "moment"  # true on a day; the latest known one counts (employees)
    YEAR = "year"  # one accounting year (revenue)
    SPAN = "span"  # the last n accounting years together (equity raised in two years)


class Visibility(StrEnum):
    """Who may see a fact besides the enterprise itself."""

    PUBLIC = "public"
    STAFF = "staff"
    SENSITIVE = "sensitive"  # shown to staff on request only, and every look is logged


@dataclass(frozen=True, slots=True)
class Period:
    """The days a value speaks of, both inclusive; both ``None`` for ``PeriodKind.NONE``."""

    first: dt.date | None = None
    last: dt.date | None = None

    @classmethod
    def of_year(cls, year: int, years: int = 1) -> "Period":
        """Return the period of ``years`` accounting years that end with ``year``."""
        return cls(dt.date(year - years + 1, 1, 1), dt.date(year, 12, 31))


class Bilingual(BaseModel):
    """A ``{zh, en}`` mapping in a pack."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        """The value as a :class:`Text`."""
        return Text(self.zh, self.en)


class SeriesSpec(BaseModel):
    """One entry of the catalogue as written in ``facts.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: FactType
    period: PeriodKind
    label: Bilingual
    years: int = Field(default=0, ge=0, le=10, description="YEAR: how many years back have a name")
    span: int = Field(default=0, ge=0, le=10, description="SPAN: how many years together")
    visible: Visibility = Visibility.STAFF
    changeable: bool = Field(default=False, description="the enterprise could change it by acting")
    can_be_absent: bool = Field(
        default=False, description="DATE: the word 无 states that there is none (no certificate)"
    )
    below_zero: bool = Field(
        default=False, description="NUMBER, AREA: may be negative, which a count cannot"
    )
    source: Bilingual = Field(description="where the value usually comes from")
    proof: Bilingual = Field(description="the document that settles it when it is unknown")
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, Bilingual] = Field(default_factory=dict)
    note: Bilingual | None = None

    @model_validator(mode="after")
    def _period_has_its_length(self) -> "SeriesSpec":
        if (self.period is PeriodKind.YEAR) != (self.years > 0):
            raise ValueError("period `year` needs `years`, and only it")
        if (self.period is PeriodKind.SPAN) != (self.span > 0):
            raise ValueError("period `span` needs `span`, and only it")
        if self.can_be_absent and self.type is not FactType.DATE:
            raise ValueError("only a date has `can_be_absent`")
        if self.below_zero and self.type not in COUNTED:
            raise ValueError("only a number, an area or a ratio has `below_zero`")
        return self

    @property
    def is_count(self) -> bool:
        """Whether it counts or measures what is there, of which there cannot be less than none."""
        return self.type in COUNTED and not self.below_zero


@dataclass(frozen=True, slots=True)
class Fact:
    """A name that rules and files use: a series seen from a day."""

    name: str
    series: SeriesSpec
    years_back: int = 0

    @property
    def type(self) -> FactType:
        """The type of the value."""
        return self.series.type

    @property
    def unit(self) -> Text:
        """The unit of the stored value, empty where there is none."""
        return UNITS.get(self.series.type, NO_UNIT)

    @property
    def label(self) -> Text:
        """The label, with the year it looks back to."""
        label = self.series.label.text
        if self.years_back == 0:
            return label
        return Text(label.zh + _years_zh(self.years_back), label.en + _years_en(self.years_back))

    def period(self, as_of: dt.date) -> Period:
        """Return the period this name means on ``as_of``; open for moments and timeless facts."""
        last_year = as_of.year - 1
        match self.series.period:
            case PeriodKind.YEAR:
                return Period.of_year(last_year - self.years_back + 1)
            case PeriodKind.SPAN:
                return Period.of_year(last_year, self.series.span)
            case _:
                return Period()


def _years_zh(back: int) -> str:
    return {1: "(上年度)", 2: "(前一年度)"}.get(back, f"(前{back - 1}年度)")


def _years_en(back: int) -> str:
    return {1: " (last year)", 2: " (the year before)"}.get(back, f" ({back} years ago)")


@dataclass(frozen=True)
class Catalogue:
    """All series of a zone, and the fact names they give."""

    series: tuple[SeriesSpec, ...]
    _by_name: dict[str, Fact] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for spec in self.series:
            for fact in _names_of(spec):
                if fact.name in self._by_name:
                    raise ValueError(f"duplicate fact name: {fact.name}")
                self._by_name[fact.name] = fact

    def __getitem__(self, name: str) -> Fact:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    @cached_property
    def series_by_name(self) -> Mapping[str, SeriesSpec]:
        """The series under their own names."""
        return {spec.name: spec for spec in self.series}


def _names_of(spec: SeriesSpec) -> Iterator[Fact]:
    if spec.period is PeriodKind.YEAR:
        for back in range(1, spec.years + 1):
            yield Fact(f"{spec.name}_y{back}", spec, back)
    else:
        yield Fact(spec.name, spec)
