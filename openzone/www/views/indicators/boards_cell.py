"""What stands behind a number nobody published: its formula and the figures it rests on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.series import written
from openzone.engines.series.model import Derived, Observation, inputs
from openzone.engines.series.monthly import FORMULA
from openzone.engines.series.periods import period_said
from openzone.www.access import require
from openzone.www.formats import number, say
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators.common import indicator_label
from openzone.www.words_boards import DERIVED
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.permissions import may_see_entity
from openzone.zone.indicators.selectors.boards_book import Book, aims, read
from openzone.zone.indicators.selectors.boards_lines import Row, row_of
from openzone.zone.indicators.selectors.boards_notes import notes_of
from openzone.zone.indicators.selectors.meeting_slots import written_of


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how a number follows, as known on a day."""
    ask = common.asked(request)
    entity = get_object_or_404(Entity, pk=common.pk_of(request, "entity") or 0)
    require(may_see_entity(request.user, entity, ask.today))
    name, what = request.GET.get("indicator", ""), request.GET.get("what", "")
    if name not in indicators() or what not in DERIVED:
        raise Http404
    book = read([entity], [name], ask.on, ask.known)
    year = ask.on.year
    row = row_of(book, entity, indicators()[name], year, aims(book, year).get((name, entity.pk)))
    found = _found(row, what)
    if found is None:
        raise Http404
    context = common.framed(request, ask, "figure_board") | {
        "label": indicator_label(name), "entity": entity, "word": DERIVED[what],
        "value": _value(found), "period": say(period_said(found.period)),
        "formula": say(found.formula), "target": common.target_cell(row),
        "behind": [_line(book, row, one) for one in _behind(row, found)],
        "more": _more(found), "series": reverse("figure_series", args=[entity.pk, name]),
    }  # fmt: skip
    return render(request, "figure_boards/cell.html", context)


def _found(row: Row, what: str) -> Derived | None:
    stands = row.standing
    if what == "forecast_year":
        return stands.forecast
    if what == "month" and stands.month is not None and stands.implied:
        one = stands.month
        around = [each for period, each in row.track.items()
                  if period.from_january and period.year == one.period.year
                  and period.last in (one.period.last, one.period.first - 1)]  # fmt: skip
        assert one.value is not None  # noqa: S101 - a difference of two figures
        return Derived("month", one.line, one.period, one.value, one.unit, FORMULA, inputs(*around))
    return stands.derived.get(what)


def _value(found: Derived) -> str:
    if isinstance(found.value, bool):
        return _("yes") if found.value else _("no")
    if found.unit in ("%", "个百分点", ""):
        return f"{number(found.value)}{found.unit}"
    return say(written.amount(found.value, found.unit))


def _behind(row: Row, found: Derived) -> list[Observation]:
    periods = [one.period for one in found.of]
    return [row.track[one] for one in periods if one in row.track]


def _line(book: Book, row: Row, one: Observation) -> dict[str, Any]:
    kept = book.vintages(one)
    return {
        "period": say(period_said(one.period)), "value": say(written_of(book, one, row.indicator)),
        "href": reverse("figure_one", args=[one.row]), "vintages": len(kept),
        "notes": [say(note) for note in notes_of(book, row.indicator, one)],
    }  # fmt: skip


def _more(found: Derived) -> list[tuple[str, str]]:
    """Return the interval of a forecast and how wrong the method was in past years."""
    if "low" not in found.more:
        return []
    errors = found.more["past_errors"]
    said = "；".join(f"{year}: {number(error)}%" for year, error in dict(errors).items())  # type: ignore[call-overload]
    ends = [say(written.amount(found.more[name], found.unit, places=2))  # type: ignore[arg-type]
            for name in ("low", "high")]  # fmt: skip
    return [
        (_("Interval"), " – ".join(ends)),
        (_("Errors of past years"), said),
        (_("Mean error"), f"{number(found.more['mean_error'])}%"),  # type: ignore[arg-type]
    ]
