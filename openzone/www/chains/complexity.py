"""A study of complexity as pages show it: what was asked of it, and its figures as cells."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from openzone.engines.chains.complexity import InvalidFlows
from openzone.engines.drawing.scatter import Axes
from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.chain_pictures import Dot, Picture, Source, opportunity_picture
from openzone.www.formats import say
from openzone.www.forms.chains_complexity import StudyFilter
from openzone.zone.chains.models import ComplexityStudy
from openzone.zone.chains.selectors.complexity import StudyReading, read_study, studies

DENSITY = Text("关联密度", "Relatedness density")
COMPLEXITY = Text("产品复杂度（PCI）", "Product complexity (PCI)")
SIZE = Text("各地合计（{unit}）", "Sum of all places ({unit})")
NO_PLACE = Text(
    "没有地区“{name}”，或已被规模条件排除", "there is no place “{name}”, or it is too small"
)
DRAWN = 300
"""Points at most, the best first; the rest are in the table."""


@dataclass(frozen=True)
class Shown:
    """A study as it was asked for; ``refusal`` says why there are no figures."""

    study: ComplexityStudy
    form: StudyFilter
    reading: StudyReading | None
    place: str
    refusal: str

    @property
    def tail(self) -> str:
        """What addresses carry on, so that the next page shows the same."""
        return urlencode({name: value for name, value in self.form.data.items() if value})


def shown(request: HttpRequest, pk: int) -> Shown:
    """Read the study a page asks for, by the filters it gives or those of the study."""
    study = get_object_or_404(studies(), pk=pk)
    least = {"least_place": study.least_place, "least_product": study.least_product}
    given = {name: request.GET.get(name, "") for name in ("least_place", "least_product", "place")}
    form = StudyFilter({k: given[k] or _plain(least.get(k)) for k in given})
    if not form.is_valid():
        return Shown(study, form, None, "", "")
    try:
        reading = read_study(
            study, form.cleaned_data["least_place"], form.cleaned_data["least_product"]
        )
    except InvalidFlows as error:
        return Shown(study, form, None, "", say(error.reason))
    place = form.cleaned_data["place"]
    if place and place not in {one.name for one in reading.places}:
        return Shown(study, form, None, "", say(NO_PLACE.format(name=place)))
    return Shown(study, form, reading, place, "")


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def picture(reading: StudyReading, place: str) -> Picture:
    """Draw the opportunities of a place, the best first."""
    study = reading.study
    dots = [
        Dot(str(one.rank), Text(one.product.name, one.product.name), round(one.density, 4),
            _short(one.product.pci), one.product.size)
        for one in reading.chances(place)[:DRAWN]
    ]  # fmt: skip
    size = SIZE.format(unit=study.unit)
    return opportunity_picture(
        dots, Axes(DENSITY, COMPLEXITY, size),
        source=Source(study.as_of, study.source, study.synthetic),
        title=_("Opportunities of %(place)s") % {"place": place},
    )  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def tables(
    reading: StudyReading, place: str
) -> dict[str, tuple[list[str], list[list[excel.Cell]]]]:
    """Return what can be taken away, each with its headings."""
    found: dict[str, tuple[list[str], list[list[excel.Cell]]]] = {
        "places": (
            [_("City or region"), _("Total value"), _("Rank by size"), "ECI", _("Rank by ECI"),
             _("Fitness"), _("Rank by fitness"), _("Diversity")],
            [[one.name, cell(one.size), one.size_rank, cell(one.eci), one.rank, cell(one.fitness),
              one.fitness_rank, one.diversity] for one in reading.places],
        ),
        "products": (
            [_("Product"), _("Total value"), _("Rank by size"), "PCI", _("Quality"), _("Ubiquity")],
            [[one.name, cell(one.size), one.size_rank, cell(one.pci), cell(one.quality),
              one.ubiquity] for one in reading.products],
        ),
        "flows": (
            ["地区", "产品", "数值", "RCA"],
            [[one.place, one.product, cell(one.value), cell(one.rca)] for one in reading.rows()],
        ),
    }  # fmt: skip
    if place:
        found["opportunities"] = (
            [_("Product"), _("Standing in the list"), _("Rank by size"), say(DENSITY), "PCI",
             _("Order value"), "RCA", _("Total value")],
            [[one.product.name, one.rank, one.rank_by_size, cell(one.density),
              cell(one.product.pci), cell(one.score), cell(one.rca), cell(one.product.size)]
             for one in reading.chances(place)],
        )  # fmt: skip
    return found


def cell(value: float | None) -> Decimal | None:
    """Return a figure for a sheet, to six decimals."""
    return None if value is None else round(Decimal(str(value)), 6)
