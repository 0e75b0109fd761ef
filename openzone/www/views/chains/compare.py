"""Two readings of a chain beside each other: two days, places of the zone, another zone."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.chains.comparison import Comparison, compare
from openzone.engines.chains.loops import Loop
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.chains import words
from openzone.www.chains.asking import KNOWN, Asked, asked, cut, moment_of
from openzone.www.chains.heading import head
from openzone.www.chains.numbers import Changed, Line, changed
from openzone.www.converters import is_record_number
from openzone.www.formats import DASH, day, say
from openzone.www.forms.chains import ZONE, CompareForm
from openzone.www.overview.numbers import address
from openzone.www.views.exports import send
from openzone.zone.chains.selectors.board import first_day
from openzone.zone.chains.selectors.peers import lists, read_peer
from openzone.zone.chains.selectors.reading import Reading, read
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place
from openzone.zone.registry.permissions import may_export

YEAR: Final = 365
SHOWN: Final = 200


class Side(NamedTuple):
    """One of the two: what it is called, and what was read."""

    label: str
    reading: Reading
    on: dt.date
    known: dt.date | None
    source: str
    is_part: bool = False

    def page(self, name: str, *args: str, **asked: str) -> str:
        """Return the address of a page that speaks of this side; none where the site has none.

        Only the whole zone on a day has pages of its own.
        """
        if self.source or self.is_part:
            return ""
        said = {asof.KEY: str(self.on), KNOWN: str(self.known) if self.known else "", **asked}
        return address(name, self.reading.chain.id, *args, **said)


class Pair(NamedTuple):
    """Both sides, and what they differ in."""

    first: Side
    second: Side
    found: Comparison

    @property
    def names(self) -> dict[str, str]:
        """What firms of either side are called."""
        return {**self.first.reading.names, **self.second.reading.names}


class Turn(NamedTuple):
    """A link whose state differs."""

    node: Line
    first: str
    second: str


def sides(chain: str) -> list[tuple[str, str]]:
    """Return what a chain can be read of: the zone, its places, lists of other zones."""
    places = Place.objects.exclude(kind=PlaceKind.ZONE).order_by("code")
    return [
        (ZONE, _("The whole zone")),
        *((f"place-{one.pk}", one.name) for one in places[:100]),
        *((f"peer-{one.pk}", f"{one.peer} ({day(one.as_of)})") for one in lists(chain)[:100]),
    ]


def _form(ask: Asked, data: Any) -> CompareForm:
    """Return the form; a day before there was such a chain is refused."""
    form, begun = CompareForm(sides(ask.chain), data), first_day(ask.chain)
    for name in ("first_on", "second_on") if form.is_valid() and begun else ():
        given = form.cleaned_data.get(name)
        if given is not None and given < begun:
            form.add_error(name, _("This chain begins on %(day)s.") % {"day": begun})
    return form


def _pair(ask: Asked, form: CompareForm) -> Pair:
    """Return what is asked; where nothing is said, the zone a year before the day and on it."""
    given = form.cleaned_data if form.is_valid() else {}
    second_on = given.get("second_on") or ask.on
    first = given.get("first") or ZONE
    is_same = first == (given.get("second") or ZONE)
    earlier = second_on - dt.timedelta(days=YEAR) if is_same else second_on
    earlier = max(earlier, first_day(ask.chain) or earlier)
    return _laid(
        _side(ask, first, given.get("first_on") or earlier, given.get("first_known")),
        _side(ask, given.get("second") or ZONE, second_on, given.get("second_known") or ask.known),
    )


def _laid(first: Side, second: Side) -> Pair:
    return Pair(first, second, compare(first.reading.report, second.reading.report))


def _side(ask: Asked, what: str, on: dt.date, known: dt.date | None) -> Side:
    kind, _dash, key = what.partition("-")
    if kind == "peer" and is_record_number(key):
        listing = get_object_or_404(lists(ask.chain), pk=int(key))
        label = f"{listing.peer} ({day(listing.as_of)})"
        return Side(label, read_peer(listing, on), on, None, listing.source)
    place = None
    if kind == "place" and is_record_number(key):
        place = get_object_or_404(Place, pk=int(key))
    label = place.name if place is not None else _("The whole zone")
    reading = read(ask.chain, on, moment_of(known), place)
    return Side(label, reading, on, known, "", place is not None)


@require_GET
def page(request: HttpRequest, chain: str) -> HttpResponse:
    """Show two readings beside each other."""
    ask = asked(request, chain)
    form = _form(ask, request.GET)
    pair = _pair(ask, form)
    context = {
        **head(ask, pair.second.reading, "chain_compare"),
        "form": form,
        "pair": pair,
        "numbers": _numbers(pair),
        "turned": cut(_turned(pair), SHOWN),
        "lists": [(title, cut(rows, SHOWN)) for title, rows in _lists(pair)],
    }
    return render(request, "chains/compare.html", context, status=200 if form.is_valid() else 400)


def _numbers(pair: Pair) -> list[tuple[Changed, str, str]]:
    """Return every figure of both, with the addresses of the rows behind."""
    found = changed(pair.first.reading.report, pair.second.reading.report)
    return [(one, _rows(pair.first, one.first.id), _rows(pair.second, one.first.id))
            for one in found]  # fmt: skip


def _rows(side: Side, figure: str) -> str:
    at = side.page("chain", show=figure)
    return f"{at}#rows" if at else ""


def _node(pair: Pair, node: str) -> Line:
    for side in (pair.second, pair.first):
        if node in side.reading.chain.nodes:
            said = say(side.reading.chain.nodes[node].name)
            return Line(said, side.page("chain_node", node))
    return Line(node)


def _firm(pair: Pair, key: str) -> Line:
    known = {**pair.first.reading.record.firms, **pair.second.reading.record.firms}.get(key)
    href = reverse("enterprise", args=[known.pk]) if known is not None else ""
    return Line(pair.names.get(key, key), href)


def _turned(pair: Pair) -> list[Turn]:
    return [
        Turn(_node(pair, one.node), say(words.state(one.first)), say(words.state(one.second)))
        for one in pair.found.turned
    ]


def _lists(pair: Pair) -> list[tuple[str, list[Line]]]:
    """Return what only one of the two has: links, firms, loops, what is wholly made."""
    found = pair.found

    def nodes(ids: tuple[str, ...]) -> list[Line]:
        return [_node(pair, one) for one in ids]

    def firms(keys: tuple[str, ...]) -> list[Line]:
        return [_firm(pair, one) for one in keys]

    def joined(ids: tuple[str, ...], mark: str = "、") -> str:
        return mark.join(one.label for one in nodes(ids)) or DASH

    def ways(loops: tuple[Loop, ...]) -> list[Line]:
        return [Line(joined((*one.nodes, one.nodes[0]), " → ")) for one in loops]

    moved = [
        _firm(pair, one.firm)._replace(note=f"{joined(one.away)} → {joined(one.to)}")
        for one in found.moved
    ]
    return [
        (_("Links only the second has"), nodes(found.gained)),
        (_("Links only the first has"), nodes(found.lost)),
        (_("Firms only in the second"), firms(found.came)),
        (_("Firms only in the first"), firms(found.went)),
        (_("Firms at other links"), moved),
        (_("Wholly made only in the second"), nodes(found.made)),
        (_("Wholly made only in the first"), nodes(found.unmade)),
        (_("Loops closed only in the second"), ways(found.closed)),
        (_("Loops closed only in the first"), ways(found.reopened)),
    ]


@require_POST
def export(request: HttpRequest, chain: str) -> HttpResponse:
    """Download a comparison; the log notes who took it away."""
    ask = asked(request, chain)
    require(may_export(request.user, ask.today))
    form = _form(ask, request.POST)
    if not form.is_valid():
        raise Http404
    pair = _pair(ask, form)
    one, other = pair.first, pair.second
    sheet = excel.Table(
        [_("What"), f"{one.label} {day(one.on)}", f"{other.label} {day(other.on)}",
         _("Difference")],
        _cells(pair),
        [say(other.reading.chain.name), one.source, other.source],
        excel.in_example_zone(),
    )  # fmt: skip
    filters = {name: str(value) for name, value in form.cleaned_data.items() if value}
    return send(request, sheet, what=f"chain:{chain}", name=_("Comparison"), filters=filters)


def _cells(pair: Pair) -> list[tuple[excel.Cell, ...]]:
    numbers = changed(pair.first.reading.report, pair.second.reading.report)
    rows: list[tuple[excel.Cell, ...]] = [_of_number(one) for one in numbers]
    rows += [(one.node.label, one.first, one.second, None) for one in _turned(pair)]
    rows += [
        (title, None, None, f"{one.label} {one.note}".strip())
        for title, found in _lists(pair)
        for one in found
    ]
    return rows


def _of_number(one: Changed) -> tuple[excel.Cell, ...]:
    return say(one.first.label), one.first.shown, one.second.shown, one.difference
