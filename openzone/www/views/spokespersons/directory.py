"""Whom to ask: the spokespersons, for everybody, without a login."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.zone.people.models import Unit
from openzone.zone.policies.models import Document, Item
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.permissions import may_ask, may_use_desk
from openzone.zone.spokespersons.selectors.register import (
    Speaker,
    duties_on,
    speakers_on,
    without_speaker,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the directory."""

    unit: Unit
    speaker: Speaker
    documents: Sequence[Document]
    items: Sequence[Item]


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Show who speaks for which policies, the limit that is promised, and the duties."""
    today = timezone.localdate()
    inside = may_use_desk(request.user, today).allowed
    context = {
        "entries": entries(today),
        "duties": pack().duties,
        "scheme": pack().scheme,
        "may_ask": may_ask(request.user, today).allowed,
        "inside": inside,
        "without": without_speaker(today) if inside else [],
    }
    return render(request, "spokespersons/directory.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the directory. It is public, so the log notes nobody."""
    today = timezone.localdate()
    rows = [
        (
            str(entry.unit),
            str(entry.speaker.user),
            entry.speaker.term.phone,
            _list([document.title for document in entry.documents]),
            _list([item.title for item in entry.items]),
        )
        for entry in entries(today)
    ]
    headings = [
        _("Unit"),
        _("Spokesperson"),
        _("Public telephone"),
        _("Policy documents"),
        _("Policy items"),
    ]
    table = excel.Table(headings, rows, [excel.as_of_note(today)], excel.in_example_zone())
    return excel.download(table, _("Spokespersons"))


def entries(on: dt.date) -> list[Entry]:
    """Return the lines of a day; a unit where nobody answers is not published."""
    duties = {duty.unit.pk: duty for duty in duties_on(on)}
    found = []
    for unit, speaker in speakers_on(on).items():
        if speaker.user is not None:
            duty = duties.get(unit)
            made = (duty.documents, duty.items) if duty else ((), ())
            found.append(Entry(speaker.term.unit, speaker, *made))
    return found


def _list(titles: Sequence[str]) -> str | None:
    return "；".join(titles) or None
