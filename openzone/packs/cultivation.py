"""Pools, ladders, recognitions and priority links: ``cultivation.yaml``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from openzone.engines.cultivation.nearing import YEAR, Pace
from openzone.engines.cultivation.routes import Conditions
from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
Included = Literal["met", "near", "unknown"]
NAME = "cultivation.yaml"
Month = Annotated[int, Field(ge=1, le=12)]
Day = Annotated[int, Field(ge=1, le=31)]


class Title(Entry):
    """Something an enterprise can be recognised as, and the fact of the record that says so."""

    id: str
    title: Bilingual
    fact: str = ""
    note: Bilingual | None = None


class Material(Entry):
    """A paper an entry needs."""

    id: str
    name: Bilingual


class Batch(Entry):
    """When entries are taken: before a day of every month, or about a day of every year."""

    id: str
    title: Bilingual
    text: Bilingual
    verified: Mark
    monthly: Day | None = None
    yearly: tuple[Month, Day] | None = None

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if (self.monthly is None) == (self.yearly is None):
            raise ValueError("give monthly or yearly")
        return self


class Route(Entry):
    """A way onto the roster: what it asks for, which papers and batches belong to it.

    ``limit`` is yuan of the year so far, by VAT returns and by the income statement both.
    ``swing`` is a monthly change worth attention; no document gives a number.
    """

    id: str
    title: Bilingual
    source: Bilingual
    verified: Mark
    limit: float = Field(gt=0)
    years_registered: int | None = None
    years_filed: int | None = None
    production_from_month: Month | None = None
    new_building: bool = False
    no_sales_before_month: Month | None = None
    swing: float | None = None
    materials: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()

    @property
    def conditions(self) -> Conditions:
        """What the engine takes."""
        return Conditions(
            self.limit, self.years_registered, self.years_filed, self.production_from_month,
            self.new_building, self.no_sales_before_month, self.swing,
        )  # fmt: skip


class Example(Entry):
    """How another place does it; shown as an example, never used for a deadline here."""

    region: str
    text: Bilingual
    verified: Mark


class Projecting(Entry):
    """How monthly figures go on: from so many known months, so many standard errors wide."""

    months: int = Field(ge=2, le=YEAR)
    width: float = Field(ge=0)
    verified: Mark
    source: Bilingual

    @property
    def pace(self) -> Pace:
        """What the engine takes."""
        return Pace(self.months, self.width)


class Pool(Entry):
    """Enterprises near something: a rule, how far off they may be, and what entry needs.

    ``within`` is a share of the limit: 0.2 is from 80 per cent of it on.
    """

    id: str
    title: Bilingual
    rule: str
    title_reached: str
    within: float = Field(gt=0, le=1)
    include: tuple[Included, ...] = Field(min_length=1)
    verified: Mark
    source: Bilingual
    note: Bilingual | None = None
    materials: tuple[Material, ...] = ()
    batches: tuple[Batch, ...] = ()
    routes: tuple[Route, ...] = ()
    examples: tuple[Example, ...] = ()
    remind_days: int = Field(10, ge=1)

    @model_validator(mode="after")
    def _routes_name_what_is_there(self) -> Self:
        papers, batches = {one.id for one in self.materials}, {one.id for one in self.batches}
        for route in self.routes:
            unknown = {*route.materials} - papers | {*route.batches} - batches
            if unknown:
                raise ValueError(f"route {route.id}: no {', '.join(sorted(unknown))}")
        return self


class Coverage(Entry):
    """How many holders of the title ``of`` hold one of ``titles``.

    ``sections`` of GB/T 4754 narrow the whole, such as B, C, D for industry; none takes all.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=24)
    title: Bilingual
    of: str
    titles: tuple[str, ...] = Field(min_length=1)
    sections: tuple[str, ...] = ()
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None


class HonourKind(Entry):
    """A kind of honour, milestone or share, and what stands in its rows."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=24)
    title: Bilingual
    of: Literal["person", "team", "milestone", "share"]


class Step(Entry):
    """A step of a ladder: held by a title in force, a class, or a rule that is met.

    ``rules`` say what is still missing to reach it.
    """

    id: str
    title: Bilingual
    titles: tuple[str, ...] = ()
    class_rule: str = ""
    classes: tuple[str, ...] = ()
    met_rules: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class Ladder(Entry):
    """Steps from the lowest to the highest."""

    id: str
    title: Bilingual
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None
    steps: tuple[Step, ...] = Field(min_length=1)


class Link(Entry):
    """A business link in which trusted enterprises come first."""

    id: str
    title: Bilingual


class Links(Entry):
    """All links, and where they were read."""

    source: Bilingual
    verified: Mark
    list: tuple[Link, ...]


class CultivationPack(Entry):
    """The whole file."""

    notice: Bilingual
    titles: tuple[Title, ...]
    pools: tuple[Pool, ...]
    ladders: tuple[Ladder, ...]
    links: Links
    levels: tuple[Material, ...] = ()
    honours: tuple[HonourKind, ...] = ()
    projection: Projecting | None = None
    coverages: tuple[Coverage, ...] = ()

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        titles = {title.id for title in self.titles}
        used = {pool.title_reached for pool in self.pools} | set(_titles(self.ladders))
        used |= {name for one in self.coverages for name in (one.of, *one.titles)}
        if unknown := sorted(used - titles):
            raise ValueError(f"no titles {', '.join(unknown)}")
        return self


def _titles(ladders: Iterable[Ladder]) -> Iterator[str]:
    for ladder in ladders:
        for step in ladder.steps:
            yield from step.titles


def load_cultivation(folder: Path | None) -> CultivationPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), CultivationPack)
