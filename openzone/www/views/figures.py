"""Published figures of real zones, and whether they agree with each other."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.series.crosscheck import CheckResult, FigureSet, cross_checks
from openzone.packs.figures import load_figures
from openzone.www.access import require_console
from openzone.www.views.indicators.tabs import tabs


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show every figure with its document, and the sums between them."""
    require_console(request)
    results = _results()
    context = {
        "figure_tabs": tabs(request, timezone.localdate()),
        "figures": published().figures,
        "results": results,
        "indicators": {figure.id: figure for figure in published().figures},
        "computed": {result.id: result for result in results},
    }
    return render(request, "figures.html", context)


@cache
def published() -> FigureSet:
    """Return the figures, read once: the pack is part of the program."""
    return load_figures()


@cache
def _results() -> list[CheckResult]:
    return cross_checks(published())
