"""Pictures of waters: an item over the quarters with its limits, and sections on a map."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from openzone.engines.drawing.levels import Limit, Value, levels
from openzone.engines.drawing.maps import Placed, circles, map_scene, projection
from openzone.engines.drawing.scene import SIGNS, Scene, Sign
from openzone.engines.drawing.svg import Entry
from openzone.engines.text import Text
from openzone.engines.water.classes import Body, Direction, Item, Measured
from openzone.engines.water.quarters import Quarter
from openzone.engines.water.written import measured, written
from openzone.www.chain_pictures.picture import Cell as TableCell
from openzone.www.chain_pictures.picture import Column, Picture, Source, Twin, attempted, counted
from openzone.www.chain_pictures.picture import Item as CellItem
from openzone.www.formats import say
from openzone.www.waters.said import class_label, level_label, limit_lines, measured_text
from openzone.zone.waters.enums import Cell
from openzone.zone.waters.models import Sample, Section
from openzone.zone.waters.packs import standard
from openzone.zone.waters.selectors.compliance import Judged
from openzone.zone.waters.selectors.standing import Result

LOOKS = {Cell.MET: "strong", Cell.MISSED: "missing", Cell.UNKNOWN: "plain"}
TOGETHER, ONE, OTHER = "strong", "tone0", "tone2"
STATES = {Cell.MET: Text("达标", "target met"), Cell.MISSED: Text("未达标", "target missed"),
          Cell.UNKNOWN: Text("未知", "not known")}  # fmt: skip


def trend(
    section: Section, item: Item, found: Sequence[tuple[Quarter, Result | None]], source: Source
) -> Picture:
    """Draw an item of a section over quarters; what is missing leaves a gap."""
    body = Body(section.water.body)
    heads = [Column(_("Quarter")), Column(section.one.name, numeric=True),
             Column(section.other.name, numeric=True),
             Column(_("Both together"), hint=True, numeric=True),
             Column(_("Class"), hint=True)]  # fmt: skip
    rows, values = [], list[Value]()
    for number, (quarter, result) in enumerate(found):
        own = [_found(result.of(side) if result else None, item.id) for side in section.sides]
        joint = result.joint.values.get(item.id) if result and result.joint else None
        rows.append(_row(quarter, result, item, own, joint))
        shown = ((own[0], ONE), (own[1], OTHER), (joint, TOGETHER))
        for one, look in shown:
            if one is not None:
                said = _said(quarter, one, look, section)
                values.append(Value(number, said, number, float(one.taken), look))
    times = [quarter.label for quarter, _result in found]
    legend = [
        Entry(TOGETHER, _("Both together"), SIGNS[TOGETHER]), Entry(ONE, section.one.name),
        Entry(OTHER, section.other.name), Entry("optional", _("Limits of the classes"), line=True),
    ]  # fmt: skip
    lines = "；".join(f"{one.level} {one.limit}" for one in limit_lines(item, body))
    unit = Text(f"{item.label.zh} {item.unit}", f"{item.label.en} {item.unit}")

    def draw() -> tuple[Scene, Sequence[Entry], Sequence[str]]:
        return levels(times, values, _limits(item, body), unit, TOGETHER), legend, [
            lines, _("Below the limit of detection half of it is drawn."),
        ]  # fmt: skip

    return Picture(
        key="trend", title=_("%(item)s over the quarters") % {"item": say(item.label)},
        words=_("values over time; the table below says the same"), twin=Twin(heads, rows),
        source=source, **attempted(draw),
    )  # fmt: skip


def _found(sample: Sample | None, name: str) -> Measured | None:
    text = sample.values.get(name) if sample else None
    return measured({name: written(text)}).get(name) if text else None


def _said(quarter: Quarter, one: Measured, look: str, section: Section) -> Text:
    who = {ONE: section.one.name, OTHER: section.other.name}
    both = Text("双方", "both")
    return Text(f"{quarter.label.zh} {who.get(look, both.zh)} {one.value}",
                f"{quarter} {who.get(look, both.en)} {one.value}")  # fmt: skip


def _row(
    quarter: Quarter, result: Result | None, item: Item, own: Sequence[Measured | None],
    joint: Measured | None,
) -> list[TableCell]:  # fmt: skip
    page = reverse("water_result", args=[result.planned.pk]) if result else ""
    judged = result.joint.sample.judged if result and result.joint else ()
    place = next((one.place for one in judged if one.item.id == item.id), None)
    values = (*own, joint)
    return [
        TableCell(items=[CellItem(say(quarter.label), page)]),
        *(TableCell(measured_text(one)) if one else TableCell(_("no value")) for one in values),
        TableCell(class_label(place)),
    ]


def _limits(item: Item, body: Body) -> list[Limit]:
    limits = item.limits[body]
    if item.direction is Direction.WITHIN:
        names = (Text("下限", "lowest"), Text("上限", "highest"))
        return [Limit(name, float(one)) for name, one in zip(names, limits, strict=True)]
    sign = "≤" if item.direction is Direction.AT_MOST else "≥"
    found: dict[float, list[Text]] = {}
    for level, limit in zip(standard().levels, limits, strict=False):
        found.setdefault(float(limit), []).append(level.label)
    return [
        Limit(Text(f"{'、'.join(one.zh for one in names)} {sign}{value:g}",
                   f"{', '.join(one.en for one in names)} {sign}{value:g}"), value)
        for value, names in found.items()
    ]  # fmt: skip


def section_map(found: Sequence[Judged], source: Source) -> Picture:
    """Draw sections, with how they stand in a quarter; those without a place are listed only."""
    spots = [
        Placed(number, _name(one), _standing(one), one.section.longitude, one.section.latitude,
               None, LOOKS[one.cell])
        for number, one in enumerate(found)
        if one.section.longitude is not None and one.section.latitude is not None
    ]  # fmt: skip
    over = projection(spots, None)
    groups = circles(spots, over)
    listed = [[found[spot.number] for spot in group.spots] for group in groups]
    missing = [[one] for one in found if one.section.longitude is None]
    remark = _("%(n)s sections without a position are listed only.") % {"n": len(missing)}
    return Picture(
        key="watermap", title=_("Map of sections"),
        words=_("map, north up; the table below says the same"),
        twin=Twin(_map_heads(), [_map_row(one) for one in [*listed, *missing]]), source=source,
        **attempted(lambda: (map_scene(groups, over, None, {}), _legend(),
                             [remark] if missing else [])),
    )  # fmt: skip


def _legend() -> list[Entry]:
    return [Entry(LOOKS[one], say(STATES[one]), SIGNS.get(LOOKS[one], Sign.NONE)) for one in Cell]


def _name(one: Judged) -> Text:
    return Text(str(one.section), str(one.section))


def _standing(one: Judged) -> Text:
    state = STATES[one.cell]
    return Text(f"{one.section}，{state.zh}", f"{one.section}, {state.en}")


def _map_heads() -> list[Column]:
    return [
        Column(_("Section")), Column(_("Quarter"), hint=True),
        Column(_("Target class"), hint=True), Column(_("Class"), hint=True),
        Column(_("Target standing"), hint=True), Column(_("Longitude"), numeric=True),
        Column(_("Latitude"), numeric=True),
    ]  # fmt: skip


def _map_row(group: Sequence[Judged]) -> list[TableCell]:
    """Return the row of a circle: one section, or several at one place."""
    first = group[0]
    pages = [
        CellItem(str(one.section), reverse("water_section", args=[one.section.pk])) for one in group
    ]
    why = [f"（{say(one.why)}）" if one.why else "" for one in group]
    states = [say(STATES[one.cell]) + said for one, said in zip(group, why, strict=True)]
    return [
        TableCell(items=pages), TableCell(say(first.quarter.label)),
        _told(level_label(one.target) for one in group),
        _told(class_label(one.place) for one in group), _told(states),
        counted(first.section.longitude), counted(first.section.latitude),
    ]  # fmt: skip


def _told(texts: Iterable[str]) -> TableCell:
    return TableCell(items=[CellItem(one) for one in texts])
