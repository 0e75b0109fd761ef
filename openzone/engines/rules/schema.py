"""A rule file: who said what, from when to when, and the conditions of each version."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, Protocol

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.language import (
    Condition,
    Id,
    Many,
    Name,
    Number,
    RuleId,
    Some,
    Strict,
    Verified,
    Word,
)
from openzone.engines.rules.literals import QuantityField
from openzone.engines.rules.score_language import Score

Kind = Literal["qualify", "classify", "reduce", "subsidise", "entitle"]
Limits = Mapping[str, QuantityField]


class Source(Strict):
    """The document a version is taken from. ``number`` may be null only with a note."""

    title: Word
    number: Word | None
    issuer: Word
    issued_on: dt.date | None = None
    url: Word | None = None


class Row(Strict):
    """One line of a classification: whom it concerns, and the lower limits of each level.

    The levels stand beside the other keys: ``large: {employees: 1000}``.
    """

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)
    __pydantic_extra__: dict[str, dict[str, QuantityField]]
    id: Id
    label: Bilingual
    when: Condition
    ref: Word | None = None
    verified: Verified | None = None
    note: Bilingual | None = None

    @property
    def limits(self) -> Mapping[str, Limits]:
        """The lower limits by level."""
        return self.__pydantic_extra__


class Classify(Strict):
    """Levels from the top; each but the last has lower limits which must all hold."""

    levels: Annotated[Some[Id], Field(min_length=2)]
    labels: Mapping[Id, Bilingual]
    rows: Some[Row]


class Rounding(Strict):
    """To which multiple of a yuan an amount is rounded, and which way."""

    to: QuantityField
    mode: Literal["down", "half_up", "up"]


class Amount(Strict):
    """What is paid where the rule is met, in yuan."""

    number: Number
    label: Bilingual | None = None
    ref: Word | None = None
    round_: Rounding | None = Field(default=None, alias="round")
    verified: Verified | None = None
    note: Bilingual | None = None


class NearLimit(Strict):
    """How far a near miss may be from its limit, as a share of the limit."""

    within: QuantityField
    note: Bilingual | None = None


class Definitions(Protocol):
    """Names that numbers and conditions may use."""

    @property
    def let(self) -> Mapping[str, Number]:
        """Named numbers."""

    @property
    def scores(self) -> Mapping[str, Score]:
        """Named points."""


@dataclass(frozen=True)
class NoDefinitions:
    """What names no numbers and no scores of its own."""

    let: Mapping[str, Number] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)


NOTHING_DEFINED: Definitions = NoDefinitions()


class Version(Strict):
    """The rule as one document states it. Both days are inclusive; no ``effective_to`` is open."""

    version: Word
    source: Source
    effective_from: dt.date
    effective_to: dt.date | None = None
    verified: Verified
    notes: Many[Bilingual] = ()
    let: Mapping[Name, Number] = Field(default_factory=dict)
    scores: Mapping[Name, Score] = Field(default_factory=dict)
    when: Condition | None = None
    classify: Classify | None = None
    amount: Amount | None = None
    near: NearLimit | None = None

    @model_validator(mode="after")
    def _answers_one_way(self) -> "Version":
        if (self.when is None) == (self.classify is None):
            raise PydanticCustomError("one_answer", "either `when` or `classify`")
        return self

    def in_force(self, day: dt.date) -> bool:
        """Whether the version holds on ``day``."""
        return self.effective_from <= day <= (self.effective_to or dt.date.max)


class Rule(Strict):
    """A rule for life, in its versions."""

    rule: RuleId
    title: Bilingual
    kind: Kind
    region: Many[Annotated[str, Field(pattern=r"^\d{2}(\d{2}){0,2}$")]] = ()
    versions: Some[Version]

    def version_on(self, day: dt.date) -> Version | None:
        """Return the version in force on ``day``."""
        return next((version for version in self.versions if version.in_force(day)), None)
