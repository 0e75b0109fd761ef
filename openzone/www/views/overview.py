"""The leaders' summary: one page, each number with the rows behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.cases import words
from openzone.www.cases.asking import WITH, moment
from openzone.www.formats import say
from openzone.www.hands import user_of
from openzone.www.overview import others
from openzone.www.overview.cases import Asked, behind, figure, heat, ladder, units
from openzone.www.overview.chains import chains
from openzone.www.views.cases.boards import span_form, tabs
from openzone.www.views.suggestions.implementation import LABELS, score_row
from openzone.zone.cases.permissions import may_see_reports
from openzone.zone.chains.permissions import may_list as may_list_chains
from openzone.zone.people.models import Unit
from openzone.zone.suggestions.selectors.implementation import Standing, overall, progress

UP_SHOWN = 8
NAMES = {
    "open": Text("在办事项", "Open cases"),
    "late": Text("已超期", "Overdue"),
    "at_risk": Text("临近超期", "At risk"),
    "calm": Text("时限内", "Within time"),
    "up_open": Text("升级至领导、尚未办结", "Gone up to leaders, still open"),
    "up": Text("期内受理、升级至领导", "Gone up to leaders, of these days"),
}


def _asked(request: HttpRequest) -> Asked:
    now = moment()
    require(may_see_reports(request.user, now.day))
    return Asked(user_of(request), now, *span_form(request, now).span())


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how the zone serves, on one page."""
    asked = _asked(request)
    now, up = asked.now, behind(asked, "up_open", "")
    first_up = (
        up.select_related(*WITH).order_by("due_at", "pk")[:UP_SHOWN] if up is not None else ()
    )
    context = {
        "span_form": span_form(request, now),
        "tabs": tabs("overview"),
        "first": asked.first,
        "last": asked.last,
        "units": units(asked, _("Together"), _("no unit yet")),
        "topics": heat(asked),
        "ladder": ladder(asked),
        "up": words.rows(first_up, now.aware),
        "promises": others.promise_cells(now),
        "kept": others.kept(),
        "reforms": others.reforms(now),
        "suggestions": score_row(overall(progress(now.aware)), "", None, ""),
        "chains": chains(now.day) if may_list_chains(asked.user, now.day).allowed else [],
        "suggestion_words": [LABELS[one] for one in Standing],
    }
    return render(request, "overview/page.html", context)


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases behind a number of the summary."""
    asked = _asked(request)
    what, code = request.GET.get("what", ""), request.GET.get("unit", "")[:32]
    found, metric = behind(asked, what, code), figure(asked, what, code)
    if found is None:
        raise Http404
    context = {
        "heading": say(NAMES[what] if metric is None else metric.label),
        "metric": metric,
        "unit": Unit.objects.filter(code=code).first(),
        "asked": asked,
        "rows": words.rows(
            found.select_related(*WITH).order_by("due_at", "pk")[:1000], asked.now.aware
        ),
    }
    return render(request, "overview/cases.html", context)


@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """Show the commitments behind a number of the summary."""
    asked = _asked(request)
    what = request.GET.get("what", "")
    found = others.promises(asked.now)
    if what not in found:
        raise Http404
    context = {"heading": say(others.PROMISES[what]), "rows": found[what]}
    return render(request, "overview/promises.html", context)
