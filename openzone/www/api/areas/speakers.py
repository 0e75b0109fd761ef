"""What the service centre does about spokespersons: appoint, hand over, end, stand in."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.areas.questions import desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import PersonOut, UnitOut
from openzone.www.api.values import Id, Line
from openzone.www.forms import spokespersons as page
from openzone.www.forms.people import EndForm
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.models import Absence, Spokesperson
from openzone.zone.spokespersons.permissions import may_keep_register
from openzone.zone.spokespersons.services import register as services

__all__ = ["desk"]  # one router with the questions


class AbsenceOut(Schema):
    """Days on which somebody stands in, both included."""

    id: int
    substitute: PersonOut
    first: dt.date
    last: dt.date
    note: str


class TermOut(Schema):
    """Who speaks for a unit from when to when, and who stands in."""

    id: int
    unit: UnitOut
    user: PersonOut
    phone: str
    valid_from: dt.date
    valid_to: dt.date | None
    appointment: str
    absences: list[AbsenceOut]


@desk.read("/spokespersons/terms", Text("发言人任期", "Terms of spokespersons"), list[TermOut])
def list_terms(asked: Asked) -> Any:
    """Every term, with those that ended, by unit."""
    require(may_keep_register(asked.user, asked.on))
    return _terms()


@desk.act("/units/{code}/spokesperson", Text("任命发言人", "Appoint a spokesperson"),
          page.AppointForm, TermOut, status=201)  # fmt: skip
def appoint(asked: Asked, sent: Sent, code: Line) -> Any:
    """Let somebody speak for a unit that has nobody."""
    unit = _unit(asked, code)
    made = services.appoint(actor=asked.actor, unit=unit, **sent.given(unit))
    return _shown(made.pk)


@desk.act("/units/{code}/spokesperson/hand-over", Text("发言人交接", "Hand over"),
          page.SpeakerForm, TermOut, status=201)  # fmt: skip
def hand_over(asked: Asked, sent: Sent, code: Line) -> Any:
    """Let somebody follow the spokesperson; the old term ends the day before."""
    unit = _unit(asked, code)
    made = services.hand_over(actor=asked.actor, unit=unit, **sent.given(unit))
    return _shown(made.pk)


@desk.act("/spokespersons/terms/{pk}/end", Text("结束任期", "End a term"), EndForm, TermOut)
def end_term(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let a term end without a successor."""
    services.end_term(actor=asked.actor, term=_term(asked, pk), last_day=sent.given()["last_day"])
    return _shown(pk)


@desk.act("/spokespersons/terms/{pk}/phone", Text("更正公开电话", "Correct the telephone"),
          page.PhoneForm, TermOut)  # fmt: skip
def change_phone(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Correct the published telephone."""
    services.change_phone(actor=asked.actor, term=_term(asked, pk), **sent.given())
    return _shown(pk)


@desk.act("/spokespersons/terms/{pk}/absences", Text("登记代理", "Record an absence"),
          page.AbsenceForm, TermOut, status=201)  # fmt: skip
def record_absence(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let somebody stand in for some days."""
    term = _term(asked, pk)
    services.record_absence(actor=asked.actor, term=term, **sent.given(term.unit))
    return _shown(pk)


@desk.act("/spokespersons/absences/{pk}/end", Text("提前结束代理", "End an absence earlier"),
          EndForm, TermOut)  # fmt: skip
def end_absence(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let an absence end earlier; a last day before its first strikes it out."""
    require(may_keep_register(asked.user, asked.on))
    found = get_object_or_404(Absence.objects.select_related("spokesperson__unit"), pk=pk)
    services.end_absence(actor=asked.actor, absence=found, last_day=sent.given()["last_day"])
    return _shown(found.spokesperson_id)


def _unit(asked: Asked, code: str) -> Unit:
    require(may_keep_register(asked.user, asked.on))
    return get_object_or_404(Unit, code=code)


def _term(asked: Asked, pk: int) -> Spokesperson:
    require(may_keep_register(asked.user, asked.on))
    return get_object_or_404(Spokesperson.objects.select_related("unit", "user"), pk=pk)


def _terms() -> "QuerySet[Spokesperson]":
    rows = Spokesperson.objects.select_related("unit", "user")
    return rows.prefetch_related("absences__substitute")


def _shown(pk: int) -> Spokesperson:
    return _terms().get(pk=pk)
