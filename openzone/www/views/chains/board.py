"""The chains of the zone at a glance, and a word looked up in all of them."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.chains.gaps import GapKind
from openzone.engines.text import Text
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.chains import words
from openzone.www.chains.asking import page_of
from openzone.www.formats import number, say
from openzone.www.views.exports import send
from openzone.zone.chains.permissions import may_choose, may_list, may_review
from openzone.zone.chains.selectors.board import Line, board, waiting_by_chain
from openzone.zone.chains.selectors.finding import Hit, find
from openzone.zone.registry.permissions import may_export

KINDS: Final = (GapKind.FILL, GapKind.EXTEND, GapKind.STRENGTHEN)
SORTS: Final = ("focus", "coverage", "links", "firms", "gaps", "waiting")
HITS: Final = 60
LONGEST_WORD: Final = 40


class Count(NamedTuple):
    """How many gaps of a kind there are."""

    id: str
    label: Text
    number: int


class Shown(NamedTuple):
    """A chain as the board draws it; ``at`` is its page, ``kinds`` its gaps by kind."""

    line: Line
    at: str
    kinds: list[Count]
    waiting: int
    waiting_at: str


def _lines(on: dt.date, order: str) -> list[Shown]:
    waiting = waiting_by_chain()
    found = [_shown(line, waiting) for line in board(on)]
    keys: dict[str, Any] = {
        "coverage": lambda one: -(one.line.reading.report.coverage or 0),
        "links": lambda one: -(one.line.reading.report.link_rate or 0),
        "firms": lambda one: -len(one.line.reading.names),
        "gaps": lambda one: -sum(kind.number for kind in one.kinds),
        "waiting": lambda one: -one.waiting,
    }
    return sorted(found, key=keys[order]) if order in keys else found


def _shown(line: Line, waiting: dict[str, int]) -> Shown:
    chain = line.reading.chain.id
    kinds = [Count(k.value, words.KINDS[k], line.kinds.get(k.value, 0)) for k in KINDS]
    queue = page_of("chain_queue")
    waiting_at = f"{queue}?chain={chain}" if queue else ""
    return Shown(line, reverse("chain", args=[chain]), kinds, waiting.get(chain, 0), waiting_at)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show every chain: those the zone works on first, or in the order asked for."""
    today, on = timezone.localdate(), asof.of_page(request)
    require(may_list(request.user, today))
    order = request.GET.get("sort", "focus")
    context = {
        "lines": _lines(on, order),
        "order": order if order in SORTS else "focus",
        "sorts": _sorts(),
        "kinds": [words.KINDS[kind] for kind in KINDS],
        "on": on,
        "may_choose": may_choose(request.user, today).allowed,
        "may_review": may_review(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
        "rooms": _rooms(),
    }
    return render(request, "chains/board.html", context)


def _sorts() -> list[tuple[str, str]]:
    labels = (
        _("Those worked on first"), _("Coverage rate"), _("Connections"), _("Firms"), _("Gaps"),
        _("Waiting proposals"),
    )  # fmt: skip
    return list(zip(SORTS, labels, strict=True))


def _rooms() -> list[tuple[str, str]]:
    """Return the other pages about chains as a whole."""
    names = {
        "chain_placements": _("Placements"), "chain_roles": _("Roles"),
        "chain_figures": _("Figures of links"), "chain_candidates": _("Candidates"),
        "chain_complexity": _("Complexity"), "chain_peers": _("Other zones"),
        "supply": _("Supply matching"),
    }  # fmt: skip
    return [(at, label) for name, label in names.items() if (at := page_of(name))]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the board; the log notes who took it away."""
    today, on = timezone.localdate(), asof.as_of(request)
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    sheet = excel.Table(
        [_("Chain"), _("Version"), _("Coverage rate"), _("Connections"), _("Firms"),
         _("Chain leaders"), *(say(words.KINDS[kind]) for kind in KINDS), _("Closed loops"),
         _("Waiting proposals"), _("Chain head"), _("Lead office")],
        [_cells(one) for one in _lines(on, "focus")],
        [_("Industrial chains"), excel.as_of_note(on)],
        excel.in_example_zone(),
    )  # fmt: skip
    return send(request, sheet, what="chains", name=_("Industrial chains"))


def _cells(one: Shown) -> tuple[excel.Cell, ...]:
    line, read = one.line, one.line.reading
    focus, (closed, loops) = line.focus, line.loops
    return (
        say(read.chain.name), read.chain.version, _percent(read.report.coverage),
        _percent(read.report.link_rate), len(read.names), len(line.leaders),
        *(kind.number for kind in one.kinds), f"{closed}/{loops}", one.waiting,
        focus.head if focus else None, focus.unit.name if focus else None,
    )  # fmt: skip


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{number(share * 100, 1)}%"


class Found(NamedTuple):
    """A hit with its page."""

    hit: Hit
    href: str


@require_GET
def finding(request: HttpRequest) -> HttpResponse:
    """Look a word up: a product, an alias, a customs code → the links it may mean."""
    today, on = timezone.localdate(), asof.of_page(request)
    require(may_list(request.user, today))
    word = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_WORD]
    hits = find(word, on)
    rows = [Found(hit, reverse("chain_node", args=[hit.chain.id, hit.node.id])) for hit in hits]
    context = {"word": word, "rows": rows[:HITS], "count": len(rows), "shown": HITS}
    return render(request, "chains/find.html", context)
