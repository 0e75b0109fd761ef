"""The parameters of the synthetic population, checked when read."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sector(_Strict):
    """A kind of firm; money per head in yuan, ``spread`` is a log standard deviation."""

    codes: list[str]
    words: list[str]
    weight: int
    staff: float
    spread: float
    per_head: float
    research: float
    margin: float
    high_tech: float


class Near(_Strict):
    """A share of firms whose value lies ``within`` (a ratio) of a limit."""

    fact: str
    around: float
    within: float
    share: float


class Park(_Strict):
    """A park of the demo zone."""

    code: str
    name: str
    weight: int


class Parameters(_Strict):
    """Everything the generator draws from."""

    seed: int
    count: int = Field(gt=0)
    city: str
    uscc_division: str
    registered_in: dict[str, int]
    parks: list[Park]
    brands: list[str]
    suffixes: list[str]
    sectors: list[Sector]
    missing: dict[str, float]
    champions: float
    login_firm: str
    near: list[Near]

    @field_validator("brands", "suffixes", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return value.split() if isinstance(value, str) else value


@cache
def parameters() -> Parameters:
    """Read the pack of the demo zone."""
    text = (files("openzone.packs") / "demo" / "enterprises.yaml").read_text(encoding="utf-8")
    return Parameters.model_validate(yaml.safe_load(text))
