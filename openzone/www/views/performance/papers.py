"""The report of projects and an evaluation as papers: the numbers with their footnotes."""

import datetime as dt
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from openzone.engines.text import Text
from openzone.www import formats
from openzone.www.excel import Table, in_example_zone
from openzone.www.formats import day, say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.zone.performance.models import Round
from openzone.zone.performance.packs import report_pack
from openzone.zone.performance.selectors.report import Number, Part, Period, Said
from openzone.zone.performance.selectors.scores import Placed

MADE_OF = Text("{n} 个项目", "{n} projects")


def report_title(period: Period) -> str:
    """Return the title of a report."""
    return f"{say(report_pack().title.text)} {day(period.first)} – {day(period.last)}"


def report_paper(parts: list[Part], period: Period) -> Paper:
    """Return the report as a paper: sentences, each number marked, and the footnotes below."""
    sections = [Section(say(part.heading), [_marked(one) for one in part.said]) for part in parts]
    return Paper(report_title(period), _notes(period), [*sections, _footnotes(parts)])


def _notes(period: Period) -> list[str]:
    sample = [_("示例 Example: synthetic data, no real company")] if in_example_zone() else []
    return [*sample, _("From the ledger of projects, as of %(day)s") % {"day": period.today}]


def _marked(said: Said) -> str:
    language = translation.get_language() or ""
    return "".join(
        one if isinstance(one, str) else f"{say(one.shown)}[{one.note}]"
        for one in said.pieces(language)
    )


def numbers(parts: list[Part]) -> list[Number]:
    """Return every number of a report in the order of its footnotes."""
    found = [one for part in parts for said in part.said for one in said.numbers.values()]
    return sorted(found, key=lambda one: one.note)


def _footnotes(parts: list[Part]) -> Section:
    rows = [
        (str(one.note), f"{say(one.shown)} {say(one.unit.label.text)}", say(one.basis), behind(one))
        for one in numbers(parts)
    ]
    headings = [_("No."), _("Number"), _("Basis"), _("Behind it")]
    return Section(_("What the numbers are"), (), Grid(headings, rows))


def behind(one: Number) -> str:
    """Say of how many projects a number is made, and how many of them said nothing."""
    said = say(MADE_OF.format(n=len(one.measured.parts)))
    silent = len(one.measured.unstated)
    if not silent:
        return said
    return said + _(", of which %(n)s did not state it") % {"n": silent}


def report_table(parts: list[Part], period: Period) -> Table:
    """Return the numbers of a report as a sheet."""
    labels = {
        name: "".join(one if isinstance(one, str) else "…" for one in said.pieces("zh"))
        for part in parts
        for said in part.said
        for name in [said.sentence.id]
    }
    return Table(
        [_("No."), _("Sentence"), _("Number"), _("Unit"), _("Basis"), _("Projects"),
         _("Did not state it")],
        [
            (
                one.note, labels[one.sentence], _cell(one), say(one.unit.label.text),
                say(one.basis), len(one.measured.parts), len(one.measured.unstated),
            )
            for one in numbers(parts)
        ],
        [report_title(period), *_notes(period)],
        in_example_zone(),
    )  # fmt: skip


def _cell(one: Number) -> Decimal | None:
    value = one.measured.value
    return None if value is None else round(value / one.unit.scale, one.unit.digits)


def result_table(found: Round, rows: list[tuple[Placed, str]], today: dt.date) -> Table:
    """Return the scores of an evaluation as a sheet: a row for every line."""
    return Table(
        [_("Place in order"), _("Whose score"), _("Kind of post"), _("Indicator"), _("Weight"),
         _("Formula"), _("Points scored"), _("Coefficient"), _("Total score")],
        [
            (
                one.place, str(one.participant), post, say(line.label), line.weight,
                say(line.formula), line.points, one.worked.coefficient, one.worked.total,
            )
            for one, post in rows
            for line in one.worked.lines
        ],
        [found.title, str(found.get_state_display()), str(found.on), str(today)],
        found.synthetic or in_example_zone(),
    )  # fmt: skip


def result_paper(found: Round, rows: list[tuple[Placed, str]]) -> Paper:
    """Return the scores of an evaluation as a paper: the order, then each with its formulas."""
    order = Grid(
        [_("Place in order"), _("Whose score"), _("Kind of post"), _("Points scored"),
         _("Coefficient"), _("Total score")],
        [
            (
                str(one.place), str(one.participant), post, _plain(one.worked.points),
                _plain(one.worked.coefficient), _plain(one.worked.total),
            )
            for one, post in rows
        ],
    )  # fmt: skip
    sections = [Section(_("Scores"), (), order), *(_each(one, post) for one, post in rows)]
    sample = [_("示例 Example: synthetic data, no real company")] if found.synthetic else []
    return Paper(f"{found.title} {found.on}", [*sample, str(found.get_state_display())], sections)


def _each(one: Placed, post: str) -> Section:
    rows = [
        (say(line.label), say(line.formula), "—" if line.points is None else _plain(line.points))
        for line in one.worked.lines
    ]
    grid = Grid([_("Indicator"), _("Formula"), _("Points scored")], rows)
    return Section(f"{one.participant} · {post}", (), grid)


def _plain(value: Decimal) -> str:
    return formats.number(value)
