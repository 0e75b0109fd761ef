"""Pictures of places: points on a map, and regions where the zone brings their outline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openzone.engines.chains.drawing import STATE_WORDS, Facts, NotDrawable, State
from openzone.engines.drawing.maps import (
    MOST_POINTS,
    Boundary,
    Circle,
    Placed,
    Projection,
    breaks,
    circles,
    map_scene,
    projection,
    value_of,
)
from openzone.engines.drawing.scene import Scene
from openzone.engines.drawing.svg import Entry
from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.packs import boundary as pack
from openzone.packs.loading import zone_folder
from openzone.www.chain_pictures.of_points import ensure_finite, named
from openzone.www.chain_pictures.picture import (
    Cell,
    Column,
    Item,
    Picture,
    Source,
    Twin,
    attempted,
    counted,
    known_cells,
    known_columns,
    links,
    state_entries,
)
from openzone.www.formats import number, say

BAD_PLACE = Text(
    "{name}：经度应在-180至180，纬度应在-90至90",
    "{name}: longitudes are -180 to 180, latitudes -90 to 90",
)
MOST_NAMED = 20
MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Something with a place: a firm, a city, a project. ``place`` is its address in words."""

    id: str
    name: Text
    longitude: float | None
    latitude: float | None
    size: float | None = None
    state: State = State.PLAIN
    facts: Facts = field(default_factory=Facts)
    place: str = ""


def boundary() -> Boundary | PackError | None:
    """Return the outline of the zone's own pack folder, if it has one; else why it cannot be used.

    A file with faults must not take a page away: the map says them and does without.
    """
    try:
        return pack.boundary(zone_folder())
    except PackError as faults:
        return faults


def map_picture(
    spots: Sequence[Spot],
    *,
    source: Source,
    outline: Boundary | PackError | None = None,
    values: Mapping[str, float] | None = None,
    unit: Text | None = None,
    size: Text | None = None,
    key: str = "map",
    title: str = "",
) -> Picture:
    """Draw spots, over regions coloured by ``values`` (by code or name) where there is an outline.

    Spots at one place are one circle with their number; above 5,000 spots neighbours are too.
    Spots without coordinates are at the end of the table.
    """
    known, table = values or {}, _Table(spots, source, unit, size)
    faults = outline if isinstance(outline, PackError) else None
    land = outline if isinstance(outline, Boundary) else None
    groups = list[Circle]()

    def draw() -> tuple[Scene, list[Entry], list[str]]:
        over, found = _placed(spots, land, known)
        groups.extend(found)
        legend = [
            *state_entries(spot.state for spot in spots),
            *_together(found),
            *_classes(land, known, unit),
        ]
        remarks = [*_faults(faults), *_remarks(spots, land, known)]
        return map_scene(found, over, land, known), legend, remarks

    drawn = attempted(draw)
    return Picture(
        key=key,
        title=title or _("Map"),
        words=_("map, north up; the table below says the same"),
        twin=table.whole(land, known) if drawn["refusal"] else table.of(groups, land, known),
        sheet=partial(table.whole, land, known),
        source=source,
        **drawn,
    )


def _placed(
    spots: Sequence[Spot], outline: Boundary | None, values: Mapping[str, float]
) -> tuple[Projection, list[Circle]]:
    _ensure_placed(spots, values)
    placed = [
        Placed(row, spot.name, named(spot.name, spot.state), spot.longitude, spot.latitude,
               spot.size, spot.state)
        for row, spot in enumerate(spots)
        if spot.longitude is not None and spot.latitude is not None
    ]  # fmt: skip
    over = projection(placed, outline)
    return over, circles(placed, over)


def _faults(faults: PackError | None) -> list[str]:
    if faults is None:
        return []
    reasons = "；".join(say(one.reason) for one in faults.problems[:MOST_FAULTS])
    return [_("The map file cannot be used: %(reasons)s") % {"reasons": reasons}]


def _ensure_placed(spots: Sequence[Spot], values: Mapping[str, float]) -> None:
    for name, value in values.items():
        ensure_finite(Text(name, name), value)
    for spot in spots:
        ensure_finite(spot.name, spot.longitude, spot.latitude, spot.size)
        if abs(spot.longitude or 0) > 180 or abs(spot.latitude or 0) > 90:
            zh = BAD_PLACE.zh.format(name=spot.name.zh)
            raise NotDrawable(Text(zh, BAD_PLACE.en.format(name=spot.name.en)))


def _remarks(
    spots: Sequence[Spot], outline: Boundary | None, values: Mapping[str, float]
) -> list[str]:
    found = list[str]()
    if outline:
        said = {"number": outline.review_number, "source": outline.source}
        found.append(_("Outline: %(source)s, map review number (审图号) %(number)s") % said)
    else:
        found.append(_("No outline is drawn: the zone has put in no reviewed map file."))
    missing = sum(spot.longitude is None or spot.latitude is None for spot in spots)
    if len(spots) - missing > MOST_POINTS:
        found.append(_("Neighbouring points are drawn together; Excel has each of them."))
    if missing:
        found.append(
            ngettext(
                "%(count)d row has no coordinates: it is at the end of the table.",
                "%(count)d rows have no coordinates: they are at the end of the table.",
                missing,
            )
            % {"count": missing}
        )
    if strange := _strange(outline, values):
        found.append(_("Not in the outline: %(names)s") % {"names": "、".join(strange)})
    return found


def _strange(outline: Boundary | None, values: Mapping[str, float]) -> list[str]:
    """Return the names of values that no region has."""
    regions = outline.regions if outline else ()
    held = {name for region in regions for name in (region.code, region.name)}
    return [name for name in values if outline and name not in held]


def _together(drawn: Sequence[Circle]) -> list[Entry]:
    several = any(len(circle.spots) > 1 for circle in drawn)
    return [Entry("cluster", _("several points, with their number"))] if several else []


def _classes(
    outline: Boundary | None, values: Mapping[str, float], unit: Text | None
) -> list[Entry]:
    if outline is None or not values:
        return []
    said = f" {say(unit)}" if unit else ""
    steps = breaks(values.values())
    found = [
        Entry(f"step{place}", f"{number(low)}–{number(high)}{said}")
        for place, (low, high) in enumerate(pairwise(steps))
    ]
    areas = [region for region in outline.regions if region.closed]
    if any(value_of(region, values) is None for region in areas):
        found.append(Entry("unvalued", _("no data")))
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a map."""

    spots: Sequence[Spot]
    source: Source
    unit: Text | None
    size: Text | None

    def of(
        self, drawn: Sequence[Circle], outline: Boundary | None, values: Mapping[str, float]
    ) -> Twin:
        """Return a row for each circle, then what has no coordinates, then regions."""
        rows = [
            self._row(self.spots[circle.spots[0].number])
            if len(circle.spots) == 1
            else self._several(circle)
            for circle in drawn
        ]
        return Twin(self._columns(), [*rows, *self._unplaced(), *self._regions(outline, values)])

    def whole(self, outline: Boundary | None, values: Mapping[str, float]) -> Twin:
        """Return a row for each spot, as it goes into Excel, and the regions."""
        rows = [self._row(spot) for spot in self.spots]
        return Twin(self._columns(), [*rows, *self._regions(outline, values)])

    def _columns(self) -> list[Column]:
        measure = self.size or self.unit
        value = say(measure) if measure else _("Value")
        return [
            Column(_("Name")), Column(_("Street address"), hint=True),
            Column(_("State"), hint=True), Column(value, hint=True, numeric=True),
            Column(_("Longitude"), numeric=True), Column(_("Latitude"), numeric=True),
            Column(_("Contains"), hint=True), *known_columns(),
        ]  # fmt: skip

    def _row(self, spot: Spot) -> list[Cell]:
        apart = spot.longitude is None or spot.latitude is None
        return [
            Cell(items=[Item(say(spot.name), spot.facts.url)]),
            Cell(spot.place),
            Cell(say(STATE_WORDS[spot.state])),
            counted(spot.size),
            Cell(_("no coordinates")) if apart else counted(spot.longitude),
            Cell() if apart else counted(spot.latitude),
            Cell(items=links(spot.facts)),
            *known_cells(spot.facts, self.source),
        ]

    def _several(self, circle: Circle) -> list[Cell]:
        held = [self.spots[one.number] for one in circle.spots]
        items = [Item(say(one.name), one.facts.url, one.place) for one in held[:MOST_NAMED]]
        if rest := len(held) - MOST_NAMED:
            items.extend([Item(_("and %(count)s more") % {"count": rest})] if rest > 0 else [])
        sizes = [one.size for one in held if one.size is not None]
        places = list(dict.fromkeys(one.place for one in held if one.place))
        whole = ngettext("%(count)d point", "%(count)d points", len(held)) % {"count": len(held)}
        return [
            Cell(whole),
            Cell("、".join(places[:3]) + ("…" if len(places) > 3 else "")),
            Cell(),
            counted(sum(sizes) if sizes else None),
            counted(round(sum(one.longitude for one in circle.spots) / len(held), 4)),
            counted(round(sum(one.latitude for one in circle.spots) / len(held), 4)),
            Cell(items=items),
            *known_cells(Facts(), self.source),
        ]

    def _unplaced(self) -> list[list[Cell]]:
        return [
            self._row(spot)
            for spot in self.spots
            if spot.longitude is None or spot.latitude is None
        ]

    def _regions(self, outline: Boundary | None, values: Mapping[str, float]) -> list[list[Cell]]:
        areas = [region for region in (outline.regions if outline else ()) if region.closed]
        if not values:
            return []
        known = [(region.name, value_of(region, values)) for region in areas]
        strange = _strange(outline, values) if outline else list(values)
        return [
            [Cell(name), Cell(_("Region")), Cell(), counted(value), Cell(), Cell(), Cell(),
             *known_cells(Facts(), self.source)]
            for name, value in (*known, *((name, values[name]) for name in strange))
        ]  # fmt: skip
