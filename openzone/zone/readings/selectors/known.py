"""What the record and other pages say already of what a page says."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from openzone.engines.facts.catalogue import Visibility
from openzone.engines.reading.comparing import Figure, Verdict, comparable, same_number, verdict
from openzone.engines.text import Text
from openzone.zone.indicators.models import Figure as Recorded
from openzone.zone.indicators.selectors.series import known as known_figures
from openzone.zone.indicators.selectors.series import unit_of
from openzone.zone.readings.enums import FactState
from openzone.zone.readings.linking import entities_named, firm_of, indicator_for, told_of
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.packs import GROWTH, pack
from openzone.zone.registry.models import Enterprise, Fact
from openzone.zone.registry.packs import catalogue

PERCENT = "%"


class Known(NamedTuple):
    """One thing that is known: what it says, where it stands, and what that is called there."""

    figure: Figure
    where: str
    at: int
    source: Text


class Standing(NamedTuple):
    """How a fact stands to what is known."""

    verdict: Verdict
    known: tuple[Known, ...]


class _Asked(NamedTuple):
    """A fact with what it can be compared by."""

    judged: JudgedFact
    figure: Figure
    firm: int | None


def standings(page: Page, facts: Sequence[JudgedFact]) -> dict[int, Standing]:
    """Return how each fact with a number and a period stands to what is known, by its number."""
    asked = [
        _Asked(one, figure_of(one), firm_of(one, page)) for one in facts if one.number is not None
    ]
    found: dict[int, list[Known]] = defaultdict(list)
    for source in (_on_pages(page, asked), _in_figures(asked), _in_files(asked)):
        for pk, one in source:
            found[pk].append(one)
    return {one.judged.pk: _standing(one.figure, found[one.judged.pk]) for one in asked}


def figure_of(judged: JudgedFact) -> Figure:
    """Return a fact as it is compared."""
    return Figure(float(judged.number or 0), judged.unit, judged.period)


def _standing(said: Figure, known: Iterable[Known]) -> Standing:
    near = [one for one in known if comparable(said, one.figure)]
    near.sort(key=lambda one: same_number(said.number, one.figure.number))
    return Standing(verdict(said, [one.figure for one in near]), tuple(near[:5]))


def _on_pages(page: Page, asked: Sequence[_Asked]) -> Iterable[tuple[int, Known]]:
    """Yield what was accepted from other pages."""
    subjects = {one.judged.subject for one in asked} - {""}
    firms = {one.firm for one in asked} - {None}
    rows = JudgedFact.objects.filter(
        Q(subject__in=subjects) | Q(enterprise__in=firms), state=FactState.ACCEPTED,
        number__isnull=False, attribute__in={one.judged.attribute for one in asked},
    ).exclude(page=page).select_related("page", "fact")[:2_000]  # fmt: skip
    for row in rows:
        for one in asked:
            if told_of(one.judged) == told_of(row) and _same_subject(one, row):
                title = str(row.page)
                yield one.judged.pk, Known(figure_of(row), "fact", row.pk, Text(title, title))


def _same_subject(one: _Asked, row: JudgedFact) -> bool:
    return bool(one.judged.subject and one.judged.subject == row.subject) or (
        one.firm is not None and one.firm == row.enterprise_id
    )


def _in_figures(asked: Sequence[_Asked]) -> Iterable[tuple[int, Known]]:
    """Yield figures of the zone, its parks and its peers; those of firms are confidential."""
    names = {one.judged.pk: indicator_for(one.judged) for one in asked}
    named = entities_named(one.judged.subject for one in asked)
    wanted = {name for name in names.values() if name is not None}
    if not named or not wanted:
        return
    rows = known_figures(named.values(), wanted)
    for one in asked:
        entity, name = named.get(one.judged.subject), names[one.judged.pk]
        for row in rows:
            if entity and row.entity_id == entity.pk and row.indicator == name:
                figure = _recorded(row, growth=one.judged.attribute.endswith(GROWTH))
                if figure is not None:
                    source = row.document or str(row.source or "")
                    yield one.judged.pk, Known(figure, "figure", row.pk, Text(source, source))


def _recorded(row: Recorded, *, growth: bool) -> Figure | None:
    value: Decimal | None = row.growth_pct if growth else row.value
    if value is None:
        return None
    unit = PERCENT if growth else unit_of(row.indicator, row.unit)
    return Figure(float(value), unit, row.period, row.status)


def _in_files(asked: Sequence[_Asked]) -> Iterable[tuple[int, Known]]:
    """Yield what the files of firms say, sensitive facts left out."""
    names = {code: name for code, name in pack().facts.items() if _may_show(name)}
    firms = {one.firm for one in asked if one.firm and one.judged.attribute in names}
    if not firms:
        return
    roots = dict(Enterprise.objects.filter(root__in=firms).values_list("subject_id", "root_id"))
    rows = Fact.objects.filter(
        subject__in=roots, series__in=set(names.values()), value__isnull=False
    ).select_related("source")  # fmt: skip
    for row in rows:
        for one in asked:
            if roots[row.subject_id] == one.firm and names.get(one.judged.attribute) == row.series:
                figure = Figure(float(row.value or 0), one.judged.unit, _period(row, one))
                source = str(row.source)
                yield one.judged.pk, Known(figure, "enterprise", one.firm, Text(source, source))


def _may_show(series: str) -> bool:
    spec = next((fact.series for fact in catalogue() if fact.series.name == series), None)
    return spec is not None and spec.type.is_numeric and spec.visible is not Visibility.SENSITIVE


def _period(row: Fact, one: _Asked) -> str:
    """Return the period of a fact of a file as pages write it.

    What holds at a moment is compared with whatever the page says of the same year.
    """
    first, last = row.period_first, row.period_last
    if first is None or last is None:
        return ""
    if first == last:
        return one.judged.period if str(last.year) in one.judged.period else ""
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return str(first.year) if whole_year and first.year == last.year else f"{first}/{last}"
