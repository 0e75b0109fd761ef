"""The calendar of meetings, and one meeting with everything it needs."""

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.excel import SAMPLE, in_example_zone
from openzone.www.forms.records import RecordChoice
from openzone.www.hands import hand
from openzone.www.papers.content import Paper
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.reviews.report import paper_of
from openzone.www.reviews.words import tier_label, tiers, title_of
from openzone.www.views.reviews.common import lines_of, ran, seen
from openzone.zone.people.models import User
from openzone.zone.registry.services.access import log_export
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import Decision, Meeting, TaskForce
from openzone.zone.reviews.packs import pack
from openzone.zone.reviews.permissions import may_list, may_run
from openzone.zone.reviews.selectors import meetings as selectors
from openzone.zone.reviews.services.planning import prepare_meeting

ANY = ("", "—")


class CalendarForm(forms.Form):
    """Which meetings of which month."""

    month = forms.DateField(
        required=False, input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )  # fmt: skip
    tier = forms.ChoiceField(required=False)
    force = RecordChoice(TaskForce.objects.all(), required=False, empty_label="—")
    mine = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tier"].choices = [ANY, *tiers()]  # type: ignore[attr-defined]


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the meetings of a month, day by day."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = CalendarForm(request.GET or None)
    valid = not form.is_bound or form.is_valid()
    given = form.cleaned_data if form.is_bound and valid else {}
    first = (given.get("month") or today).replace(day=1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    found = _narrowed(request, given, today)
    context = {
        "form": form, "today": today, "first": first, "chosen": given,
        "days": _by_day(selectors.between(found, first, last)),
        "before": first - dt.timedelta(days=1), "after": last + dt.timedelta(days=1),
        "tiers": pack().tiers, "classes": _classes(), "counts": selectors.unclassed(),
        "pack": pack(),
    }  # fmt: skip
    return render(request, "reviews/calendar.html", context, status=200 if valid else 400)


def _narrowed(request: HttpRequest, given: dict[str, Any], today: dt.date) -> Any:
    found = selectors.visible(request.user, today)
    if given.get("mine") and isinstance(request.user, User):
        found = selectors.own(request.user, today)
    chosen = {name: given[name] for name in ("tier", "force") if given.get(name)}
    return found.filter(**chosen)


def _by_day(found: list[Meeting]) -> list[tuple[dt.date, list[tuple[Meeting, str]]]]:
    days: dict[dt.date, list[tuple[Meeting, str]]] = {}
    for one in found:
        days.setdefault(one.on, []).append((one, title_of(one)))
    return list(days.items())


def _classes() -> list[tuple[object, str]]:
    return [(one, "、".join(map(tier_label, one.tiers))) for one in pack().classes]


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: its agenda, decisions, people, and what can be done now."""
    meeting, today = seen(request, pk), timezone.localdate()
    runs = may_run(request.user, meeting, today)
    planned = meeting.state == MeetingState.PLANNED
    context = {
        "meeting": meeting, "title": title_of(meeting), "today": today,
        "lines": lines_of(meeting), "decisions": decisions_of(meeting),
        "expected": selectors.expected(meeting),
        "attendance": meeting.attendance.select_related("user"),
        "climbs": meeting.climbs.select_related("obstacle__case"),
        "runs": runs, "may_prepare": runs.allowed and planned and not meeting.decisions.exists(),
        "may_hold": runs.allowed and planned and meeting.on <= today and meeting.prepared_at,
        "may_decide": runs.allowed and meeting.state != MeetingState.CANCELLED
        and meeting.on <= today,
        "may_move": runs.allowed and planned,
    }  # fmt: skip
    return render(request, "reviews/meeting.html", context)


def decisions_of(meeting: Meeting) -> list[Decision]:
    """Return what a meeting decided, with how far it is."""
    return list(meeting.decisions.select_related("case", "unit", "project"))


@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the agenda."""
    meeting, who = ran(request, pk), hand(request)
    prepare_meeting(**who.of("now"), meeting=meeting)
    return redirect("review", pk)


@require_POST
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the meeting pack away as Word or PDF; the log notes it."""
    meeting, who = seen(request, pk), hand(request)
    if kind not in ("word", "pdf"):
        raise Http404
    synthetic = in_example_zone()
    lines = lines_of(meeting)
    paper = paper_of(
        meeting, lines, decisions_of(meeting), selectors.expected(meeting), synthetic=synthetic
    )
    what = f"meeting:{meeting.pk}"
    log_export(actor=who.actor, what=what, count=len(lines), filters={"kind": kind})
    return _download(paper, kind, synthetic)


def _download(paper: Paper, kind: str, synthetic: bool) -> HttpResponse:
    make, media, ending = (word, DOCX, "docx") if kind == "word" else (pdf, PDF, "pdf")
    name = f"{paper.title}.{ending}"
    response = HttpResponse(make(paper), content_type=media)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{SAMPLE}_{name}" if synthetic else name
    )
    return response
