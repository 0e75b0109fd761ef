"""What can be counted in the ledger of projects, as packs of targets and of reports name it."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry

Mark = Literal["V", "V2", "L", "K"]


class UnitPack(Entry):
    """How figures are written: divided by ``scale``, with at most so many ``digits``."""

    id: str
    label: Bilingual
    scale: Decimal = Field(default=Decimal(1), gt=0)
    digits: int = Field(default=2, ge=0, le=4)


class Measure(Entry):
    """A figure that follows from the ledger.

    ``entered``: projects that entered what counts as ``stage``, or their ``amount`` in yuan on that
    day; ``arrivals``: funds in place in one currency; ``foreign``: utilised foreign investment in
    dollars; ``invested``: investment of the monthly reports; ``rate``: a rate of the pipeline;
    ``credited``: projects that entered ``stage`` and came of a lead, each by the part of the credit
    for it that is the person's (of units and the zone: anybody's). All of a
    period. The rest narrows: ``industry`` by the first characters of its code, ``tag`` a mark of
    the project, ``size`` at least so large on the day of entry.
    """

    what: Literal["entered", "arrivals", "foreign", "invested", "rate", "credited"]
    stage: str | None = None
    of: Literal["count", "amount"] = "count"
    size: str | None = None
    sector: Literal[1, 2, 3] | None = None
    industry: str | None = None
    origin: Literal["domestic_in_province", "domestic_out", "foreign"] | None = None
    tag: str | None = None
    currency: Literal["CNY", "USD", "EUR", "HKD", "JPY"] = "CNY"
    purpose: Literal["fixed", "working"] | None = None
    basis: Literal["full", "comparable"] = "full"
    rate: str | None = None

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> Self:
        if self.what in {"entered", "credited"} and self.stage is None:
            raise ValueError("计数需写明阶段 / “entered” and “credited” need a stage")
        if self.what == "rate" and self.rate is None:
            raise ValueError("比率需写明名称 / “rate” needs the name of one")
        return self


def named_once(name: str, ids: list[str]) -> None:
    """Refuse an id that stands in a list twice."""
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"{name}重复 / {name} named twice: {twice}")
