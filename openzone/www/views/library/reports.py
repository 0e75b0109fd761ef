"""What is not right with the library, and asking its addresses."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.text import Text
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.importing import Work
from openzone.www.views.exports import send
from openzone.www.views.library.common import of_document, of_item
from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of
from openzone.zone.policies.jobs import check_links
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.packs import library
from openzone.zone.policies.permissions import may_keep_library
from openzone.zone.policies.selectors import reports

SHOWN = 50
JOB = "policies:links:"


class Row(NamedTuple):
    """A line of a report: what it is about, where to mend it, and what is wrong."""

    title: str
    href: str
    detail: str


class Report(NamedTuple):
    """One thing to look after."""

    name: str
    title: Promise | str
    hint: Promise | str
    rows: list[Row]


def _of(one: Document | Item) -> tuple[str, str]:
    return one.title, of_item(one) if isinstance(one, Item) else of_document(one)


def _ending(found: Iterable[reports.Ending]) -> list[Row]:
    return [Row(*_of(one.of), f"{one.day.isoformat()} · {_days(one.days)}") for one in found]


def _days(days: int) -> str:
    if days < 0:
        return _("%(n)d days ago") % {"n": -days}
    return _("in %(n)d days") % {"n": days}


def _items(found: Iterable[Item]) -> list[Row]:
    return [Row(*_of(one), one.document.title) for one in found]


def _duplicates(on: dt.date) -> list[Row]:
    return [
        Row(*_of(pair.one), f"{say(pair.reason)} — {pair.other.title} ({pair.other.code})")
        for pair in reports.duplicates()
    ]


def _late(on: dt.date) -> list[Row]:
    return [
        Row(
            *_of(one.document),
            f"{say(one.deadline.term.label.text)} · {one.deadline.result.due.date().isoformat()}"
            f" · {one.deadline.term.source.number}",
        )
        for one in reports.late(on)
    ]


def _stale(on: dt.date) -> list[Row]:
    return [
        Row(
            one.answer.question[:80],
            reverse("library_answer", args=[one.answer.pk]),
            "; ".join(say(reason) for reason in one.reasons),
        )
        for one in reports.stale(on)
    ]


def _dead(on: dt.date) -> list[Row]:
    return [
        Row(
            one.url,
            "",
            f"{one.get_state_display()} · {say(Text(one.reason_zh, one.reason_en))}"
            f" · {timezone.localtime(one.checked_at).date().isoformat()}",
        )
        for one in reports.dead_links()
    ]


Rows = Callable[[dt.date], list[Row]]
REPORTS: tuple[tuple[str, Promise, Promise, Rows], ...] = (
    (
        "late",
        gettext_lazy("Deadlines missed"),
        gettext_lazy("Terms of the documents in the pack, counted in working days."),
        _late,
    ),
    (
        "unconfirmed",
        gettext_lazy("Suggestions to confirm"),
        gettext_lazy("Read out of pasted texts; a person decides."),
        lambda on: _items(reports.unconfirmed()),
    ),
    (
        "expired",
        gettext_lazy("Published but no longer in force"),
        gettext_lazy("Withdraw them, or enter what replaces them."),
        lambda on: _ending(reports.expired(on)),
    ),
    (
        "expiring",
        gettext_lazy("Ending soon"),
        gettext_lazy("Documents, and windows of items."),
        lambda on: _ending(reports.expiring(on)),
    ),
    (
        "duplicates",
        gettext_lazy("Documents that may be one"),
        gettext_lazy("The same number, or nearly the same title."),
        _duplicates,
    ),
    (
        "stale",
        gettext_lazy("Answers under an earlier version"),
        gettext_lazy("Confirm that they still hold, or answer anew."),
        _stale,
    ),
    (
        "without_interpretation",
        gettext_lazy("Items nobody has explained"),
        gettext_lazy("Without a published interpretation of five fields."),
        lambda on: _items(reports.without_interpretation()),
    ),
    (
        "without_owner",
        gettext_lazy("Items without a responsible unit"),
        gettext_lazy("They cannot be published."),
        lambda on: _items(reports.without_owner()),
    ),
    (
        "without_rule",
        gettext_lazy("Items without a rule"),
        gettext_lazy("Nobody is found by them; a person decides every application."),
        lambda on: _items(reports.without_rule()),
    ),
    (
        "without_budget",
        gettext_lazy("Subsidies without a budget"),
        gettext_lazy("Nothing can be paid from them."),
        lambda on: _items(reports.without_budget()),
    ),
    (
        "links",
        gettext_lazy("Addresses that do not answer"),
        gettext_lazy("As of the last check. Addresses of private networks are not asked."),
        _dead,
    ),
)


def _reports(on: dt.date) -> list[Report]:
    return [Report(name, title, hint, rows(on)) for name, title, hint, rows in REPORTS]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what is to be looked after, the urgent first."""
    require(may_keep_library(request.user, timezone.localdate()))
    job = Job.objects.filter(unique_key__startswith=JOB).order_by("-pk").first()
    context = {
        "reports": _reports(asof.as_of(request)),
        "shown": SHOWN,
        "within": library().expiring_within_days,
        "work": Work(job, progress_of(job.pk)) if job else None,
        "addresses": len(reports.addresses()),
    }
    return render(request, "library/reports.html", context)


@require_POST
def ask_links(request: HttpRequest) -> HttpResponse:
    """Queue the check of every address; pressing the button twice while it runs queues it once."""
    require(may_keep_library(request.user, timezone.localdate()))
    actor = Actor.of(request.user)
    running = Job.objects.filter(unique_key__startswith=JOB, finished_at__isnull=True)
    if not running.exists():
        number = Job.objects.filter(unique_key__startswith=JOB).count()
        enqueue_once(check_links, f"{JOB}{number}", actor=[actor.kind, actor.id, actor.label])
    return redirect("library_reports")


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download every report as one list; the log notes it."""
    require(may_keep_library(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    rows = [
        (str(report.title), row.title, row.detail)
        for report in _reports(as_of)
        for row in report.rows
    ]
    table = excel.Table(
        headings=[_("Report"), _("Title"), _("Details")],
        rows=rows,
        notes=[_("State of the policy library"), excel.as_of_note(as_of)],
        synthetic=excel.in_example_zone(),
    )
    filters = {"as_of": as_of.isoformat()}
    name = _("State of the policy library")
    return send(request, table, what="library_reports", name=name, filters=filters)
