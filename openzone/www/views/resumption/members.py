"""The roster, what is behind a number, one member with all its reports, our own members."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.resumption.model import Look
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, answer, posted
from openzone.www.forms import resumption as forms
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_in, page_of
from openzone.www.views.resumption import common
from openzone.zone.resumption import permissions
from openzone.zone.resumption.enums import Side
from openzone.zone.resumption.models import Blocker, Inspection, Member, Membership, WorkReport
from openzone.zone.resumption.packs import blocker_label
from openzone.zone.resumption.selectors.days import PARTS, Day, day_of, part_of
from openzone.zone.resumption.selectors.members import members, own_members
from openzone.zone.resumption.services.reporting import inspect, report
from openzone.zone.resumption.services.roster import enrol, set_unplanned, withdraw
from openzone.zone.resumption.services.sheets import named_in

SPECIAL = ("silent", "unplanned", "doubts")
Row = tuple[Member, Look, list[str]]
"""A member, how it stands on the day, and what sources disagree about."""


@require_GET
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is and was on the roster, in which class, from when to when."""
    found, today = common.season_of(request, pk), timezone.localdate()
    form = forms.RosterFilter(request.GET)
    rows = form.among(members(found)) if form.is_valid() else Member.objects.none()
    part = page_of(request, rows.prefetch_related("memberships"))
    context = common.framed(request, "resumption_roster", today, found) | {
        "form": form, "page": part, "lines": [(one, common.classes_of(one)) for one in part],
    }  # fmt: skip
    return render(
        request, "resumption/roster.html", context, status=200 if form.is_valid() else 400
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an enterprise or a project on the roster."""
    found, who = common.season_of(request, pk), hand(request)
    require(permissions.may_keep(request.user, who.today))
    form = forms.EnrolForm(posted(request), initial={"first_on": found.first_on})

    def do() -> str:
        given = dict(form.cleaned_data)
        made = enrol(**who.of(), season=found, **named_in(given.pop("named"), "named"), **given)
        return reverse("resumption_member", args=[made.member_id])

    words = common.page(_("Put on the roster"), _("Put on the roster"), common.above(found))
    return answer(request, words, form, do)


@require_GET
def behind(request: HttpRequest, pk: int, measure: str, part: str) -> HttpResponse:
    """Show the members behind a number of the daily page."""
    found, today = common.season_of(request, pk), timezone.localdate()
    form = forms.DayForm(request.GET)
    day = day_of(found, common.asked_day(form, found, today))
    spec = next((one for one in day.rules.measures if one.id == measure), None)
    if spec is None or part not in PARTS:
        raise Http404
    klass = str(request.GET.get("klass", ""))
    looks = {one.member.id: one for one in day.looks}
    rows: Sequence[Row] = [(one, looks[one.pk], []) for one in part_of(day, measure, part, klass)]
    context = common.framed(request, "resumption_season", today, found) | {
        "day": day, "spec": spec, "part": part, "klass": common.label_of(klass),
        "page": page_in(request, rows), "heading": say(spec.label.text),
    }  # fmt: skip
    return render(request, "resumption/behind.html", context)


@require_GET
def special(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """Show all who did not report, do not plan to resume, or about whom sources disagree."""
    found, today = common.season_of(request, pk), timezone.localdate()
    if which not in SPECIAL:
        raise Http404
    day = day_of(found, common.asked_day(forms.DayForm(request.GET), found, today))
    looks = {one.member.id: one for one in day.looks}
    told = _told(day, which)
    heading = {
        "silent": _("Not reported for the day"), "unplanned": _("Not planning to resume"),
        "doubts": _("Sources disagree"),
    }[which]  # fmt: skip
    rows = [(day.by_id[one], looks[one], said) for one, said in told.items()]
    context = common.framed(request, "resumption_season", today, found) | {
        "day": day, "page": page_in(request, rows), "heading": heading,
    }  # fmt: skip
    return render(request, "resumption/behind.html", context)


def _told(day: Day, which: str) -> dict[int, list[str]]:
    """Return who is special on a day, with all that sources disagree about."""
    if which != "doubts":
        return {one.member.id: [] for one in (day.silent if which == "silent" else day.unplanned)}
    found: dict[int, list[str]] = {}
    for one in day.doubts:
        found.setdefault(one.member, []).append(say(one.said))
    return found


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one's own firms report, and what they reported for today."""
    today = common.entered(request)
    latest = Prefetch("reports", WorkReport.objects.filter(on=today).order_by("-pk"),
                      to_attr="of_today")  # fmt: skip
    rows = own_members(request.user, today).prefetch_related(latest)
    context = common.framed(request, "resumption_mine", today) | {"members": rows}
    return render(request, "resumption/mine.html", context)


@require_GET
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member: its reports, its electricity, inspections, what is in the way."""
    found, today = common.member_of(request, pk), timezone.localdate()
    mine_too = permissions.may_report(request.user, found, today).allowed
    blockers = Blocker.objects.filter(member=found).select_related("case")
    context = common.framed(request, "", today, found.season) | {
        "member": found, "places": common.classes_of(found), "reports": mine_too,
        "visits": permissions.may_visit(request.user, found, today).allowed,
        "inside": permissions.may_look(request.user, today).allowed,
        "page": page_of(request, found.reports.all()),
        "inspections": found.inspections.all()[:50], "readings": found.readings.all()[:50],
        "blockers": [(one, say(blocker_label(one.kind))) for one in blockers],
        "open": found.season.closed_on is None,
    }  # fmt: skip
    return render(request, "resumption/member.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Report, inspect, note that it does not plan to resume, take it out of a class."""
    found, who = common.member_of(request, pk), hand(request)
    if what not in ACTS:
        raise Http404
    may, do = ACTS[what]
    require(may(request.user, found, who.today))
    return do(request, found, who)


def _report(request: HttpRequest, found: Member, who: Hand) -> HttpResponse:
    last = found.reports.first()
    initial = {"staff_normal": last.staff_normal, "resumed": last.resumed} if last else {}
    form = forms.WorkReportForm(posted(request), initial=initial)
    own = permissions.speaks(request.user, found, who.today)

    def do() -> str:
        side = Side.SELF if own else Side.VISIT
        report(**who.of("now", "user"), member=found, side=side, **form.given())
        return reverse("resumption_member", args=[found.pk])

    sub = found.name if own else _("On behalf of %(name)s; it is marked so.") % {"name": found.name}
    return answer(
        request, _words(request, found, _("Daily report"), _("Send the report"), sub), form, do
    )


def _inspect(request: HttpRequest, found: Member, who: Hand) -> HttpResponse:
    form = forms.InspectionForm(posted(request), initial={"visitors": str(who.user)})

    def do() -> str:
        inspect(**who.of("now"), member=found, **form.cleaned_data)
        return reverse("resumption_member", args=[found.pk])

    words = _words(request, found, _("Inspection"), _("Record"), found.name)
    return answer(request, words, form, do)


def _unplanned(request: HttpRequest, found: Member, who: Hand) -> HttpResponse:
    form = forms.UnplannedForm(posted(request), initial={"on": found.unplanned_from or who.today})

    def do() -> str:
        set_unplanned(**who.of(), member=found, **form.cleaned_data)
        return reverse("resumption_member", args=[found.pk])

    sub = _("It stays in every denominator and is named with the reason.")
    words = _words(request, found, _("Not planning to resume"), _("Save"), sub)
    return answer(request, words, form, do)


def _withdraw(request: HttpRequest, found: Member, who: Hand) -> HttpResponse:
    form = forms.WithdrawForm(posted(request))
    form.of(Membership.objects.filter(member=found))

    def do() -> str:
        withdraw(**who.of(), member=found, **form.cleaned_data)
        return reverse("resumption_member", args=[found.pk])

    words = _words(request, found, _("Take out of a class"), _("Take out of it"), found.name)
    return answer(request, words, form, do)


def _keeps(user: Any, found: Member, on: Any) -> Any:
    return permissions.may_keep(user, on)


ACTS: Mapping[str, tuple[Callable[..., Any], Callable[[HttpRequest, Member, Hand], HttpResponse]]]
ACTS = {
    "report": (permissions.may_report, _report),
    "inspect": (permissions.may_visit, _inspect),
    "unplanned": (permissions.may_report, _unplanned),
    "withdraw": (_keeps, _withdraw),
}


def _words(request: HttpRequest, found: Member, heading: str, button: str, sub: str) -> Any:
    crumbs = common.above(found.season, found)
    if not permissions.may_look(request.user, timezone.localdate()).allowed:
        crumbs = (Crumb(reverse("resumption_mine"), _("Our reports")), crumbs[-1])
    return common.page(heading, button, crumbs, sub)


@require_GET
def inspections(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who went where and what was found."""
    found, today = common.season_of(request, pk), timezone.localdate()
    rows = Inspection.objects.filter(member__season=found)
    context = common.framed(request, "resumption_inspections", today, found) | {
        "page": page_of(request, rows.select_related("member__enterprise", "member__project")),
    }  # fmt: skip
    return render(request, "resumption/inspections.html", context)
