"""A section in a campaign: both sides item by item, entering, arranging, sampling again."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.water.classes import Item
from openzone.engines.water.deviation import Apart
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.waters import ArrangeForm, SampleForm, sample_initial
from openzone.www.hands import Hand, hand
from openzone.www.views.waters import common
from openzone.www.views.waters.campaigns import line
from openzone.www.waters.said import (
    LimitLine,
    class_label,
    figures,
    how_written,
    items_for,
    limit_lines,
    measured_text,
    percent,
    value_text,
)
from openzone.zone.errors import Refused
from openzone.zone.waters.models import Planned
from openzone.zone.waters.permissions import may_write, side_of
from openzone.zone.waters.selectors.standing import Result, Standing, standing_of
from openzone.zone.waters.services import samples
from openzone.zone.waters.services.campaigns import arrange


class ItemLine(NamedTuple):
    """An item as the page shows it: both sides, how far apart, what stands, the class."""

    label: str
    unit: str
    parts: list[str]
    apart: str
    bound: str
    far: bool
    again: str
    value: str
    level: str
    decides: bool
    limits: list[LimitLine]


@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a section in a campaign."""
    planned, today = common.planned_of(request, pk), timezone.localdate()
    standing = standing_of(planned.campaign, today)
    mine = side_of(request.user, planned.campaign.sides, today)
    found = standing.result(planned.pk)
    shown = line(standing, found, mine)
    context = common.framed(request, "water_campaigns", today) | {
        "planned": planned, "campaign": planned.campaign, "standing": standing, "line": shown,
        "mine": mine, "found": found, "lines": _lines(standing, found, shown),
        "writes": may_write(request.user, planned.campaign, today).allowed,
        "locked": mine is not None and standing.locked(mine),
        "versions": [(one, figures(one.values)) for one in found.samples
                     if standing.revealed or (mine and one.side_id == mine.pk)],
        "quarter": say(planned.campaign.of_quarter.label),
    }  # fmt: skip
    return render(request, "waters/result.html", context)


def _lines(standing: Standing, found: Result, shown: dict[str, Any]) -> list[ItemLine]:
    parts = [sample.values if sample else {} for sample, _level, _why in shown["parts"]]
    joint = found.joint if standing.revealed else None
    again = found.examined if standing.revealed else {}
    apart = {one.item.id: one for one in joint.apart} if joint else {}
    judged = {one.item.id: one for one in joint.sample.judged} if joint else {}
    deciding = {one.item.id for one in joint.sample.deciding} if joint else set()
    lines = []
    for item in items_for(found.body):
        if not any(item.id in one for one in (*parts, again)):
            continue
        far, place = apart.get(item.id), judged.get(item.id)
        lines.append(ItemLine(
            say(item.label), item.unit, _texts(parts, shown, item),
            _apart(far), _bound(far), bool(far and far.too_far),
            value_text(again, item.id) if item.id in again else "",
            measured_text(joint.values[item.id]) if joint and item.id in joint.values else "",
            class_label(place.place) if place else "—",
            bool(place and place.place) and item.id in deciding,
            limit_lines(item, found.body),
        ))  # fmt: skip
    return lines


def _texts(parts: list[dict[str, str]], shown: dict[str, Any], item: Item) -> list[str]:
    there = [sample is not None for sample, _level, _why in shown["parts"]]
    return [
        value_text(values, item.id) if seen else "—"
        for values, seen in zip(parts, there, strict=True)
    ]


def _apart(one: Apart | None) -> str:
    if one is None or one.deviation is None:
        return "—"
    return str(one.deviation) if one.absolute else percent(one.deviation)


def _bound(one: Apart | None) -> str:
    if one is None:
        return ""
    return str(one.bound) if one.absolute else percent(one.bound)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Enter one's own figures, arrange, ask for sampling again, enter what that found."""
    planned, who = common.planned_of(request, pk), hand(request)
    require(may_write(request.user, planned.campaign, who.today))
    acts = {"enter": _enter, "arrange": _arrange, "again": _again, "ask": _ask}
    if what not in acts or (what == "ask" and request.method != "POST"):
        raise Http404
    return acts[what](request, planned, who)


def _enter(request: HttpRequest, planned: Planned, who: Hand) -> HttpResponse:
    standing = standing_of(planned.campaign, who.today)
    mine = side_of(who.user, planned.campaign.sides, who.today)
    found = standing.result(planned.pk)
    last = found.of(mine) if mine else None
    initial = sample_initial(last.values if last else {}, last.on if last else planned.sample_on,
                             last.laboratory if last else "")  # fmt: skip
    form = SampleForm(posted(request), items=items_for(found.body), initial=initial)

    def do() -> str:
        samples.record_sample(**who.of("now", "user"), planned=planned, **form.given())
        return reverse("water_result", args=[planned.pk])

    heading = _("Correct our figures") if standing.revealed else _("Enter our figures")
    return answer(request, common.page(heading, _("Save"), _above(planned), how_written()),
                  form, do)  # fmt: skip


def _arrange(request: HttpRequest, planned: Planned, who: Hand) -> HttpResponse:
    mine = side_of(who.user, planned.campaign.sides, who.today)
    first = mine is not None and mine.pk == planned.campaign.one_id
    sampler = planned.one_sampler if first else planned.other_sampler
    initial = {"sample_on": planned.sample_on, "sampler": sampler}
    form = ArrangeForm(posted(request), initial=initial)

    def do() -> str:
        arrange(**who.of("now", "user"), planned=planned, **form.cleaned_data)
        return reverse("water_campaign", args=[planned.campaign_id])

    words = common.page(_("Day and sampler"), _("Save"), _above(planned))
    return answer(request, words, form, do)


def _again(request: HttpRequest, planned: Planned, who: Hand) -> HttpResponse:
    found = standing_of(planned.campaign, who.today).result(planned.pk)
    wanted = found.joint.open if found.joint else ()
    items = [one for one in items_for(found.body) if one.id in wanted] or items_for(found.body)
    form = SampleForm(posted(request), items=items, initial={"on": who.today})
    del form.fields["reason"]

    def do() -> str:
        given = form.given()
        del given["reason"]
        samples.record_again(**who.of("now", "user"), planned=planned, **given)
        return reverse("water_result", args=[planned.pk])

    words = common.page(_("Figures of the third laboratory"), _("Save"), _above(planned))
    return answer(request, words, form, do)


def _ask(request: HttpRequest, planned: Planned, who: Hand) -> HttpResponse:
    try:
        samples.ask_again(**who.of("now", "user"), planned=planned)
        messages.success(request, _("The task is open."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("water_result", planned.pk)


def _above(planned: Planned) -> Any:
    return common.above(str(planned.section), reverse("water_result", args=[planned.pk]))
