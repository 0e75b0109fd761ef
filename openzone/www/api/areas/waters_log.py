"""The common log of two sides: exchanges, patrols with findings, emergencies, warnings."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.custody import photos_of
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.waters import Given, desk, look
from openzone.www.api.bodies import Body
from openzone.www.api.errors import require
from openzone.www.api.paging import Limit
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import waters as shapes
from openzone.www.api.values import FileIn, Id, Line
from openzone.www.forms import waters as page
from openzone.www.forms import waters_log as log_page
from openzone.zone.people.models import Unit
from openzone.zone.waters import permissions
from openzone.zone.waters.enums import Kind
from openzone.zone.waters.models import Finding, LogEntry, Water
from openzone.zone.waters.selectors import register as rows
from openzone.zone.waters.selectors.counting import in_period
from openzone.zone.waters.services import log


class FindingIn(Body):
    """What a patrol came upon, with photographs."""

    text: Line
    place: Line = ""
    files: list[FileIn] = []


class DoneIn(Body):
    """That an emergency is over, with a proof."""

    text: Line
    files: list[FileIn]


class CheckIn(Body):
    """Whether what was reported is good; a reason where it is not."""

    good: bool
    reason: Line = ""


class EntryIn(Body):
    """An entry of the common log; sides by code, water and section by id."""

    one: Line
    other: Line
    water: Id
    section: Id | None = None
    on: dt.date
    title: Line
    term: Line = ""
    level: Line = ""
    text: Line = ""
    place: Line = ""
    ours: Line = ""
    theirs: Line = ""
    reference: Line = ""
    casualties: int | None = None


@desk.read("/waters/log/{kind}", Text("共同台账", "The common log"), list[shapes.EntryOut])
def list_entries(asked: Asked, kind: Line, first: dt.date, last: dt.date, limit: Limit = 50) -> Any:
    """The rows behind a counter: `exchange`, `patrol`, `incident` or `dispatch`."""
    look(asked)
    if kind not in Kind.values:
        raise Http404
    found = in_period(rows.log(asked.user, asked.on, kind), first, last)
    return [_entry(one) for one in found[:limit]]


@desk.act("/waters/log/{kind}", Text("登记", "Write down"), EntryIn, shapes.EntryOut, status=201)
def record_entry(asked: Asked, sent: EntryIn, kind: Line) -> Any:
    """Write an entry down for one's own side."""
    look(asked)
    if kind not in Kind.values:
        raise Http404
    given = sent.model_dump()
    one, other = (get_object_or_404(Unit, code=given.pop(name)) for name in ("one", "other"))
    own = rows.sections(asked.user, asked.on)
    water = get_object_or_404(Water.objects.filter(sections__in=own).distinct(),
                              pk=given.pop("water"))  # fmt: skip
    number = given.pop("section")
    section = get_object_or_404(own, pk=number) if number else None
    made = log.record_entry(
        **of(asked, "now", "user"), kind=kind, one=one, other=other, water=water,
        section=section, **given,
    )  # fmt: skip
    return _entry(made)


@desk.act("/waters/entries/{pk}/confirm", Text("确认", "Confirm"), None, shapes.EntryOut)
def confirm_entry(asked: Asked, sent: Any, pk: Id) -> Any:
    """Confirm what the other side wrote down."""
    return _entry(log.confirm_entry(**of(asked, "now", "user"), entry=_logged(asked, pk)))


@desk.act("/waters/entries/{pk}/withdraw", Text("撤回", "Withdraw"), page.ReasonForm,
          shapes.EntryOut)  # fmt: skip
def withdraw_entry(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take back what one's own side wrote down."""
    given = {**of(asked, "now", "user"), "entry": _logged(asked, pk), **sent.given()}
    return _entry(log.withdraw_entry(**given))


@desk.act("/waters/entries/{pk}/measure", Text("处置措施", "A measure"), log_page.MeasureForm,
          shapes.EntryOut)  # fmt: skip
def add_measure(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write down what one's own side did in an emergency."""
    found = _logged(asked, pk)
    log.add_measure(**of(asked, "now", "user"), entry=found, **sent.given())
    return _entry(found)


@desk.act("/waters/findings/{pk}/case", Text("转为任务", "Make it a task"), None,
          shapes.EntryOut)  # fmt: skip
def make_case(asked: Asked, sent: Any, pk: Id) -> Any:
    """Open a task for a finding of a patrol."""
    found = get_object_or_404(Finding.objects.select_related("entry"), pk=pk)
    entry = _logged(asked, found.entry_id)
    log.make_case(**of(asked, "now", "user"), finding=found)
    return _entry(entry)


@desk.act("/waters/entries/{pk}/finding", Text("登记发现", "A finding"), FindingIn,
          shapes.EntryOut)  # fmt: skip
def add_finding(asked: Asked, sent: FindingIn, pk: Id) -> Any:
    """Write down what a patrol came upon."""
    found, files = _logged(asked, pk), photos_of(asked, sent.files).files
    given: Given = {"entry": found, "text": sent.text, "place": sent.place, "files": files}
    log.add_finding(**of(asked, "now", "user"), **given)
    return _entry(found)


@desk.act("/waters/entries/{pk}/done", Text("报告完成", "Report as done"), DoneIn,
          shapes.EntryOut)  # fmt: skip
def report_done(asked: Asked, sent: DoneIn, pk: Id) -> Any:
    """Report an emergency as over; the other side checks it."""
    found, files = _logged(asked, pk), photos_of(asked, sent.files).files
    given: Given = {"entry": found, "text": sent.text, "files": files}
    return _entry(log.report_done(**of(asked, "now", "user"), **given))


@desk.act("/waters/entries/{pk}/check", Text("核验", "Check"), CheckIn, shapes.EntryOut)
def check_done(asked: Asked, sent: CheckIn, pk: Id) -> Any:
    """Close an emergency the other side reported as over, or send it back with a reason."""
    given = {"entry": _logged(asked, pk), **sent.model_dump()}
    return _entry(log.check_done(**of(asked, "now", "user"), **given))


def _logged(asked: Asked, pk: int) -> LogEntry:
    look(asked)
    related = ("one", "other", "water", "case")
    found = get_object_or_404(LogEntry.objects.select_related(*related), pk=pk)
    require(permissions.may_see(asked.user, found.sides, asked.on))
    return found


def _entry(one: LogEntry) -> Given:
    names = ("kind", "term", "on", "title", "text", "state", "casualties")
    return {
        "id": one.pk, **{name: getattr(one, name) for name in names}, "water": one.water.name,
        "one": one.one.code, "other": one.other.code,
        "case": one.case.number if one.case else None,
    }  # fmt: skip
