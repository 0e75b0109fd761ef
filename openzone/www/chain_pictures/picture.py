"""A picture as a page holds it: the drawing, its table, its legend, and what to know of it."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypedDict
from xml.etree.ElementTree import Element, tostring

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from openzone.engines.chains.drawing import STATE_WORDS, Facts, Figure, NotDrawable, State
from openzone.engines.drawing import svg
from openzone.engines.drawing.scene import SIGNS, Scene
from openzone.engines.drawing.svg import Entry, Frame
from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.formats import number, say, speaks_chinese

LONG = 30
"""Rows above which a table is folded at first."""


@dataclass(frozen=True, slots=True)
class Source:
    """The day a picture speaks of, and where its data comes from."""

    on: dt.date | None
    name: str
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things in a cell: a text, perhaps a link, perhaps with a remark."""

    text: str
    url: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.text}({self.note})" if self.note else self.text

    @property
    def markup(self) -> SafeString:
        """What the page gets."""
        text = conditional_escape(self.text)
        if self.url:
            text = format_html('<a href="{}">{}</a>', self.url, text)
        if self.note:
            return format_html('{} <span class="small-note">{}</span>', text, self.note)
        return text


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, or several items; ``exact`` goes into Excel where ``text`` is rounded or written."""

    text: str = ""
    items: Sequence[Item] = ()
    exact: Decimal | int | dt.date | None = None

    @property
    def markup(self) -> SafeString:
        """What the page gets: thousands of cells, too many for a template each."""
        if not self.items:
            return conditional_escape(self.text)
        if len(self.items) == 1:
            return self.items[0].markup
        listed = format_html_join("", "<li>{}</li>", ((one.markup,) for one in self.items))
        return format_html('<ul class="picture-items">{}</ul>', listed)

    @property
    def value(self) -> excel.Cell:
        """What Excel gets."""
        if self.exact is not None:
            return self.exact
        return "；".join(map(str, self.items)) or self.text or None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``hint``: it is also shown over the picture."""

    heading: str
    hint: bool = False
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """The table that says what the picture says."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def markup(self, key: str) -> SafeString:
        """Return the rows for the page; ``key`` begins their ids."""
        rows = (
            (key, number, row[0].markup, self._cells(row)) for number, row in enumerate(self.rows)
        )
        return format_html_join("", '<tr id="{}-row-{}"><th scope="row">{}</th>{}</tr>', rows)

    def filled(self) -> "Twin":
        """Leave out columns in which no row says anything: a product has no firms and no state."""
        kept = [
            place
            for place in range(len(self.columns))
            if not place or any(row[place].value is not None for row in self.rows)
        ]
        rows = [[row[place] for place in kept] for row in self.rows]
        return Twin([self.columns[place] for place in kept], rows)

    def _cells(self, row: Sequence[Cell]) -> SafeString:
        classes = ('class="num"' if column.numeric else "" for column in self.columns[1:])
        told = zip(map(mark_safe, classes), (cell.markup for cell in row[1:]), strict=True)
        return format_html_join("", "<td {}>{}</td>", told)


@dataclass(frozen=True)
class Picture:
    """What ``chains/pictures/picture.html`` shows. ``words`` say what kind of picture it is.

    ``refusal`` says why nothing could be drawn: then there is the table alone. ``sheet`` is what
    Excel gets where that is more than the table of the page. A table is ``folded`` where another
    picture of the page has nearly the same.
    """

    key: str
    title: str
    words: str
    scene: Scene
    twin: Twin
    source: Source
    legend: Sequence[Entry] = ()
    remarks: Sequence[str] = field(default=())
    refusal: str = ""
    sheet: Callable[[], Twin] | None = None
    folded: bool = False

    @property
    def frame(self) -> Frame:
        """How the drawing is written into the page."""
        return Frame(self.key, self._language, linked=True, title=f"{self.title}: {self.words}")

    @property
    def _language(self) -> str:
        return "zh" if speaks_chinese() else "en"

    @cached_property
    def markup(self) -> SafeString:
        """The drawing for the page."""
        return mark_safe(svg.svg(self.scene, self.frame))  # noqa: S308 - written by an XML writer

    @property
    def rows(self) -> SafeString:
        """The rows of the table for the page."""
        return self.twin.markup(self.key)

    @property
    def swatches(self) -> Iterable[tuple[SafeString, str]]:
        """The legend for the page."""
        for entry in self.legend:
            place = Element("svg", {"width": "36", "height": "22", "aria-hidden": "true"})
            svg.swatch(place, entry, self.frame, 1, 11)
            written = tostring(place, encoding="unicode")
            yield mark_safe(written), entry.words  # noqa: S308 - as above

    @property
    def notes(self) -> list[str]:
        """Day and source, then the remarks."""
        day = self.source.on.isoformat() if self.source.on else _("date not known")
        said = _("As of %(day)s · source: %(source)s") % {"day": day, "source": self.source.name}
        return [said, *self.remarks]

    @property
    def file_notes(self) -> list[str]:
        """The notes of a file, which may leave the page it was on."""
        sample = _("示例 Example: synthetic data, no real company")
        return [*([sample] if self.source.synthetic else []), *self.notes]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The files one can take away, with their words."""
        drawn = [] if self.refusal else [("svg", "SVG"), ("png", "PNG")]
        return [*drawn, ("xlsx", "Excel")]

    @property
    def long(self) -> bool:
        """Whether the table is folded at first."""
        return self.folded or len(self.twin.rows) > LONG


class Drawn(TypedDict):
    """What of a picture comes from drawing."""

    scene: Scene
    legend: Sequence[Entry]
    remarks: Sequence[str]
    refusal: str


def attempted(draw: Callable[[], tuple[Scene, Sequence[Entry], Sequence[str]]]) -> Drawn:
    """Draw; what cannot be drawn is told in place of the picture, and takes no page away."""
    try:
        scene, legend, remarks = draw()
    except NotDrawable as refused:
        return Drawn(scene=Scene(0, 0), legend=(), remarks=(), refusal=say(refused.reason))
    return Drawn(scene=scene, legend=legend, remarks=remarks, refusal="")


def links(facts: Facts, output: Text | None = None) -> Sequence[Item]:
    """Return the firms of a node as items, and how many there are beyond.

    ``output``: the unit of their outputs, where those belong to the picture.
    """
    found = [
        Item(
            one.name,
            one.url,
            noted(say(one.note) if one.note else "", amount(one.output, output) if output else ""),
        )
        for one in facts.firms
    ]
    if facts.more:
        found.append(Item(_("and %(count)s more") % {"count": facts.more}, facts.url))
    return found


def noted(*remarks: str) -> str:
    """Join what is said beside an item."""
    return " · ".join(remark for remark in remarks if remark)


def amount(value: float | None, unit: Text) -> str:
    """Return an amount with its unit."""
    return f"{number(value)} {say(unit)}".strip() if value is not None else _("amount not known")


def figures(given: Iterable[Figure]) -> Sequence[Item]:
    """Return figures as items, each with its day and source."""
    return [
        Item(
            f"{say(one.label)} {one.value}",
            one.url,
            noted(one.on.isoformat() if one.on else _("date not known"), one.source),
        )
        for one in given
    ]


def known_columns() -> list[Column]:
    """Return the columns that end every table: figures, day, source, what can be done."""
    return [
        Column(_("Figures")),
        Column(_("Data date"), hint=True),
        Column(_("Source"), hint=True),
        Column(_("Actions")),
    ]


def known_cells(facts: Facts, source: Source) -> list[Cell]:
    """Return the cells under :func:`known_columns`; the picture's day and source where none is."""
    on = facts.on or source.on
    return [
        Cell(items=figures(facts.figures)),
        Cell(on.isoformat() if on else _("date not known"), exact=on),
        Cell(facts.source or source.name),
        Cell(items=[Item(say(one.label), one.url) for one in facts.actions]),
    ]


def counted(value: float | None) -> Cell:
    """Return a number as a cell; empty where it is not known."""
    if value is None:
        return Cell()
    if not math.isfinite(value):
        return Cell(str(value))
    exact = Decimal(str(value))
    return Cell(number(exact), exact=exact)


def state_entries(states: Iterable[State]) -> list[Entry]:
    """Return the states that are in a picture, as its legend."""
    there = set(states) - {State.PLAIN}
    return [
        Entry(state, say(STATE_WORDS[state]), SIGNS[state]) for state in State if state in there
    ]
