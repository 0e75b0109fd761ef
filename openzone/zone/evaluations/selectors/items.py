"""The figures a cycle is made of: labels, and the units they are written in."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from openzone.engines.tables.columns import Field
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.scoring import ScoringPack
from openzone.packs.scoring_measures import MeasuresPack, measures_files, measures_pack
from openzone.zone.evaluations.enums import CycleKind
from openzone.zone.evaluations.models import Cycle

MU = Decimal(2000) / Decimal(3)
"""Square metres of one 亩: 15 亩 are a hectare."""
_STORED = Decimal("0.000001")
_UNITS = {
    "area": (Text("亩", "mu"), MU), "yuan": (Text("万元", "10,000 yuan"), Decimal(10_000)),
    "tce": (Text("吨标煤", "tce"), Decimal(1)), "tonne": (Text("吨", "tonnes"), Decimal(1)),
    "kwh": (Text("千瓦时", "kWh"), Decimal(1)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A figure of everybody. ``size`` of its base unit make one of the unit it is written in.

    ``scored``: the scheme counts it; others serve the simulator only.
    """

    name: str
    label: Text
    unit: Text
    size: Decimal
    below_zero: bool
    scored: bool
    field: Field

    def shown(self, value: Decimal) -> Decimal:
        """Return a stored figure as it is written."""
        found = (value / self.size).quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
        return found.quantize(Decimal(1)) if found == found.to_integral_value() else found

    def stored(self, value: Decimal) -> Decimal:
        """Return a written figure as it is stored."""
        return (value * self.size).quantize(_STORED, ROUND_HALF_UP)

    @property
    def heading(self) -> Text:
        """The label with the unit, as a workbook has it."""
        if not self.unit.zh:
            return self.label
        return Text(f"{self.label.zh}({self.unit.zh})", f"{self.label.en} ({self.unit.en})")


def pack_of(cycle: Cycle) -> ScoringPack:
    """Return the scheme of a cycle as it was when the cycle was opened.

    What an earlier version kept beside it and nothing reads any more is left aside: a list that is
    final stays readable.
    """
    return ScoringPack.model_validate(cycle.definition, extra="ignore")


def kind_of(pack: ScoringPack) -> CycleKind:
    """Return where the figures of a scheme come from: ratios from bureaus, points from a panel."""
    ratios = any(one.denominator for group in pack.groups for one in group.indicators)
    return CycleKind.LAND if ratios else CycleKind.PANEL


def counted(pack: ScoringPack) -> list[str]:
    """Return the figures a scheme counts, each once, in its order."""
    names = [
        name for group in pack.groups for one in group.indicators
        for name in (one.numerator, one.denominator) if name
    ]  # fmt: skip
    return list(dict.fromkeys(names))


def items_of(cycle: Cycle) -> list[Item]:
    """Return the figures of a cycle: those its scheme counts, then those prices are made of."""
    pack, names = pack_of(cycle), [one.item for one in cycle.columns.all()]
    known = {one.name: one for one in pack.columns.figures}
    scored = set(counted(pack))
    return [_item(name, known.get(name), name in scored) for name in names]


def _item(name: str, field: Field | None, scored: bool) -> Item:
    field = field or _of_a_price(name)
    key = field.type if field.type in _UNITS else (field.unit or "")
    unit, size = _UNITS.get(key, (Text("", ""), Decimal(1)))
    return Item(name, field.label, unit, size, field.below_zero, scored, field)


def _of_a_price(name: str) -> Field:
    found = (m for pack in prices() for m in pack.measures if m.quantity == name)
    measure = next(found, None)
    label = measure.quantity_label.text if measure else Text(name, name)
    return Field(name, "number", None, label.zh, label.en)


@cache
def prices() -> tuple[MeasuresPack, ...]:
    """Return the differential prices that can be simulated."""
    folder = zone_folder()
    return tuple(measures_pack(name, folder) for name in measures_files(folder))


def quantities() -> list[str]:
    """Return the figures that differential prices are counted on."""
    return list(dict.fromkeys(m.quantity for pack in prices() for m in pack.measures))
