"""What pages of figures share: who may come in, the tabs, how a figure is written."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formats import money, number, say
from openzone.www.formpage import Crumb, FormPage
from openzone.www.views.indicators.tabs import tabs
from openzone.zone.indicators.enums import FigureState
from openzone.zone.indicators.models import Batch, Entity, Figure
from openzone.zone.indicators.packs import label_of
from openzone.zone.indicators.permissions import (
    may_approve,
    may_enter,
    may_list,
    may_see_batch,
    may_see_entity,
    may_take,
)


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever looks at figures at all."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    return today


def framed(request: HttpRequest, today: dt.date) -> dict[str, Any]:
    """Return what stands on every page."""
    user = request.user
    return {
        "figure_tabs": tabs(request, today),
        "enters": may_enter(user, today).allowed,
        "approves": may_approve(user, today).allowed,
        "may_export": may_take(user, today).allowed,
        "today": today,
    }


def entity_of(request: HttpRequest, pk: int) -> Entity:
    """Return a subject whose figures the person may read."""
    today = entered(request)
    found = get_object_or_404(Entity.objects.select_related("enterprise", "parent", "unit"), pk=pk)
    require(may_see_entity(request.user, found, today))
    return found


def figure_of(request: HttpRequest, pk: int) -> Figure:
    """Return a figure the person may read."""
    today = entered(request)
    rows = Figure.objects.select_related(
        "entity", "entity__enterprise", "batch", "batch__approved_by", "source", "end"
    )
    found = get_object_or_404(rows, pk=pk)
    require(may_see_entity(request.user, found.entity, today))
    return found


def batch_of(request: HttpRequest, pk: int) -> Batch:
    """Return a batch the person may read."""
    today = entered(request)
    rows = Batch.objects.select_related("entity", "entered_by", "submitted_by", "approved_by")
    found = get_object_or_404(rows, pk=pk)
    require(may_see_batch(request.user, found, today))
    return found


def written(figure: Figure) -> str:
    """Write a figure as it was published: 近200亿元, — for none, 不适用."""
    if figure.state == FigureState.MISSING:
        return _("growth alone") if figure.growth_pct is not None else _("not reported")
    if figure.state == FigureState.NOT_APPLICABLE:
        return _("does not apply")
    given = figure.given or number(figure.value)
    return given if not figure.unit or figure.unit in given else f"{given}{figure.unit}"


def amount(value: Decimal, unit: str) -> str:
    """Write a number in the base unit: yuan in 亿元 or 万元 where that is exact."""
    return money(value) if unit == "元" else f"{number(value)} {unit}".strip()


def growth_of(figure: Figure) -> str:
    """Write a growth as it was published."""
    return "" if figure.growth_pct is None else f"{number(figure.growth_pct)}%"


def indicator_label(name: str) -> str:
    """Write what an indicator is called."""
    return say(label_of(name))


def above(*more: Crumb) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    return (Crumb(reverse("figure_lines"), _("Figures")), *more)


def page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, "promotion_field/act.html")
