"""What the closing report of a programme says, before anybody decides what it looks like."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.papers.content import Grid, Paper, Section
from openzone.www.templatetags.suggestions import percent
from openzone.zone.reforms.models import CarriedTask, Task
from openzone.zone.reforms.selectors.closings import Closed
from openzone.zone.reforms.selectors.statistics import Score


def paper_of(found: Closed, *, synthetic: bool) -> Paper:
    """Return the closing report."""
    programme = found.programme
    notes = [f"{programme.first_on} – {programme.last_on}", programme.document]
    sample = [_("示例 Example: synthetic data, no real company")] if synthetic else []
    return Paper(
        _("Closing report: %(title)s") % {"title": programme.title},
        [*sample, *(note for note in notes if note)],
        [_said(found), _areas(found.areas), _done(found.done), _carried(found.carried)],
    )


def _said(found: Closed) -> Section:
    whole, closing = found.whole, found.closing
    said = [
        closing.summary,
        _("%(done)s of %(total)s tasks done, %(time)s of them in time; %(carried)s go on.")
        % {"done": whole.done, "total": whole.total, "time": whole.done_in_time,
           "carried": len(found.carried)},
        _("Asked for by %(who)s, %(at)s.") % {"who": closing.asked_by, "at": _at(closing.asked_at)},
        _ruled(found),
        *(
            _("Reopened by %(who)s, %(at)s: %(why)s")
            % {"who": one.reopened_by, "at": _at(one.reopened_at), "why": one.reason}
            for one in found.reopenings
        ),
    ]  # fmt: skip
    return Section(_("What was achieved"), said)


def _ruled(found: Closed) -> str:
    ruling = getattr(found.closing, "ruling", None)
    if ruling is None:
        return _("Not confirmed yet.")
    words = (
        _("Confirmed by %(who)s, %(at)s.")
        if ruling.confirmed
        else _("Returned by %(who)s, %(at)s.")
    )
    said = words % {"who": ruling.ruled_by, "at": _at(ruling.ruled_at)}
    return f"{said} {ruling.remark}".strip()


def _areas(areas: list[Score]) -> Section:
    rows = [(one.name, str(one.total), str(one.done), percent(one.completion)) for one in areas]
    headings = [_("Area"), _("Reform tasks"), _("Done"), _("Share done")]
    return Section(_("By area"), (), Grid(headings, rows))


def _done(tasks: list[Task]) -> Section:
    headings = [_("Number"), _("Task"), _("Lead unit"), _("Due"), _("Done on"), _("Evidence")]
    rows = [
        (one.number, one.title, one.lead.name, str(one.due_on), str(one.done_on), _evidence(one))
        for one in tasks
    ]
    return Section(_("Tasks that are done"), (), Grid(headings, rows))


def _evidence(task: Task) -> str:
    told = task.reports.filter(percent=100, check_result__passed=True).order_by("-pk").first()
    return told.evidence if told else "—"


def _carried(rows: list[CarriedTask]) -> Section:
    headings = [
        _("Number"),
        _("Task"),
        _("Lead unit"),
        _("Next programme"),
        _("New day"),
        _("Reason"),
    ]
    cells = [
        (one.task.number, one.task.title, one.task.lead.name, one.into.title, str(one.due_on),
         one.reason)
        for one in rows
    ]  # fmt: skip
    return Section(_("Tasks that go on"), (), Grid(headings, cells))


def _at(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
