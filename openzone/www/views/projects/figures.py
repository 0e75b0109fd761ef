"""The leaders' page of projects: what entered the stages in a period, and every row behind it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.projects.light_model import Colour
from openzone.engines.projects.money import YUAN
from openzone.engines.projects.pipeline import EXIT, Pipeline
from openzone.engines.projects.tally import Counters, Row
from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.projects_lists import FiguresForm
from openzone.www.overview.numbers import address
from openzone.www.views.projects.lists import line, tabs
from openzone.zone.projects.models import LightState, Project
from openzone.zone.projects.packs import light_rules
from openzone.zone.projects.permissions import may_list
from openzone.zone.projects.selectors.listing import (
    Filter,
    latest_month,
    page,
    projects,
    visible,
)
from openzone.zone.projects.selectors.statistics import (
    Figures,
    figures,
    invested_in,
    investment_by_month,
)

LEFT = Text("退出", "Left")
ROWS = 50


class Asked(NamedTuple):
    """A pipeline and a period, for somebody on a day; perhaps of one industry only."""

    request: HttpRequest
    pipeline: Pipeline
    first: dt.date
    last: dt.date
    industry: str = ""

    @property
    def today(self) -> dt.date:
        """The day of the question."""
        return timezone.localdate()

    def href(self, what: str, key: str) -> str:
        """Return the address of the projects behind a number."""
        narrowed = {"industry": self.industry} if self.industry else {}
        return address(
            "pipeline_figure", pipeline=self.pipeline.id, first=str(self.first),
            last=str(self.last), what=what, key=key, **narrowed,
        )  # fmt: skip

    def mine(self) -> QuerySet[Project]:
        """The projects that count, among those the person may see."""
        found = visible(self.request.user, self.today).filter(pipeline=self.pipeline.id)
        return found.filter(industry__startswith=self.industry) if self.industry else found

    def figures(self, *by: str) -> Figures:
        """Count, among what the person may see."""
        return figures(self.pipeline.id, self.first, self.last, by=by, within=self.mine())


class Line(NamedTuple):
    """A counter with its rows: how many, how much in yuan, how many said nothing."""

    label: str
    projects: int
    yuan: Decimal
    unstated: int
    href: str


class RateLine(NamedTuple):
    """A rate with what is above and below the line."""

    label: str
    value: Decimal | None
    above: int
    below: int
    above_href: str
    below_href: str


class MonthLine(NamedTuple):
    """What was planned and invested in a month, in yuan, and who said so."""

    month: dt.date | None
    planned: Decimal | None
    invested: Decimal | None
    reported: int
    href: str = ""


class LightLine(NamedTuple):
    """How many projects stand in which colour under a rule in its last month."""

    label: str
    month: dt.date | None
    cells: list[tuple[Colour, int, str]]


def _asked(request: HttpRequest) -> tuple[FiguresForm, Asked]:
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = FiguresForm(request.GET)
    span = form.span(today)
    return form, Asked(request, form.chosen_pipeline, *span, form.chosen_industry())


@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """Show the counters of a period on one page."""
    form, asked = _asked(request)
    found = asked.figures("stage")
    sizes = asked.figures("stage", "size_at_least").entered
    context = {
        "form": form,
        "tabs": tabs("pipeline_figures"),
        "first": asked.first,
        "last": asked.last,
        "entered": stages(asked, found.entered.rows, "entered"),
        "frameworks": stages(asked, found.entered.frameworks, "framework"),
        "stock": stages(asked, found.at_end.rows, "stock"),
        "sizes": _sizes(asked, sizes),
        "rates": [
            RateLine(
                say(one.rate.label), one.value, len(one.numerator), len(one.denominator),
                asked.href("above", one.rate.id), asked.href("below", one.rate.id),
            )
            for one in found.rates
        ],
        "left_out": _left_out(asked, found.entered),
        "months": _months(asked),
        "lights": lights(asked),
    }  # fmt: skip
    return render(request, "projects/figures.html", context, status=200 if form.is_valid() else 400)


def stages(asked: Asked, rows: Iterable[Row], what: str) -> list[Line]:
    """Return counters by stage, each with the address of its projects."""
    labels = {one.id: one.label for one in asked.pipeline.stages} | {EXIT: LEFT}
    return [_line(asked, row, say(labels[row.key[0]]), what, row.key[0]) for row in rows]


def _line(asked: Asked, row: Row, label: str, what: str, key: str) -> Line:
    yuan = row.amounts.get(YUAN, Decimal(0))
    return Line(label, row.projects, yuan, len(row.unstated), asked.href(what, key))


def _sizes(asked: Asked, counters: Counters) -> list[tuple[str, list[Line]]]:
    """Return the sizes of what entered each stage, those that are at least so large."""
    labels = {one.id: one.label for one in asked.pipeline.stages} | {EXIT: LEFT}
    sizes = {one.id: one.label for one in asked.pipeline.sizes}
    by_stage: dict[str, list[Line]] = {}
    for row in counters.rows:
        stage, size = row.key
        key = f"{stage}.{size}"
        made = _line(asked, row, say(sizes[size]), "size", key)
        by_stage.setdefault(say(labels[stage]), []).append(made)
    return list(by_stage.items())


def _left_out(asked: Asked, counters: Counters) -> list[tuple[str, int, str]]:
    labels = {one.id: say(one.label) for one in asked.pipeline.exclusions}
    counts = Counter(one.exclusion for one in counters.left_out)
    return [(labels.get(name, name), n, asked.href("excluded", name)) for name, n in counts.items()]


def _months(asked: Asked) -> list[MonthLine]:
    """Return what was invested by month, with the sum of what is known below."""
    found = [
        MonthLine(*one, asked.href("invested", f"{one.month:%Y-%m}"))
        for one in investment_by_month(asked.first, asked.last, asked.mine())
    ]
    planned = [one.planned for one in found if one.planned is not None]
    invested = [one.invested for one in found if one.invested is not None]
    total = MonthLine(
        None, sum(planned, Decimal(0)) if planned else None,
        sum(invested, Decimal(0)) if invested else None,
        sum(one.reported for one in found),
    )  # fmt: skip
    return [*found, total] if len(found) > 1 else found


def lights(asked: Asked) -> list[LightLine]:
    """Return how many projects stand in which colour, a line for every rule."""
    mine = asked.mine().order_by().values("pk")
    return [
        _light_line(asked, rule, say(known.label), mine) for rule, known in light_rules().items()
    ]


def _light_line(asked: Asked, rule: str, label: str, mine: Any) -> LightLine:
    month = latest_month(rule, asked.last)
    states = LightState.objects.filter(rule=rule, project__in=mine)
    states = states.filter(month=month) if month else states.none()
    counts = dict(states.order_by().values_list("colour").annotate(n=Count("pk")))
    cells = [
        (colour, counts.get(colour, 0), asked.href("light", f"{rule}.{colour.value}"))
        for colour in Colour
    ]
    return LightLine(label, month, cells)


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Show the projects behind a number."""
    _form, asked = _asked(request)
    what, key = request.GET.get("what", ""), request.GET.get("key", "")
    heading, chosen = _behind(asked, what, key)
    found = projects(chosen, request.user, asked.today)
    shown = page(found, after=request.GET.get("after", ""), size=ROWS)
    context = {
        "heading": heading,
        "first": asked.first,
        "last": asked.last,
        "lines": [line(one) for one in shown.projects],
        "after": shown.after,
    }
    return render(request, "projects/figure.html", context)


def _behind(asked: Asked, what: str, key: str) -> tuple[str, Filter]:
    if what == "light":
        return _behind_light(asked, key)
    numbers = _numbers(asked, what, key)
    if numbers is None:
        raise Http404
    # A list of nothing asks for no number at all, which would be every project.
    return _heading(what), Filter(pipeline=asked.pipeline.id, numbers=numbers or ("",))


def _behind_light(asked: Asked, key: str) -> tuple[str, Filter]:
    rule, _dot, colour = key.rpartition(".")
    month = latest_month(rule, asked.last) if rule in light_rules() else None
    if month is None or colour not in set(Colour):
        raise Http404
    heading = f"{say(light_rules()[rule].label)} · {say(Colour(colour).label)} · {month:%Y-%m}"
    return heading, Filter(
        pipeline=asked.pipeline.id, rule=rule, light=colour, month=month, industry=asked.industry
    )


def _heading(what: str) -> str:
    headings = {
        "entered": _("Entered the stage in the period"), "stock": _("At the stage at the end"),
        "framework": _("Framework agreements"), "size": _("Entered, by size"),
        "invested": _("Invested in the month"), "excluded": _("Not counted"),
        "above": _("Numerator"), "below": _("Denominator"),
    }  # fmt: skip
    return headings[what]


def _numbers(asked: Asked, what: str, key: str) -> tuple[str, ...] | None:
    """Return the projects behind a number; None for a number that there is not."""
    match what:
        case "size":
            return _of(asked.figures("stage", "size_at_least").entered.rows, *key.split("."))
        case "entered":
            return _of(asked.figures("stage").entered.rows, key)
        case "framework":
            return _of(asked.figures("stage").entered.frameworks, key)
        case "stock":
            return _of(asked.figures("stage").at_end.rows, key)
        case "excluded":
            left = asked.figures("stage").entered.left_out
            return tuple(one.id for one in left if one.exclusion == key)
        case "invested":
            month = _month(key)
            return invested_in(month, asked.mine()) if month else None
        case "above" | "below":
            return _of_rate(asked, what, key)
    return None


def _month(key: str) -> dt.date | None:
    """Return the first day of a month written 2026-05."""
    try:
        return dt.datetime.strptime(key, "%Y-%m").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None


def _of(rows: Iterable[Row], *key: str) -> tuple[str, ...] | None:
    return next((tuple(row.ids) for row in rows if row.key == key), None)


def _of_rate(asked: Asked, what: str, key: str) -> tuple[str, ...] | None:
    found = next((one for one in asked.figures("stage").rates if one.rate.id == key), None)
    if found is None:
        return None
    return found.numerator if what == "above" else found.denominator
