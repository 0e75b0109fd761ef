"""The head noun of a figure, and what a figure without any is called by its unit."""

from dataclasses import dataclass

from openzone.engines.reading.pages.lexicon import Attribute, Lexicon
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.quantities import Quantity

_FALLBACK = {
    "money": "total_investment",
    "dollars": "total_investment",
    "count": "facility_count",
    "firms": "enterprise_count",
    "person": "person_count",
    "persons_times": "audience_count",
    "times_done": "activity_count",
    "deals": "business_count",
    "kind": "category_count",
    "area": "area",
    "capacity": "capacity",
    "energy": "capacity",
    "power": "capacity",
    "length": "tech_spec",
    "speed": "tech_spec",
    "time": "duration",
    "share": "share",
    "times": "growth",
    "points": "growth_change",
    "floors": "floor_count",
    "bare": "index_score",
}
_BY_UNIT = {
    "家次": "enterprises_served",
    "户次": "enterprises_served",
    "条": "measure_count",
    "标箱": "output_volume",
    "份": "contract_count",
    "件": "requests_resolved",
    "批次": "activity_count",
    **dict.fromkeys(("台", "台套", "辆", "架", "艘"), "equipment_count"),
    **dict.fromkeys(("款", "种"), "product_count"),
    **dict.fromkeys(("把", "根", "只", "双"), "output_volume"),
    "宗": "project_count",
    **dict.fromkeys(("列", "班", "趟"), "activity_count"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The attribute of a figure, the words that say so, and how directly they do (0 to 1)."""

    code: str
    type: str
    text: str
    rule: str
    confidence: float
    start: int
    end: int
    per: str = ""
    """What each figure is for: 亩 of 亩均税收."""
    loss: bool = False
    """Its figures are negative: 亏损380万元."""


def turned(attribute: Attribute, around: str) -> str:
    """Return the code of an attribute, or the one that the words around a figure turn it to."""
    return next((to for when, to in attribute.becomes if when.search(around)), attribute.code)


def by_unit(passage: Passage, one: Quantity, lexicon: Lexicon) -> Head:
    """Name a figure by its unit alone; the words around it are kept for whoever corrects it."""
    code = _BY_UNIT.get(one.unit) or _FALLBACK.get(one.kind, "")
    text = passage.text
    stop = one.end
    while stop < min(len(text), one.end + 8) and text[stop] not in "，。；、\n":
        stop += 1
    attribute = lexicon.attributes.get(code)
    around = text[max(passage.clauses.at(one.start).start, one.start - 30) : stop]
    return Head(
        turned(attribute, around) if attribute else code,
        attribute.type if attribute else "indicator",
        text[one.end : stop],
        "unit:" + one.kind,
        0.25,
        one.start,
        one.start,
    )
