"""Figures of links of chains: kinds, units, words beside them: ``chain_figures.yaml``."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
Exact = Annotated[Decimal, BeforeValidator(str), Field(ge=0, allow_inf_nan=False)]
NAME = "chain_figures.yaml"


class Unit(Entry):
    """A unit: ``times`` that of its ``base``. ``also``: other ways it is written."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Bilingual
    base: str
    times: Exact = Field(gt=0)
    also: tuple[str, ...] = ()


class FigureKind(Entry):
    """What a figure says, which way is better, and the units it may have, by their base.

    ``most`` is the highest value it can have, in the base.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Bilingual
    better: Literal["higher", "lower"]
    bases: tuple[str, ...] = Field(min_length=1)
    most: Exact | None = None


class Qualifier(Entry):
    """A word beside a figure: the true value lies from ``low`` to ``high`` times it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=8)
    label: Bilingual
    words: tuple[str, ...]
    low: Exact = Field(alias="from")
    high: Exact = Field(alias="to")


class Reach(NamedTuple):
    """Between which values, in the base unit, a published figure lies."""

    base: str
    low: Decimal
    high: Decimal

    def agrees(self, other: "Reach") -> bool:
        """Whether both can be true; of different bases nothing is said."""
        return self.base != other.base or (self.low <= other.high and other.low <= self.high)


class FiguresPack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Mark
    kinds: tuple[FigureKind, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1)
    qualifiers: tuple[Qualifier, ...] = Field(min_length=1)
    qualifiers_source: Bilingual
    qualifiers_verified: Mark

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for names in (self.kinds, self.units, self.qualifiers):
            ids = [one.id for one in names]
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"more than once: {', '.join(twice)}")
        bases = {one.base for one in self.units}
        if lost := sorted({base for kind in self.kinds for base in kind.bases} - bases):
            raise ValueError(f"no unit of: {', '.join(lost)}")
        return self

    def kind(self, name: str) -> FigureKind | None:
        """Return a kind by its id."""
        return next((one for one in self.kinds if one.id == name), None)

    def unit(self, name: str) -> Unit | None:
        """Return a unit by its id, or as it is written."""
        text = name.strip()
        ways = ((one, (one.id, one.label.zh, one.label.en, *one.also)) for one in self.units)
        return next((one for one, written in ways if text in written), None)

    def qualifier(self, name: str) -> Qualifier | None:
        """Return a qualifier by its id or one of its words; without a word a figure is exact."""
        text = name.strip() or "exact"
        return next((one for one in self.qualifiers if text in (one.id, *one.words)), None)

    def units_of(self, kind: FigureKind) -> tuple[Unit, ...]:
        """Return the units a kind may be published in."""
        return tuple(one for one in self.units if one.base in kind.bases)

    def reach(self, value: Decimal, unit: str, qualifier: str) -> Reach | None:
        """Return where a published figure lies; None for words the pack does not know."""
        found, word = self.unit(unit), self.qualifier(qualifier)
        if found is None or word is None:
            return None
        whole = value * found.times
        return Reach(found.base, whole * word.low, whole * word.high)


def load_chain_figures(folder: Path | None) -> FiguresPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), FiguresPack)
