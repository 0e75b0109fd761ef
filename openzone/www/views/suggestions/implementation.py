"""What became of adopted suggestions, by unit and by round, each number with its rows."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.cases.asking import moment
from openzone.zone.cases.permissions import may_see_reports
from openzone.zone.suggestions.models import Campaign, Round
from openzone.zone.suggestions.selectors.implementation import (
    Chosen,
    Score,
    Standing,
    by_round,
    by_unit,
    narrowed,
    overall,
    progress,
)

LABELS: Mapping[Standing, Text] = {
    Standing.DONE: Text("已落实", "Carried out"),
    Standing.UNDER_WAY: Text("落实中", "Under way"),
    Standing.STUCK: Text("受阻（超期或未能落实）", "Stuck (late, or given up)"),
    Standing.UNASSIGNED: Text("未交办", "Not assigned yet"),
}
# What a chart colours each as.
OUTCOMES = {
    Standing.DONE: "met", Standing.UNDER_WAY: "unknown", Standing.STUCK: "late",
    Standing.UNASSIGNED: "near",
}  # fmt: skip


class Cell(NamedTuple):
    """A number with the rows behind it."""

    number: int
    href: str


class ScoreRow(NamedTuple):
    """A unit or a round with its numbers, in the order of ``Standing``."""

    name: str
    total: Cell
    share: str
    cells: list[Cell]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how far adopted suggestions are, of one campaign or of all."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    campaign = _campaign(request)
    found, chosen = progress(now.aware, campaign), _chosen(request)
    rounds = _rounds(campaign)
    context = {
        "campaigns": Campaign.objects.order_by("-opens_on", "-pk"),
        "campaign": campaign,
        "headings": [(LABELS[one], OUTCOMES[one]) for one in Standing],
        "total": score_row(overall(found), _("Together"), campaign, ""),
        "units": [
            score_row(one, one.name or _("no unit yet"), campaign, "unit") for one in by_unit(found)
        ],
        "rounds": [score_row(one, one.name, campaign, "round") for one in by_round(found, rounds)],
        "rows": [
            (one, LABELS[one.standing], OUTCOMES[one.standing], [rounds[pk] for pk in one.rounds])
            for one in narrowed(found, chosen)
        ],
        "narrowed": chosen != Chosen(),
        "all_rows": _address(campaign, {}),
    }
    return render(request, "suggestions/implementation.html", context)


def score_row(score: Score, name: str, campaign: Campaign | None, by: str) -> ScoreRow:
    """Return a group with links to the rows behind each of its numbers."""
    where = {by: score.key} if by else {}
    cells = [Cell(score.by[one], _address(campaign, where | {"standing": one})) for one in Standing]
    share = "–" if score.done is None else f"{100 * score.done:.0f}%"
    return ScoreRow(name, Cell(score.total, _address(campaign, where)), share, cells)


def _address(campaign: Campaign | None, asked: Mapping[str, str]) -> str:
    given = ({"campaign": str(campaign.pk)} if campaign else {}) | dict(asked)
    return f"{reverse('suggestion_implementation')}?{urlencode(given)}#rows"


def _chosen(request: HttpRequest) -> Chosen:
    number = request.GET.get("round", "")
    stands = request.GET.get("standing", "")
    return Chosen(
        unit=request.GET.get("unit", "")[:32],
        round=int(number) if number.isdecimal() and len(number) < 18 else None,
        standing=stands if stands in list(Standing) else "",
    )


def _campaign(request: HttpRequest) -> Campaign | None:
    given = request.GET.get("campaign", "")
    wanted = int(given) if given.isdecimal() and len(given) < 18 else 0
    return Campaign.objects.filter(pk=wanted).first()


def _rounds(campaign: Campaign | None) -> dict[int, str]:
    """Return what rounds are called, by id; with their campaign where there are many."""
    found = Round.objects.select_related("campaign").order_by("-campaign", "number")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    return {one.pk: _round_name(one, alone=campaign is not None) for one in found}


def _round_name(one: Round, *, alone: bool) -> str:
    name = _("Round %(n)d") % {"n": one.number}
    return name if alone else f"{one.campaign.title} · {name}"
