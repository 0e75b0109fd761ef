"""The trend of a season as a picture with its table."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from openzone.engines.drawing.courses import LINES, Course, Dot, courses
from openzone.engines.drawing.svg import Entry
from openzone.engines.text import Text
from openzone.packs.resumption import MeasureSpec
from openzone.www.chain_pictures.picture import Cell, Column, Picture, Source, Twin, attempted
from openzone.www.formats import say
from openzone.zone.resumption.models import Season
from openzone.zone.resumption.selectors.days import Point
from openzone.zone.resumption.selectors.members import rules_of

PER_CENT = Text("%", "%")


def trend_pictures(season: Season, points: Sequence[Point]) -> list[Picture]:
    """Draw a line of each family, then what firms say beside what they use."""
    specs = rules_of(season).measures
    return [
        _picture(season, points, specs, _of_families(specs), "trend", _("The four rates")),
        _picture(season, points, _of_sources(specs), _of_sources(specs), "sources",
                 _("Self-report beside electricity")),
    ]  # fmt: skip


def _picture(
    season: Season, points: Sequence[Point], specs: Sequence[MeasureSpec],
    drawn: Sequence[MeasureSpec], key: str, title: str,
) -> Picture:  # fmt: skip
    days = sorted({one.on for one in points})
    return Picture(
        key=key,
        title=title,
        words=_("lines over days; the table below says the same"),
        twin=_twin(specs, points),
        source=Source(days[-1] if days else None, season.title, season.synthetic),
        **attempted(
            lambda: (
                courses(
                    _lines(drawn, points), [Text(f"{d:%m-%d}", f"{d:%m-%d}") for d in days],
                    PER_CENT,
                ),
                [
                    Entry(LINES[place], say(spec.label.text), line=True)
                    for place, spec in enumerate(drawn)
                ],
                [_("A day without a figure is a gap: nothing was known, which is not 0.")],
            )
        ),
    )  # fmt: skip


def _of_families(specs: Sequence[MeasureSpec]) -> list[MeasureSpec]:
    """Return the first measure of each family: they answer different questions."""
    first = {one.family: one for one in reversed(specs)}
    return [one for one in specs if first[one.family] is one][: len(LINES)]


def _of_sources(specs: Sequence[MeasureSpec]) -> list[MeasureSpec]:
    """Return the measures of the first family, by self-report and by electricity."""
    return [one for one in specs if one.family == specs[0].family][: len(LINES)]


def _lines(specs: Sequence[MeasureSpec], points: Sequence[Point]) -> list[Course]:
    days = {day: place for place, day in enumerate(sorted({one.on for one in points}))}
    return [
        Course(
            spec.label.text,
            [
                Dot(days[one.on], days[one.on], float(one.percent), _said(spec, one))
                for one in points
                if one.measure == spec.id and one.percent is not None
            ],
        )
        for spec in specs
    ]


def _said(spec: MeasureSpec, one: Point) -> Text:
    shown = f" {one.on} {one.percent}%"
    return Text(spec.label.zh + shown, spec.label.en + shown)


def _twin(specs: Sequence[MeasureSpec], points: Sequence[Point]) -> Twin:
    by_day: dict[object, dict[str, Point]] = {}
    for one in points:
        by_day.setdefault(one.on, {})[one.measure] = one
    columns = [Column(_("Day")),
               *(Column(say(spec.label.text), numeric=True) for spec in specs)]  # fmt: skip
    rows = [
        [Cell(f"{day}"), *(_cell(spec, found.get(spec.id)) for spec in specs)]
        for day, found in sorted(by_day.items(), key=lambda pair: str(pair[0]))
    ]
    return Twin(columns, rows)


def _cell(spec: MeasureSpec, one: Point | None) -> Cell:
    if one is None or one.percent is None:
        return Cell("—")
    shown = f"{one.percent}%"
    if spec.kind == "count":
        shown += f" ({one.part:.0f}/{one.whole:.0f})"
    if one.unknown:
        shown += " " + _("%(n)s not known") % {"n": one.unknown}
    return Cell(shown)
