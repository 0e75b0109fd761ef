"""Differential prices by class: what each enterprise would pay more or less, and the sums."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from openzone.engines.scoring.model import Scored
from openzone.engines.text import Text

CENT = Decimal("0.01")
NO_CLASS = Text("没有类别", "it has no class")
NO_QUANTITY = Text("缺少{name}", "{name} is missing")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a price or tax differs by: ``by_class`` in yuan a unit, or shares of what is paid.

    ``quantity`` names the figure it is counted on: an amount of use (kWh, tonnes, m²), or with
    ``share`` what is paid without it (yuan). Who is vetoed pays as their class.
    """

    id: str
    label: Text
    quantity: str
    quantity_label: Text
    by_class: Mapping[str, Decimal]
    share: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """What one enterprise would pay more (or, below zero, less) by one measure, in yuan."""

    measure: Measure
    entry: str
    class_: str | None
    quantity: Decimal | None
    amount: Decimal | None
    reason: Text | None = None


@dataclass(slots=True)
class Total:
    """The sum of a measure over a class; ``unknown`` have no figure and are in no sum."""

    count: int = 0
    amount: Decimal = ZERO
    unknown: list[str] = field(default_factory=list)


def simulate(
    measures: Sequence[Measure],
    results: Sequence[Scored],
    usage: Mapping[str, Mapping[str, Decimal]],
) -> list[Charge]:
    """Return a charge for every measure and enterprise, in their order.

    ``usage``: by the id of an entry its figures, by the names the measures give them. Who has no
    class of its own pays as the class it is treated as.
    """
    return [
        _charge(measure, one, usage.get(one.entry.id, {}).get(measure.quantity))
        for measure in measures
        for one in results
    ]


def _charge(measure: Measure, one: Scored, quantity: Decimal | None) -> Charge:
    class_ = one.treated_as or one.class_
    if class_ is None:
        return Charge(measure, one.entry.id, None, quantity, None, NO_CLASS)
    rate = measure.by_class.get(class_, ZERO)
    if not rate:
        return Charge(measure, one.entry.id, class_, quantity, ZERO)
    if quantity is None:
        label = measure.quantity_label
        reason = Text(NO_QUANTITY.zh.format(name=label.zh), NO_QUANTITY.en.format(name=label.en))
        return Charge(measure, one.entry.id, class_, None, None, reason)
    amount = (rate * quantity).quantize(CENT, ROUND_HALF_UP)
    return Charge(measure, one.entry.id, class_, quantity, amount)


def totals(charges: Sequence[Charge]) -> dict[tuple[str, str], Total]:
    """Return sums by measure and class; who has no class stands under ``""``."""
    found: dict[tuple[str, str], Total] = {}
    for one in charges:
        total = found.setdefault((one.measure.id, one.class_ or ""), Total())
        total.count += 1
        if one.amount is None:
            total.unknown.append(one.entry)
        else:
            total.amount += one.amount
    return found


def changed(before: Sequence[Scored], after: Sequence[Scored]) -> Iterator[tuple[Scored, Scored]]:
    """Yield the enterprises whose class two evaluations of the same list tell apart."""
    for one, other in zip(before, after, strict=True):
        if one.class_ != other.class_:
            yield one, other
