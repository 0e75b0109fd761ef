"""Lists: the land areas posted, the results published, and their papers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.evaluations_paper import final_paper, final_table
from openzone.www.formats import say
from openzone.www.hands import hand
from openzone.www.views.evaluations import common
from openzone.www.views.performance.report import download
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.models import Cycle, Outcome
from openzone.zone.evaluations.selectors.data import rows_of
from openzone.zone.evaluations.selectors.items import items_of, pack_of
from openzone.zone.evaluations.selectors.results import latest_run, reason_of
from openzone.zone.registry.services.access import log_export


@require_GET
def land(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the land areas as they were posted, with where each comes from."""
    found, today = common.cycle_of(request, pk), common.entered(request)
    require(permissions.may_see_posted(request.user, found, today))
    items = [one for one in items_of(found) if one.name == "land"]
    own = set(permissions.own_entrants(request.user, today).values_list("pk", flat=True))
    rows = common.part_of(request, rows_of(found, items))
    lines = [
        (row.entrant, row.cells[0],
         items[0].shown(row.cells[0].value) if row.cells[0] and row.cells[0].value else None,
         row.entrant.pk in own)
        for row in rows
    ]  # fmt: skip
    context = common.framed(request, found, "evaluation_land", today) | {
        "page": rows, "lines": lines, "item": items[0] if items else None,
    }  # fmt: skip
    return render(request, "evaluations/land.html", context)


@require_GET
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the list that is published: names, rank and class by group, and no figures."""
    found, today = common.cycle_of(request, pk), common.entered(request)
    require(permissions.may_see_list(request.user, found, today))
    pack, own = pack_of(found), permissions.own_entrants(request.user, today)
    mine = set(own.filter(cycle=found).values_list("pk", flat=True))
    sees = permissions.sees_all(request.user, today)
    context = common.framed(request, found, "evaluation_list", today) | {
        "pack": pack, "run": latest_run(found), "groups": grouped(found),
        "may_open": {one.pk for one in found.entrants.all()} if sees else mine,
    }  # fmt: skip
    return render(request, "evaluations/published.html", context)


def grouped(found: Cycle) -> list[tuple[str, list[dict[str, Any]], list[tuple[str, int]]]]:
    """Return each group with its rows and the count of its classes; groups do not compare."""
    pack = pack_of(found)
    named = common.named(pack)
    rows = Outcome.objects.filter(run=latest_run(found)).select_related("entrant")
    result = []
    for id_, label in common.groups_of(pack).items():
        inside = [one for one in rows if one.group == id_]
        lines = [_line(one, named(id_, one.grade or None)) for one in inside]
        names = list(dict.fromkeys(line["class_"] for line in lines))
        counts = [(name, sum(line["class_"] == name for line in lines)) for name in names]
        if lines:
            result.append((label, lines, counts))
    return result


def _line(one: Outcome, class_: str) -> dict[str, Any]:
    detail, reason = one.detail, reason_of(one.detail)
    note = say(reason) if reason else detail["veto"]
    return {
        "entrant": one.entrant, "rank": one.rank, "of": one.of, "class_": class_,
        "score": one.score, "note": note, "shared": "、".join(detail["shared_with"]),
        "level": detail["level"],
    }  # fmt: skip


@require_POST
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the published list away as Word, PDF or Excel; the log notes it."""
    if kind not in ("word", "pdf", "excel"):
        raise Http404
    found, who = common.cycle_of(request, pk), hand(request)
    require(permissions.may_see_list(request.user, found, who.today))
    groups = grouped(found)
    count = sum(len(rows) for _label, rows, _counts in groups)
    log_export(actor=who.actor, what=f"cycle:{found.pk}", count=count, filters={"kind": kind})
    if kind == "excel":
        return excel.download(final_table(found, groups), found.title)
    return download(final_paper(found, groups), kind, synthetic=found.synthetic)
