"""The board of tracks, a track as a graph with its twin in words, an item."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.projects.permits import PermitState, may_issue, may_review
from openzone.engines.text import Text
from openzone.packs.permits import Bundle
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.approvals import TrackFilter, matter_names
from openzone.www.hands import user_of
from openzone.www.views.approvals.common import item_of, outside, seen
from openzone.www.views.approvals.drawing import graph, state_of
from openzone.www.views.exports import send
from openzone.www.views.projects.common import seen as seen_project
from openzone.zone.approvals import permissions as may
from openzone.zone.approvals.enums import StepKind, TrackState
from openzone.zone.approvals.models import Track, Trip
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.listing import Filter, listed, over_the_limit, trips_of
from openzone.zone.approvals.selectors.standing import (
    Board,
    Line,
    board,
    boards,
    names_of,
    open_promises,
    proof_of,
)
from openzone.zone.people.permissions import allow, deny, may_see_console
from openzone.zone.registry.permissions import may_export

SHOWN = 200


class Shown(NamedTuple):
    """A line as drawn: how it stands in words, and what is still missing."""

    line: Line
    word: Text
    kind: str
    after: Text
    missing: Text


def shown(found: Board) -> list[Shown]:
    """Return the lines of a track as drawn."""
    labels = found.labels
    return [
        Shown(one, *state_of(one), _joined([labels[code] for code in one.item.after]),
              names_of(one.missing))
        for one in found.lines
    ]  # fmt: skip


def _joined(labels: list[Text]) -> Text:
    return Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the tracks somebody may see, and of each what is late and with whom."""
    today = timezone.localdate()
    require(may.may_list(request.user, today))
    form = TrackFilter(request.GET)
    valid = form.is_valid()
    rows = may.visible(request.user, today)
    found = listed(rows, form.chosen(), timezone.now()) if valid else []
    every = boards(rows.filter(state=TrackState.RUNNING), timezone.now())
    context = {
        "form": form, "found": found[:SHOWN], "count": len(found), "shown": SHOWN,
        "asked": rows.filter(state=TrackState.ASKED).count(),
        "running": len(every), "late": sum(bool(one.late) for one in every),
        "over": len(over_the_limit(one.track.pk for one in every)),
        "limit": pack().trips.limit,
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "approvals/list.html", context, status=200 if valid else 400)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the items of the tracks of a list; the log notes who took them away."""
    today = timezone.localdate()
    require(may.may_list(request.user, today))
    require(may_export(request.user, today))
    form = TrackFilter(request.POST)
    chosen = form.chosen() if form.is_valid() else Filter()
    found = listed(may.visible(request.user, today), chosen, timezone.now())
    sheet = excel.Table(
        [_("Number"), _("Project"), _("Path"), _("Item"), _("Unit"), _("State"), _("Due"),
         _("Working days late"), _("Forecast"), _("Papers missing")],
        [_cells(one, line) for one in found for line in shown(one)],
        [_("Approvals"), excel.as_of_note(today)],
        any(one.track.project.synthetic for one in found) or excel.in_example_zone(),
    )  # fmt: skip
    return send(request, sheet, what="approvals", name=_("Approvals"))


def _cells(found: Board, one: Shown) -> list[Any]:
    track, line = found.track, one.line
    return [
        track.number, track.project.name, say(track.label),
        say(line.label), str(line.item.unit), say(one.word),
        line.clock.due.date() if line.clock else None, line.late_days or None, line.by,
        say(one.missing) or None,
    ]  # fmt: skip


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody of an enterprise its projects, and what was asked for them."""
    user, today = user_of(request), timezone.localdate()
    zone_only = may_see_console(user, today).allowed and not user.enterprise_posts.exists()
    require(deny("仅限企业人员", "for people of an enterprise") if zone_only else allow())
    context = {
        "found": boards(may.own_tracks(user, today), timezone.now()),
        "projects": may.own_projects(user, today).order_by("-pk"),
    }
    return render(request, "approvals/mine.html", context)


@require_GET
def of_a_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was asked for a project, also what ended."""
    project, today = seen_project(request, pk), timezone.localdate()
    context = {
        "project": project, "found": boards(Track.objects.filter(project=project), timezone.now()),
        "may_ask": may.may_ask(request.user, project, today).allowed,
    }  # fmt: skip
    return render(request, "approvals/project.html", context)


@require_GET
def track(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a track: the graph, the same in words, what to hand in, who is late, trips."""
    found, today = seen(request, pk), timezone.localdate()
    known = board(found, timezone.now())
    user, fresh = request.user, known.track
    open_ = fresh.state in (TrackState.ASKED, TrackState.RUNNING)
    runs = fresh.state == TrackState.RUNNING
    coordinates = may.may_coordinate(user, fresh, today).allowed
    hands_in = may.may_hand_in(user, fresh, today).allowed and runs
    context = {
        "board": known, "track": fresh, "graph": graph(known), "lines": shown(known),
        "proof": proof_of(fresh),
        "chain": _joined([known.labels[code] for code in known.forecast.chain]),
        "bundles": _bundles(fresh, known), "promises": _promises(known),
        "papers": [(names_of([code]), one) for code, one in known.given.items()],
        "trips": _trips(fresh), "limit": pack().trips, "excluded": pack().excluded,
        "path": pack().path(fresh.path), "outside": outside(request, fresh),
        "coordinates": coordinates and open_, "hands_in": hands_in, "runs": runs,
        "withdraws": may.may_withdraw(user, fresh, today).allowed and open_,
    }  # fmt: skip
    return render(request, "approvals/track.html", context)


def _bundles(found: Track, known: Board) -> list[tuple[Bundle, int, int, bool]]:
    """Return the bundles: papers asked once, papers of the items, whether anything is open."""
    path = pack().path(found.path)
    lines = {one.item.code: one for one in known.lines}
    return [
        (
            bundle, len(pack().papers_once(bundle.items)),
            sum(len(lines[code].item.papers) for code in bundle.items if code in lines),
            any(_open(lines[code]) for code in bundle.items if code in lines),
        )
        for bundle in (path.bundles if path else ())
    ]  # fmt: skip


def _open(line: Line) -> bool:
    if line.state in (PermitState.RED, PermitState.LAPSED, PermitState.BLUE):
        return False
    reviewed = line.last is not None and line.last.kind == StepKind.REVIEWED
    return line.filed is None or line.filed.returned or reviewed


def _promises(known: Board) -> list[tuple[Text, Any, bool]]:
    today = timezone.localdate()
    return [
        (known.labels.get(one.code) or names_of([one.code]), one, one.until < today)
        for one in open_promises(known)
    ]


def _trips(found: Track) -> list[tuple[str, list[Trip], bool]]:
    limit = pack().trips.limit
    names = dict(matter_names(found))
    return [
        (names.get(matter, matter), rows, len(rows) > limit)
        for matter, rows in trips_of(found).items()
    ]


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item: how it stands, its papers, its steps, and what can be done with it."""
    row, today = item_of(pk), timezone.localdate()
    seen(request, row.track_id)
    known = board(row.track, timezone.now())
    line, runs = known.line(row.code), row.track.state == TrackState.RUNNING
    answers = may.may_answer(request.user, row, today)
    engine = next(one for one in known.items if one.id == row.code)
    in_hand = line.filed is not None and not line.filed.returned
    reviewed = line.last is not None and line.last.kind == StepKind.REVIEWED
    context = {
        "item": row, "track": row.track, "line": line, "shown": _of(known, row.code),
        "steps": list(row.steps.select_related("by").order_by("-pk")),
        "papers": [(names_of([code]), known.given.get(code),
                    known.promised.get(("paper", code)), pack().paper(code))
                   for code in row.papers],
        "pack": pack().item(row.code), "opinion": pack().opinion, "answers": answers,
        "may_answer": answers.allowed and runs and in_hand and line.state is not PermitState.RED,
        "why_no_review": may_review(engine, known.walk), "reviewed": reviewed,
        "why_no_issue": may_issue(engine, known.walk, known.labels, today),
        "hands_in": runs and may.may_hand_in(request.user, row.track, today).allowed
        and _open(line),
        "coordinates": runs and may.may_coordinate(request.user, row.track, today).allowed,
        "outside": outside(request, row.track),
    }  # fmt: skip
    return render(request, "approvals/item.html", context)


def _of(known: Board, code: str) -> Shown:
    return next(one for one in shown(known) if one.line.item.code == code)
