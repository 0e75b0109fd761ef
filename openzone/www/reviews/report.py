"""The meeting pack: what is laid on the table before a meeting, and its record afterwards."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from openzone.engines.worktime.localtime import to_local
from openzone.www.papers.content import Grid, Paper, Section
from openzone.www.reviews.words import Line, title_of
from openzone.zone.people.models import User
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import Decision, Meeting


def paper_of(
    meeting: Meeting, lines: Sequence[Line], decisions: Sequence[Decision],
    expected: Sequence[User], *, synthetic: bool,
) -> Paper:  # fmt: skip
    """Return the pack of a meeting; once it was held, its record."""
    held = meeting.state == MeetingState.HELD
    sections = [
        _agenda(lines),
        *_counted(lines),
        *([_results(lines), _minutes(meeting)] if held else []),
        _decisions(decisions),
        _people(meeting, expected, held=held),
    ]
    sample = [_("示例 Example: synthetic data, no real company")] if synthetic else []
    return Paper(f"{title_of(meeting)} {meeting.on}", [*sample, *_notes(meeting)], sections)


def _notes(meeting: Meeting) -> list[str]:
    notes = [
        f"{meeting.on} {meeting.begins:%H:%M} – {meeting.ends:%H:%M}",
        _("What changed since %(day)s") % {"day": meeting.since},
        str(meeting.get_state_display()),
    ]
    if meeting.state == MeetingState.CANCELLED:
        notes.append(meeting.reason)
    if meeting.prepared_at is None:
        notes.append(_("The agenda is not made yet: this is how it would be today."))
    else:
        at = f"{to_local(meeting.prepared_at):%Y-%m-%d %H:%M}"
        notes.append(_("Agenda as of %(at)s") % {"at": at})
    return notes


def _agenda(lines: Sequence[Line]) -> Section:
    headings = [_("No."), _("Project"), _("Why"), _("Matter"), _("State"), _("Due")]
    rows = [
        (
            str(place), one.project.name if one.project else "—", one.why, one.title, one.said,
            one.due or "—",
        )
        for place, one in enumerate(lines, start=1)
    ]  # fmt: skip
    return Section(
        _("Agenda"), () if rows else [_("Nothing needs this meeting.")], _grid(headings, rows)
    )


def _counted(lines: Sequence[Line]) -> list[Section]:
    """Return how many matters there are of each kind, where there are any."""
    counts: dict[str, int] = {}
    for one in lines:
        counts[one.why] = counts.get(one.why, 0) + 1
    said = "；".join(f"{why} {count}" for why, count in counts.items())
    return [Section(_("At a glance"), [said])] if said else []


def _results(lines: Sequence[Line]) -> Section:
    headings = [_("No."), _("Matter"), _("Outcome"), _("Remark")]
    rows = [
        (str(place), one.title, str(one.item.get_outcome_display()), one.item.remark or "—")
        for place, one in enumerate(lines, start=1)
        if one.item is not None
    ]
    return Section(_("What became of each matter"), (), _grid(headings, rows))


def _minutes(meeting: Meeting) -> Section:
    said = meeting.minutes_text.splitlines() or [_("No minutes were written.")]
    return Section(_("Minutes of the meeting"), said)


def _decisions(decisions: Sequence[Decision]) -> Section:
    headings = [_("Number"), _("Decision"), _("Unit"), _("Due"), _("State")]
    rows = [
        (
            one.case.number, one.case.title, one.unit.name, str(one.due),
            _("Carried out") if one.case.closed else _("Open"),
        )
        for one in decisions
    ]  # fmt: skip
    return Section(_("Decisions"), () if rows else [_("None yet.")], _grid(headings, rows))


def _people(meeting: Meeting, expected: Sequence[User], *, held: bool) -> Section:
    if held:
        names = [str(one) for one in meeting.attendance.select_related("user")]
        return Section(_("Who was there"), ["、".join(names)])
    names = [str(one) for one in expected]
    return Section(_("To take part"), ["、".join(names) or "—"])


def _grid(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid | None:
    return Grid(headings, rows) if rows else None
