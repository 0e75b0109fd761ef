"""``scoring_measures/<id>.yaml``: differential prices by class, laid over the national ones."""

from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.scoring.measures import Measure
from openzone.engines.text import Text
from openzone.packs.loading import NATIONAL
from openzone.packs.typed import Entry, load_typed

FOLDER = "scoring_measures"
NO_MEASURES = Text(
    "没有差别化价格“{name}”，可用：{known}",
    "there are no differential prices “{name}”; known are {known}",
)


class MeasurePack(Entry):
    """A price or tax that differs by class; ``unit`` is what ``by_class`` is written in."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual
    quantity: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    quantity_label: Bilingual
    unit: str
    share: bool = False
    by_class: dict[str, Decimal] = Field(min_length=1)

    @model_validator(mode="after")
    def _takes_no_more_than_all(self) -> Self:
        if self.share and any(rate < -1 for rate in self.by_class.values()):
            raise ValueError(f"{self.id}: 减免不能超过全部 / relief of more than all")
        return self

    @property
    def measure(self) -> Measure:
        """What the engine reads."""
        return Measure(
            self.id, self.label.text, self.quantity, self.quantity_label.text, self.by_class,
            self.share,
        )  # fmt: skip


class MeasuresPack(Entry):
    """A whole file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Bilingual
    source: Bilingual
    verified: Literal["V", "V2", "L", "K"]
    measures: tuple[MeasurePack, ...] = Field(min_length=1)


def measures_files(folder: Path | None) -> dict[str, Path]:
    """Return the files by id, a zone's own in place of national ones."""
    found: dict[str, Path] = {}
    for root in filter(None, (NATIONAL, folder)):
        found |= {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}
    return found


def measures_pack(name: str, folder: Path | None) -> MeasuresPack:
    """Return differential prices by their id.

    Raises:
        PackError: there are none, or they cannot be used.

    """
    files = measures_files(folder)
    if name not in files:
        reason = NO_MEASURES.format(name=name, known="、".join(files))
        raise PackError([PackProblem("", 0, "", reason)])
    return load_typed(files[name], MeasuresPack)
