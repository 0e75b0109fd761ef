"""What boards share: whose board, on which day, known when; how a number is written and opened."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from openzone.engines.drawing import svg
from openzone.engines.drawing.courses import spark
from openzone.engines.drawing.svg import Frame
from openzone.engines.series import written
from openzone.engines.series.model import Kind, Observation
from openzone.engines.series.periods import period_said
from openzone.engines.series.standing import Light, Standing
from openzone.engines.text import Text
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.formats import say
from openzone.www.views.indicators.tabs import tabs
from openzone.www.words_boards import LIGHTS, LightWord
from openzone.zone.indicators.board_permissions import (
    may_make_packs,
    may_see_boards,
    may_set_targets,
)
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.selectors.boards_book import Book
from openzone.zone.indicators.selectors.boards_lines import Row, is_growth, spark_of
from openzone.zone.indicators.selectors.boards_notes import STATUS, prices
from openzone.zone.indicators.selectors.boards_peers import of_kinds
from openzone.zone.indicators.selectors.meeting_slots import written_of

KNOWN = "known"
BOARDS = (
    ("figure_board", "Today"),
    ("figure_board_targets", "Targets and gaps"),
    ("figure_board_peers", "Peers"),
    ("figure_board_chains", "Chain output"),
    ("figure_board_parks", "Parks compared"),
    ("figure_board_packs", "Meeting packs"),
)


@dataclass(frozen=True)
class Asked:
    """Which zone's board, on which day, as known at the end of which day."""

    today: dt.date
    on: dt.date
    known: dt.date | None
    zones: Sequence[Entity]
    zone: Entity | None

    @property
    def tail(self) -> dict[str, str]:
        """What addresses carry on, so that the next page speaks of the same day."""
        said: dict[str, object] = {
            asof.KEY: self.on if self.on != self.today else None, KNOWN: self.known,
            "zone": self.zone.pk if self.zone and len(self.zones) > 1 else None,
        }  # fmt: skip
        return {name: str(value) for name, value in said.items() if value is not None}

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return f"?{urlencode(self.tail)}" if self.tail else ""

    def address(self, name: str, *args: object, **more: object) -> str:
        """Return an address that speaks of the same day."""
        said = {**self.tail, **{key: str(value) for key, value in more.items()}}
        return reverse(name, args=args) + (f"?{urlencode(said)}" if said else "")

    @property
    def notes(self) -> list[str]:
        """What stands above a file: day, and day of knowledge."""
        found = [excel.as_of_note(self.on)]
        if self.known:
            found.append(_("As known on %(day)s") % {"day": self.known})
        return [self.zone.name, *found] if self.zone else found


def asked(request: HttpRequest) -> Asked:
    """Return what a board is asked, for whoever reads boards."""
    today = timezone.localdate()
    require(may_see_boards(request.user, today))
    on, given = asof.as_of(request), request.GET.get(KNOWN) or request.POST.get(KNOWN)
    known = asof.parse_day(given) if given else None
    zones = of_kinds(on, EntityKind.ZONE)
    wanted = request.GET.get("zone") or request.POST.get("zone") or ""
    zone = next((one for one in zones if str(one.pk) == wanted), zones[0] if zones else None)
    return Asked(today, on, known, zones, zone)


def framed(request: HttpRequest, ask: Asked, here: str) -> dict[str, Any]:
    """Return what stands on every board."""
    user = request.user
    labels = {
        "figure_board": _("Today"), "figure_board_targets": _("Targets and gaps"),
        "figure_board_peers": _("Peers"), "figure_board_chains": _("Chain output"),
        "figure_board_parks": _("Parks compared"), "figure_board_packs": _("Meeting packs"),
    }  # fmt: skip
    return {
        "figure_tabs": tabs(request, ask.today), "ask": ask,
        "boards": [(ask.address(name), labels[name], name == here) for name, _word in BOARDS],
        "sets_targets": may_set_targets(user, ask.today).allowed,
        "makes_packs": may_make_packs(user, ask.today).allowed,
        "may_export": may_take_board(user, ask.today).allowed,
    }  # fmt: skip


class Cell(NamedTuple):
    """A number as a board shows it: the words, where it leads, what is said beside it."""

    text: str
    href: str = ""
    note: str = ""
    value: Decimal | None = None


NOTHING = Cell("—")
POINTS = Text("个百分点", " points")


def points() -> str:
    """Return the unit of a gap."""
    return say(POINTS)


def figure_cell(ask: Asked, book: Book, row: Row, one: Observation | None) -> Cell:
    """Return a figure that leads to its source; one that follows leads to how it follows."""
    if one is None or one.value is None:
        return NOTHING
    text = say(written_of(book, one, row.indicator))
    return Cell(text, href_of(ask, book, one, row, "value"), _beside(one), one.value)


def growth_cell(ask: Asked, book: Book, row: Row, one: Observation | None) -> Cell:
    """Return a published growth, real or nominal named."""
    if one is None or one.growth is None:
        return NOTHING
    kind = _("real") if prices(row.indicator).zh.startswith("增速为可比价") else _("nominal")
    note = f"{kind} · {one.basis}" if one.basis else kind
    text = f"{written.plain(one.growth * 100, 2)}%"
    return Cell(text, href_of(ask, book, one, row, "growth"), note, one.growth * 100)


def derived_cell(ask: Asked, row: Row, kind: str, unit: str = "%") -> Cell:
    """Return what follows from a figure; it leads to its formula."""
    found = row.standing.derived.get(kind)
    if found is None or isinstance(found.value, bool):
        return NOTHING
    signed = "+" if kind.endswith("gap") and found.value > 0 else ""
    text = f"{signed}{written.plain(found.value, 2)}{unit}"
    return Cell(text, cell_address(ask, row, kind), "", found.value)


def amount_cell(ask: Asked, row: Row, kind: str) -> Cell:
    """Return an amount that follows, such as what each month left has to bring."""
    found = row.standing.derived.get(kind)
    if found is None or isinstance(found.value, bool):
        return NOTHING
    text = say(written.amount(found.value, found.unit or row.indicator.unit, places=2))
    return Cell(text, cell_address(ask, row, kind), "", found.value)


def target_cell(row: Row) -> Cell:
    """Return a target, leading to where it was set."""
    aim = row.aim
    if aim is None:
        return NOTHING
    unit = row.standing.latest.unit if row.standing.latest else row.indicator.unit
    text = say(written.amount(aim.amount, unit))
    href = ""
    if aim.room is not None:
        href = reverse("target", args=[aim.room.pk])
    elif aim.own is not None:
        href = reverse("figure_board_target", args=[aim.own.pk])
    elif aim.figure:
        href = reverse("figure_one", args=[aim.figure])
    return Cell(text, href, say(aim.document), aim.amount)


def href_of(ask: Asked, book: Book, one: Observation, row: Row, what: str) -> str:
    """Return where a number leads: a figure of the record, else how it follows."""
    if book.figure(one) is not None:
        return reverse("figure_one", args=[one.row])
    return cell_address(ask, row, "month" if what == "value" else what)


def cell_address(ask: Asked, row: Row, kind: str) -> str:
    """Return the address of what follows, with its formula."""
    return ask.address(
        "figure_board_cell", entity=row.entity.pk, indicator=row.indicator.id, what=kind
    )


def series_address(row: Row) -> str:
    """Return the page of the whole series."""
    return reverse("figure_series", args=[row.entity.pk, row.indicator.id])


def light_of(found: Standing) -> LightWord:
    """Return a light in words."""
    return LIGHTS[found.light]


def spark_svg(row: Row) -> SafeString:
    """Draw a line as small as a word; the words say its last value and what it shows."""
    kind = row.standing.definition.kind
    values = [None if one is None else float(one) for one in spark_of(row.track, kind)]
    if sum(one is not None for one in values) < 2:
        return mark_safe("")
    grows = _("growth") if is_growth(row.track, kind) else _("levels")
    title = f"{say(row.indicator.label.text)}: {grows}"
    key = f"spark-{row.entity.pk}-{row.indicator.id}"
    return mark_safe(svg.svg(spark(values), Frame(key, linked=False, title=title)))  # noqa: S308 - written by an XML writer


def late_said(row: Row) -> str:
    """Say what is late or missing."""
    if row.late is None:
        return ""
    period = say(period_said(row.late.period))
    if row.late.said:
        return _("%(period)s was reported as missing") % {"period": period}
    return _("%(period)s is %(days)s days late") % {"period": period, "days": row.late.days}


def is_level(row: Row) -> bool:
    """Whether a line is a level, for which no time passes."""
    return row.standing.definition.kind is not Kind.FLOW


def pk_of(request: HttpRequest, name: str) -> int | None:
    """Return a record's number of the address, None where there is none."""
    given = request.GET.get(name, "")
    return int(given) if is_record_number(given) else None


def worst(rows: Sequence[Row]) -> dict[Light, int]:
    """Count lines by light, the worst first."""
    return {light: n for light in Light if (n := sum(r.standing.light is light for r in rows))}


def _beside(one: Observation) -> str:
    status = say(STATUS[one.status]) if one.status is not None else ""
    return " · ".join(filter(None, (say(period_said(one.period)), status)))
