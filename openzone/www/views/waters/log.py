"""The common log: lists by kind, one entry with all that happened to it, what can be done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.files.gate import MEDIA_TYPES
from openzone.engines.files.gate import Kind as FileKind
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.waters import ReasonForm
from openzone.www.forms.waters_log import DoneForm, EntryForm, FindingForm, LogFilter, MeasureForm
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.waters import common
from openzone.www.views.waters.overview import narrowed
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.packs import type_of
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import deny
from openzone.zone.waters.enums import EntryState, Kind
from openzone.zone.waters.models import Finding, LogEntry, WaterFile
from openzone.zone.waters.packs import level_label, term_label
from openzone.zone.waters.permissions import may_act, may_see, side_of, units_of
from openzone.zone.waters.selectors.register import log, sections
from openzone.zone.waters.services import log as services

NO_SIDE = ("仅限某一断面一方的人员登记", "recorded by the people of a side of a section")
EMPTY = {
    Kind.EXCHANGE: lambda: _(
        "Write down what was sent to the other side; it confirms the receipt."
    ),
    Kind.PATROL: lambda: _("Write down who walked where, with what was found."),
    Kind.INCIDENT: lambda: _("An emergency opens a case; both sides write down what they do."),
    Kind.DISPATCH: lambda: _("Write down warnings passed on and what was ordered."),
}


def _kind(name: str) -> Kind:
    if name not in Kind.values:
        raise Http404
    return Kind(name)


@require_GET
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a log; the rows behind a counter where a period is given."""
    today, what = common.entered(request), _kind(kind)
    form = LogFilter(request.GET)
    valid = form.is_valid()
    rows = log(request.user, today, what)
    found = page_of(request, narrowed(rows, form) if valid else rows.none())
    context = common.framed(request, what.value, today) | {
        "kind": what.value, "heading": what.label, "form": form, "page": found,
        "lines": [(one, say(term_label(one.kind, one.term)) if one.term else "") for one in found],
        "advice": EMPTY[what](), "exchange_books": what in (Kind.EXCHANGE, Kind.PATROL),
    }  # fmt: skip
    return render(request, "waters/log.html", context, status=200 if valid else 400)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Write an entry down for one's own side."""
    today, what = common.entered(request), _kind(kind)
    mine, own = units_of(request.user, today), sections(request.user, today)
    sides = {unit for one in own for unit in (one.one_id, one.other_id)}
    if not mine & sides:
        require(deny(*NO_SIDE))
    who = hand(request)
    form = EntryForm(
        posted(request), request.FILES or None, kind=what, initial=_begin(own, mine, who)
    )
    form.offer(sorted(mine), own)

    def do() -> str:
        photos = form.taken(request)
        made = services.record_entry(
            **who.of("now", "user"), kind=what.value, files=photos.files, **form.cleaned_data
        )
        return reverse("water_entry", args=[what, made.pk])

    crumbs = common.above(str(what.label), reverse("water_log", args=[what]))
    return answer(request, common.page(str(what.label), _("Save"), crumbs), form, do)


def _begin(own: Any, mine: Any, who: Hand) -> dict[str, Any]:
    first = next((one for one in own if one.one_id in mine or one.other_id in mine), None)
    if first is None:
        return {"on": who.today}
    ours, theirs = first.sides if first.one_id in mine else first.sides[::-1]
    return {"on": who.today, "one": ours.code, "other": theirs.code, "water": first.water_id}


@require_GET
def entry(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show an entry with its files, findings or measures, and what can be done."""
    found, today = common.entry_of(request, _kind(kind), pk), timezone.localdate()
    mine = side_of(request.user, found.sides, today)
    files = list(found.files.all())
    context = common.framed(request, kind, today) | {
        "entry": found, "kind": kind, "heading": Kind(kind).label, "mine": mine,
        "term": say(term_label(found.kind, found.term)) if found.term else "",
        "level": say(level_label(found.level)) if found.level else "",
        "files": [one for one in files if one.finding_id is None],
        "findings": [(one, [file for file in files if file.finding_id == one.pk])
                     for one in found.findings.select_related("side", "case")],
        "measures": found.measures.select_related("side"),
        "acts": acts_of(found, mine.pk if mine else None), "stage": stage_of(found),
    }  # fmt: skip
    return render(request, "waters/entry.html", context)


def stage_of(found: LogEntry) -> str:
    """Return how far the case of an entry has come, for readers who cannot open it."""
    if found.case is None:
        return ""
    stage = type_of(found.case.version).stages.get(found.case.stage)
    return say(stage.label) if stage else ""


def acts_of(found: LogEntry, mine: int | None) -> list[tuple[str, str, bool]]:
    """Return what somebody's side can do: its name, its label, whether a click does it."""
    if mine is None:
        return []
    state, own = EntryState(found.state), mine == found.one_id
    offered = list[tuple[str, str, bool]]()
    if found.kind == Kind.INCIDENT:
        if state == EntryState.RECORDED:
            offered += [
                ("measure", _("Record a measure"), False),
                ("done", _("Report as done"), False),
            ]
        if state == EntryState.REPORTED and mine != found.reported_side_id:
            offered += [("check", _("Check and close"), True), ("return", _("Send back"), False)]
        return offered
    if state == EntryState.RECORDED and not own:
        offered.append(("confirm", _("Confirm"), True))
    live = state in (EntryState.RECORDED, EntryState.CONFIRMED)
    if found.kind == Kind.PATROL and live:
        offered.append(("finding", _("Record a finding"), False))
    if live and own:
        offered.append(("withdraw", _("Withdraw"), False))
    return offered


FORMS: dict[str, tuple[Any, Any]] = {
    "measure": (MeasureForm, services.add_measure),
    "withdraw": (ReasonForm, services.withdraw_entry),
    "finding": (FindingForm, services.add_finding),
    "done": (DoneForm, services.report_done),
    "return": (ReasonForm, services.check_done),
}
CLICKS = ("confirm", "check")


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, kind: str, pk: int, what: str) -> HttpResponse:
    """Confirm, withdraw, add a finding or a measure, report, check, send back."""
    found, who = common.entry_of(request, _kind(kind), pk), hand(request)
    require(may_act(request.user, found.sides, who.today))
    if what in CLICKS and request.method == "POST":
        return _clicked(request, found, who, what)
    if what not in FORMS:
        raise Http404
    make, service = FORMS[what]
    filed = issubclass(make, FindingForm | DoneForm)
    form = make(posted(request), request.FILES or None) if filed else make(posted(request))
    if what == "measure":
        form.initial = {"on": who.today}

    def do() -> str:
        said = {"files": form.taken(request).files} if filed else {}
        said |= {"good": False} if what == "return" else {}
        service(**who.of("now", "user"), entry=found, **form.cleaned_data, **said)
        return reverse("water_entry", args=[found.kind, found.pk])

    label = next((label for name, label, _click in acts_of(found, _mine(who, found))
                  if name == what), found.title)  # fmt: skip
    crumbs = common.above(found.title, reverse("water_entry", args=[found.kind, found.pk]))
    return answer(request, common.page(label, _("Save"), crumbs), form, do)


def _mine(who: Hand, found: LogEntry) -> int | None:
    mine = side_of(who.user, found.sides, who.today)
    return mine.pk if mine else None


def _clicked(request: HttpRequest, found: LogEntry, who: Hand, what: str) -> HttpResponse:
    given = {**who.of("now", "user"), "entry": found}
    try:
        if what == "confirm":
            services.confirm_entry(**given)
        else:
            services.check_done(**given, good=True)
        messages.success(request, _("It is recorded."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("water_entry", found.kind, found.pk)


@require_POST
def make_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a task for a finding."""
    today = common.entered(request)
    related = ("entry__one", "entry__other", "case")
    found = get_object_or_404(Finding.objects.select_related(*related), pk=pk)
    require(may_act(request.user, found.entry.sides, today))
    try:
        services.make_case(**hand(request).of("now", "user"), finding=found)
        messages.success(request, _("The task is open."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("water_entry", found.entry.kind, found.entry_id)


@require_GET
def entry_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a notice to the entry it is about."""
    today = common.entered(request)
    found = get_object_or_404(LogEntry.objects.select_related("one", "other"), pk=pk)
    require(may_see(request.user, found.sides, today))
    return redirect("water_entry", found.kind, found.pk)


@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a photograph or a paper out; the log says to whom."""
    today = common.entered(request)
    row = get_object_or_404(WaterFile.objects.select_related("entry__one", "entry__other"), pk=pk)
    require(may_see(request.user, row.entry.sides, today))
    services.note_look(actor=Actor.of(request.user), file=row)
    with row.file.open("rb") as stored:
        content = stored.read()
    response = HttpResponse(content, content_type=MEDIA_TYPES[FileKind(row.kind)])
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
