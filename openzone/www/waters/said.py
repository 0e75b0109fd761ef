"""Classes, limits and values in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from openzone.engines.text import Text
from openzone.engines.water import joint
from openzone.engines.water.classes import Body, Direction, Item, Measured
from openzone.engines.water.classes import Sample as Classed
from openzone.engines.water.written import State, Written, written
from openzone.www.formats import number, say
from openzone.zone.waters.enums import Cell
from openzone.zone.waters.packs import level_of, standard

SIGNS = {Direction.AT_MOST: "≤", Direction.AT_LEAST: "≥"}
CHIPS = {Cell.MET: "chip-now", Cell.MISSED: "chip-old", Cell.UNKNOWN: ""}
SATURATION = Text("溶解氧饱和率", "oxygen saturation")


class LimitLine(NamedTuple):
    """A class with its limit and direction: ``≤ 0.5 mg/L``."""

    level: str
    limit: str


def class_label(place: int | None) -> str:
    """Return what the class at a rank is called; a dash where there is none."""
    level = level_of(place)
    return say(level.label) if level else "—"


def level_label(name: str | None) -> str:
    """Return what a class is called by its id."""
    found = next((one for one in standard().levels if one.id == name), None)
    return say(found.label) if found else "—"


def limit_lines(item: Item, body: Body) -> list[LimitLine]:
    """Return every limit of an item with its direction, for one kind of water."""
    limits, levels = item.limits[body], standard().levels
    if item.direction is Direction.WITHIN:
        return [LimitLine(_("All classes"), f"{limits[0]}–{limits[1]}")]
    sign = SIGNS[item.direction]
    lines = [
        LimitLine(say(level.label), f"{sign} {limit} {item.unit}".strip())
        for level, limit in zip(levels, limits, strict=False)
    ]
    if item.instead:
        other = _("or %(what)s ≥ %(limit)s%%") % {
            "what": say(SATURATION), "limit": item.instead[1]
        }  # fmt: skip
        lines[0] = LimitLine(lines[0].level, f"{lines[0].limit} {other}")
    return lines


def items_for(body: Body) -> list[Item]:
    """Return the items that count for one kind of water."""
    return [one for one in standard().items if body in one.counts]


def value_text(values: Mapping[str, str], name: str) -> str:
    """Return what a sample says of an item, in words; missing where it says nothing."""
    text = values.get(name)
    return _("no value") if text is None else written_text(written(text))


def figures(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every value of a sample with what it is called."""
    known = {one.id: one.label for one in standard().items} | {joint.SATURATION: SATURATION}
    return [(say(known.get(name, Text(name, name))), value_text(values, name)) for name in values]


def how_written() -> str:
    """Return how a value that is no plain number is written."""
    return _("Below the limit of detection: <0.01 or 0.01L; not measured: 未测; empty is missing.")


def written_text(one: Written) -> str:
    """Return a value in words."""
    if one.state is State.NOT_MEASURED:
        return _("not measured")
    if one.state is State.BELOW:
        return _("below %(limit)s") % {"limit": one.value}
    return str(one.value)


def measured_text(one: Measured) -> str:
    """Return what both stand for."""
    value = number(one.value.normalize() if one.value else Decimal(0), None)
    return _("below %(limit)s") % {"limit": value} if one.below else value


def deciding(sample: Classed | None) -> str:
    """Return the items that make the class what it is."""
    if sample is None or not sample.place:
        return ""
    return "、".join(say(one.item.label) for one in sample.deciding)


def percent(share: Decimal | None) -> str:
    """Return a deviation as people read it."""
    return "—" if share is None else f"{share * 100:.1f}%"
