"""The register: who speaks, spoke and will speak for each unit."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.models import Absence, Spokesperson
from openzone.zone.spokespersons.permissions import may_keep_register, may_use_desk
from openzone.zone.spokespersons.selectors.consultations import Filter, State, consultations
from openzone.zone.spokespersons.selectors.register import (
    Duty,
    Speaker,
    duties_on,
    gaps,
    speakers_on,
    without_speaker,
)


@dataclass(frozen=True, slots=True)
class Row:
    """How a unit stands."""

    unit: Unit
    speaker: Speaker | None
    duty: Duty | None
    waiting: int


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show every unit that has or should have a spokesperson, those without one first."""
    today = timezone.localdate()
    require(may_use_desk(request.user, today))
    context = {
        "rows": _rows(today),
        "without": without_speaker(today),
        "may_keep": may_keep_register(request.user, today).allowed,
    }
    return render(request, "spokespersons/register.html", context)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: its terms with their gaps, absences, policies, questions."""
    today = timezone.localdate()
    require(may_use_desk(request.user, today))
    found = get_object_or_404(Unit, pk=pk)
    terms = found.spokespersons.select_related("user").order_by("-valid_from", "-pk")
    context = {
        "unit": found,
        "today": today,
        "speaker": speakers_on(today, [found]).get(found.pk),
        "terms": list(terms),
        "latest": terms.first(),
        "gaps": gaps(terms, today),
        "absences": _absences(terms),
        "duty": next((duty for duty in duties_on(today) if duty.unit == found), None),
        "waiting": _waiting(found),
        "may_keep": may_keep_register(request.user, today).allowed,
    }
    return render(request, "spokespersons/unit.html", context)


def _rows(today: dt.date) -> list[Row]:
    speakers = speakers_on(today)
    duties = {duty.unit.pk: duty for duty in duties_on(today)}
    units = Unit.objects.filter(pk__in=speakers.keys() | duties.keys()).order_by("code")
    rows = [Row(unit, speakers.get(unit.pk), duties.get(unit.pk), _waiting(unit)) for unit in units]
    return sorted(rows, key=lambda row: row.speaker is not None and row.speaker.user is not None)


def _waiting(unit: Unit) -> int:
    return consultations(Filter(State.OPEN, unit), timezone.now()).count()


def _absences(terms: QuerySet[Spokesperson]) -> list[Absence]:
    absences = Absence.objects.filter(spokesperson__in=terms).order_by("-first", "-pk")
    return list(absences.select_related("substitute", "spokesperson__user"))
