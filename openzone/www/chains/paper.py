"""The report of a chain as a paper and as a workbook: one content, so that they cannot differ."""

import io
from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from openzone.engines.chains.gaps import GapKind
from openzone.engines.tables.writing import Leaf, write_book
from openzone.www import excel
from openzone.www.chains import words
from openzone.www.chains.asking import Asked
from openzone.www.chains.node_figures import Published, latest
from openzone.www.chains.numbers import Behind, Line, figures
from openzone.www.formats import day, number, say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.zone.chains.models import ChainRole
from openzone.zone.chains.selectors.reading import Reading

MOST = 60
"""Rows of a table on paper; the workbook has them all."""


class Part(NamedTuple):
    """A table of the report."""

    name: str
    headings: list[str]
    rows: list[tuple[str, ...]]


def title_of(reading: Reading) -> str:
    """Return what the report is called."""
    return _("Report on the chain: %(name)s") % {"name": say(reading.chain.name)}


def notes_of(reading: Reading, ask: Asked, *, synthetic: bool) -> list[str]:
    """Return what stands below the title: the day, the version, that data is synthetic."""
    known = _("as known on %(day)s") % {"day": day(ask.known)} if ask.known else ""
    version = _("version %(version)s of the chain") % {"version": reading.chain.version}
    sample = [_("示例 Example: synthetic data, no real company")] if synthetic else []
    return [*sample, excel.as_of_note(ask.on), *filter(None, (known, version))]


def parts_of(reading: Reading, roles: Mapping[str, list[ChainRole]], ask: Asked) -> list[Part]:
    """Return every table of the report."""
    behind = Behind(reading, roles, {})
    what, why = [_("Link of the chain"), _("Reason")], [_("What"), _("Of it")]
    gaps = [Part(say(words.KINDS[kind]), what, _pairs(behind.rows(kind.value))) for kind in GapKind]
    return [
        Part(_("Figures of the chain"), [_("Figure"), _("Value"), _("Made of")], _figures(reading)),
        *gaps,
        Part(_("Whose loss breaks what"), [_("Firm"), _("What breaks")],
             _pairs(behind.rows("critical"))),
        Part(_("Loops"), why, _pairs(behind.rows("closed"))),
        Part(_("Wholly made here"), [_("Link of the chain")],
             [(one.label,) for one in behind.rows("made") or ()]),
        Part(_("Concentration"), [_("Link of the chain"), "HHI"], _hhi(reading)),
        Part(_("Published figures"),
             [_("Link of the chain"), _("Figure"), _("Value"), _("Period"), _("Source"),
              _("Date of the source")],
             [_published(one) for one in latest(ask, reading)]),
        Part(_("Links and firms"),
             [_("Stage of the chain"), _("Link of the chain"), _("State"), _("Firm"),
              _("Share of the firm"), _("Role")], _standing(reading, roles)),
    ]  # fmt: skip


def paper_of(
    reading: Reading, roles: Mapping[str, list[ChainRole]], ask: Asked, *, synthetic: bool
) -> Paper:
    """Return the report as a paper."""
    parts = (one for one in parts_of(reading, roles, ask) if one.rows)
    sections = [_section(one) for one in parts]
    return Paper(title_of(reading), notes_of(reading, ask, synthetic=synthetic), sections)


def workbook_of(
    reading: Reading, roles: Mapping[str, list[ChainRole]], ask: Asked, *, synthetic: bool
) -> bytes:
    """Return the report as a workbook, a sheet for each table."""
    buffer = io.BytesIO()
    leaves = [Leaf(one.name[:31], one.headings, one.rows) for one in parts_of(reading, roles, ask)]
    notes = notes_of(reading, ask, synthetic=synthetic)
    write_book(buffer, leaves, title=title_of(reading), note=" · ".join(notes))
    return buffer.getvalue()


def _section(part: Part) -> Section:
    more = len(part.rows) - MOST
    lines = [_("The first %(shown)s of %(count)s; the Excel file has them all.")
             % {"shown": MOST, "count": len(part.rows)}] if more > 0 else []  # fmt: skip
    return Section(part.name, lines, Grid(part.headings, part.rows[:MOST]))


def _pairs(rows: list[Line] | None) -> list[tuple[str, ...]]:
    return [(one.label, one.note) for one in rows or ()]


def _figures(reading: Reading) -> list[tuple[str, ...]]:
    return [(say(one.label), one.shown, one.made_of) for one in figures(reading.report)]


def _hhi(reading: Reading) -> list[tuple[str, ...]]:
    nodes = reading.chain.nodes
    return [(say(nodes[node].name), number(value, 3)) for node, value in reading.report.hhi.items()]


def _published(one: Published) -> tuple[str, ...]:
    row = one.row
    return one.node, one.label, one.value, row.period, row.source, day(row.published_on)


def _standing(reading: Reading, roles: Mapping[str, list[ChainRole]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for node in reading.chain.nodes.values():
        head = (node.stage, say(node.name), say(words.state(reading.state[node.id])))
        firms = reading.report.standing.firms.get(node.id, ())
        rows += [
            (*head, reading.names.get(one.firm, one.firm), _share(one.share),
             "、".join(str(role.get_kind_display()) for role in roles.get(one.firm, ())))
            for one in firms
        ] or [(*head, "", "", "")]  # fmt: skip
    return rows


def _share(share: float | None) -> str:
    return "" if share is None else f"{number(share * 100, 1)}%"
