"""Scores of the rule language, as pydantic models."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.language import Condition, Id, Number, Some, Strict, Verified, Word
from openzone.engines.rules.literals import QuantityField

Points = Annotated[float, Field(multiple_of=0.5, allow_inf_nan=False)]
Band = tuple[QuantityField, Points]


class Bands(Strict):
    """Points by the size of a number: the first limit reached, from the top."""

    of: Number
    gte: Some[Annotated[Band, Field(strict=False)]] | None = None
    lte: Some[Annotated[Band, Field(strict=False)]] | None = None
    otherwise: Points = Field(alias="else")

    @model_validator(mode="after")
    def _one_direction(self) -> "Bands":
        if (self.gte is None) == (self.lte is None):
            raise PydanticCustomError("one_direction", "bands read up or down")
        return self

    @property
    def limits(self) -> tuple[Band, ...]:
        """The limits with their points, in the order they are read."""
        return self.gte or self.lte or ()


class PointsIf(Strict):
    """Points for a condition."""

    when: Condition
    points: Points
    id: Id | None = None
    label: Bilingual | None = None
    ref: Word | None = None
    verified: Verified | None = None
    note: Bilingual | None = None


class PartBody(Strict):
    """How points come about: bands of a number, the best of several, a sum, or conditions.

    ``max`` is the most it can give. With ``cap`` more is cut down to ``max``; without it, a part
    that could give more is refused.
    """

    id: Id | None = None
    label: Bilingual | None = None
    ref: Word | None = None
    verified: Verified | None = None
    note: Bilingual | None = None
    max: Points | None = Field(default=None, ge=0)
    cap: bool = False
    bands: Bands | None = None
    best_of: Some["PartBody"] | None = None
    parts: Some["Part"] | None = None
    points: Some[PointsIf] | None = None
    otherwise: Points | None = Field(default=None, alias="else")

    @model_validator(mode="after")
    def _one_source(self) -> "PartBody":
        sources = (self.bands, self.best_of, self.parts, self.points)
        if sum(source is not None for source in sources) != 1:
            raise PydanticCustomError("one_source", "exactly one source of points")
        if (self.points is None) != (self.otherwise is None):
            raise PydanticCustomError("points_else", "`points` and `else` go together")
        return self


class Part(PartBody):
    """A part of a score that a test can name."""

    id: Id


class Score(PartBody):
    """A named number of points."""

    label: Bilingual
    max: Points = Field(ge=0)
