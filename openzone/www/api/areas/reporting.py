"""Reports of firms and parks: rounds, filling in, deciding, reminding, and what they come to."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.reporting.scope import Pair
from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import reporting as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line, Whole
from openzone.www.forms import reporting as page
from openzone.zone.indicators.enums import AttributionKey
from openzone.zone.indicators.models import Entity, Report, ReportRound
from openzone.zone.indicators.permissions import may_see_firms
from openzone.zone.indicators.report_packs import form_label, form_of
from openzone.zone.indicators.report_permissions import (
    may_decide_report,
    may_fill,
    may_list_members,
    may_open_reports,
    may_run,
    may_see_report,
    may_see_round,
    own_reports,
)
from openzone.zone.indicators.selectors.reports import Column, columns, in_unit
from openzone.zone.indicators.selectors.rollups import Line as SumLine
from openzone.zone.indicators.selectors.rollups import RollCell, table
from openzone.zone.indicators.selectors.rounds import chosen, counted
from openzone.zone.indicators.selectors.scopes import ScopeLine, scope_of
from openzone.zone.indicators.services import reminding, reports, rounds
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.FIGURES)
Given = dict[str, Any]


class CellsIn(Body):
    """What was typed and explained, by field; others stay as they are."""

    version: Whole
    cells: dict[str, str] = {}
    notes: dict[str, str] = {}


class VersionIn(Body):
    """The version of the report that was looked at."""

    version: Whole


class ReturnIn(Body):
    """Why a report is sent back, as a whole or by field."""

    version: Whole
    cells: dict[str, str] = {}
    reason: str = ""


class EntityIn(Body):
    """A subject of figures."""

    entity: Id


@desk.read("/reports", Text("我的报表", "Reports one fills in"), shapes.ReportPart)
def list_reports(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """The reports the caller fills in, the latest first."""
    require(may_open_reports(asked.user, asked.on))
    part = latest(own_reports(asked.user, asked.on), after, limit)
    return {**part, "items": [_line(one) for one in part["items"]]}


@desk.read("/reports/{pk}", Text("报表", "One report"), shapes.ReportOut)
def get_report(asked: Asked, pk: Id) -> Any:
    """A report with its own past beside every cell, and what is asked about it."""
    return _report(_seen(asked, pk))


@desk.act("/reports/{pk}/save", Text("暂存报表", "Keep a draft"), CellsIn, shapes.ReportOut)
def save(asked: Asked, sent: CellsIn, pk: Id) -> Any:
    """Keep what was typed; refused where somebody else changed it since `version`."""
    found = _filled(asked, pk)
    kept = reports.save_report(
        **of(asked, "now"), report=found, version=sent.version, cells=sent.cells, notes=sent.notes
    )
    return _report(kept)


@desk.act("/reports/{pk}/submit", Text("报送报表", "Hand in"), VersionIn, shapes.ReportOut)
def submit(asked: Asked, sent: VersionIn, pk: Id) -> Any:
    """Hand a report in; the first thing to be mended or explained is named by its field."""
    found = _filled(asked, pk)
    given = of(asked, "now", "user")
    return _report(reports.submit_report(**given, report=found, version=sent.version))


@desk.act("/reports/{pk}/approve", Text("审定报表", "Approve and lock"), VersionIn,
          shapes.ReportOut)  # fmt: skip
def approve(asked: Asked, sent: VersionIn, pk: Id) -> Any:
    """Approve a report somebody else handed in; its figures are on record from now on."""
    found = _decided(asked, pk)
    given = of(asked, "now", "user")
    reports.approve_report(**given, report=found, version=sent.version)
    return _report(_seen(asked, pk))


@desk.act("/reports/{pk}/return", Text("退回报表", "Send back"), ReturnIn, shapes.ReportOut)
def send_back(asked: Asked, sent: ReturnIn, pk: Id) -> Any:
    """Send a report back with the reasons; nothing in it is changed."""
    found = _decided(asked, pk)
    back = reports.return_report(
        **of(asked, "now"), report=found, version=sent.version, cells=sent.cells,
        reason=sent.reason,
    )  # fmt: skip
    return _report(back)


@desk.act("/reports/{pk}/correct", Text("更正报表", "Correct"), page.WhyReportForm,
          shapes.ReportOut)  # fmt: skip
def correct(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Open a locked report to whoever reported it; what is locked stays on record."""
    found = _filled(asked, pk)
    return _report(reports.start_correction(**of(asked, "now"), report=found, **sent.given()))


@desk.act("/reports/{pk}/excuse", Text("免报", "Excuse"), page.WhyReportForm, shapes.ReportOut)
def excuse(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Excuse somebody from a report, with the reason."""
    found = _seen(asked, pk)
    require(may_run(asked.user, asked.on))
    return _report(rounds.excuse(**of(asked, "now"), report=found, **sent.given()))


@desk.read("/report-rounds", Text("报送期次", "Rounds"), list[shapes.RoundOut])
def list_rounds(asked: Asked, limit: Limit = 50) -> Any:
    """Rounds with how far they are, the one due last first."""
    require(may_see_round(asked.user, asked.on))
    return [_round(one) for one in counted()[:limit]]


@desk.act("/report-rounds", Text("开始报送", "Open a round"), page.RoundForm, shapes.RoundOut,
          status=201)  # fmt: skip
def open_round(asked: Asked, sent: Sent) -> Any:
    """Open a round for everybody who owes the form."""
    require(may_run(asked.user, asked.on))
    made = rounds.open_round(**of(asked, "now"), **sent.given(), on=asked.on)
    return _round(counted().get(pk=made.pk))


@desk.read("/report-rounds/{pk}/reports", Text("应报名单", "Who reports"), shapes.MemberPart)
def list_members(
    asked: Asked, pk: Id, which: Line = "", after: After = 0, limit: Limit = 50
) -> Any:  # fmt: skip
    """Who owes a report; `which`: owed, late, or a state."""
    found = _of_round(asked, pk)
    require(may_list_members(asked.user, asked.on))
    part = latest(chosen(found, which), after, limit)
    return {**part, "items": [_member(one) for one in part["items"]]}


@desk.act("/report-rounds/{pk}/remind", Text("催报", "Remind"), None, shapes.RoundOut)
def remind(asked: Asked, sent: Any, pk: Id) -> Any:
    """Remind whoever has not reported, each once a day."""
    found = _run(asked, pk)
    reminding.remind(**of(asked, "now"), report_round=found, on=asked.on)
    return _round(counted().get(pk=pk))


@desk.act("/report-rounds/{pk}/close", Text("关闭期次", "Close"), None, shapes.RoundOut)
def close(asked: Asked, sent: Any, pk: Id) -> Any:
    """Close a round: its sums are shown to people of the zone as known by now."""
    rounds.close_round(**of(asked, "now"), report_round=_run(asked, pk))
    return _round(counted().get(pk=pk))


@desk.act("/report-rounds/{pk}/members", Text("增加填报单位", "Add somebody"), EntityIn,
          shapes.RoundOut)  # fmt: skip
def add_member(asked: Asked, sent: EntityIn, pk: Id) -> Any:
    """Let somebody else owe the report of a round as well."""
    found = _run(asked, pk)
    entity = get_object_or_404(Entity, pk=sent.entity)
    rounds.add_to_round(**of(asked, "now"), report_round=found, entity=entity)
    return _round(counted().get(pk=pk))


@desk.read("/report-rounds/{pk}/sums", Text("汇总", "What they come to"), shapes.SumsOut)
def get_sums(asked: Asked, pk: Id, key: Line = "economic") -> Any:
    """Sums by `economic` zone or `division`; none that would reveal too few firms."""
    found = _of_round(asked, pk)
    if key not in AttributionKey.values:
        raise Http404
    made = table(found, key, sees_firms=may_see_firms(asked.user, asked.on).allowed)
    return {
        "key": key, "withheld": made.withheld,
        "lines": [
            {"field": one.field.id, "label": Words.of(one.field.label.text),
             "indicator": one.field.indicator, "unit": one.field.unit,
             "sums": [_sum(cell, one) for cell in one.cells]}
            for one in made.lines
        ],
    }  # fmt: skip


@desk.read("/report-rounds/{pk}/scope", Text("同口径增速", "Growth of the same firms"),
           shapes.ScopeOut)  # fmt: skip
def get_scope(asked: Asked, pk: Id) -> Any:
    """Return who joined the list of a round of firms, who left, and how the same firms grew."""
    found = _of_round(asked, pk)
    if form_of(found.form).who == "park":
        raise Http404
    made = scope_of(found, sees_firms=may_see_firms(asked.user, asked.on).allowed)
    named = may_list_members(asked.user, asked.on).allowed
    return {
        "earlier": str(made.earlier), "withheld": made.withheld, "stayed_count": made.stayed,
        "joined_count": len(made.joined), "left_count": len(made.left),
        "joined": [one.pk for one in made.joined] if named else None,
        "left": [one.pk for one in made.left] if named else None,
        "lines": [
            {"field": one.field.id, "label": Words.of(one.field.label.text),
             "indicator": one.field.indicator, "unit": one.field.unit,
             "all": _pair(one.all, one, shows=one.shows_all),
             "same": _pair(one.same, one, shows=one.shows_same)}
            for one in made.lines
        ],
    }  # fmt: skip


def _seen(asked: Asked, pk: int) -> Report:
    require(may_open_reports(asked.user, asked.on))
    rows = Report.objects.select_related("round", "entity__enterprise", "entity__unit")
    found = get_object_or_404(rows, pk=pk)
    require(may_see_report(asked.user, found, asked.on))
    return found


def _filled(asked: Asked, pk: int) -> Report:
    found = _seen(asked, pk)
    require(may_fill(asked.user, found, asked.on))
    return found


def _decided(asked: Asked, pk: int) -> Report:
    found = _seen(asked, pk)
    require(may_decide_report(asked.user, found, asked.on))
    return found


def _of_round(asked: Asked, pk: int) -> ReportRound:
    require(may_see_round(asked.user, asked.on))
    return get_object_or_404(ReportRound, pk=pk)


def _run(asked: Asked, pk: int) -> ReportRound:
    require(may_run(asked.user, asked.on))
    return get_object_or_404(ReportRound, pk=pk)


def _member(one: Any) -> Given:
    names = ("state", "late", "submitted_at", "reminded")
    return {"id": one.pk, "entity": one.entity_id, "entity_name": one.entity.name,
            **{name: getattr(one, name) for name in names}}  # fmt: skip


def _line(one: Report) -> Given:
    return {
        "id": one.pk, "round": one.round_id, "form": one.round.form, "period": one.round.period,
        "entity": one.entity_id, "entity_name": one.entity.name, "due_on": one.round.due_on,
        "state": one.state, "late": one.late,
    }  # fmt: skip


def _report(one: Report) -> Given:
    return _line(one) | {
        "version": one.version, "reason": one.reason,
        "cells": [_cell(each) for each in columns(one)],
    }  # fmt: skip


def _cell(one: Column) -> Given:
    return {
        "field": one.field.id, "label": Words.of(one.field.label.text),
        "indicator": one.field.indicator, "unit": one.field.unit, "typed": one.typed,
        "value": one.value, "note": one.note, "returned": one.returned, "last": one.last_value,
        "year_ago": one.year_value, "change_pct": one.year_change,
        "asked": [{"kind": each.kind, "reason": Words.of(each.reason), "hard": each.hard}
                  for each in one.asked],
    }  # fmt: skip


def _round(one: Any) -> Given:
    names = ("form", "period", "due_on", "closed_at", "members", "owed", "waiting", "approved",
             "late", "excused")  # fmt: skip
    return {"id": one.pk, "name": Words.of(form_label(one.form)),
            **{name: getattr(one, name) for name in names}}  # fmt: skip


def _sum(cell: RollCell, line: SumLine) -> Given:
    total = cell.sum.total if cell.known else None
    return {
        "place": cell.place.slug, "entity": cell.place.pk or None, "name": cell.place.name,
        "total": None if total is None else in_unit(round(total, 6), line.field),
        "hidden": cell.hidden, "reported": len(cell.sum.of), "members": cell.sum.members,
        "complete": cell.sum.complete,
    }  # fmt: skip


def _pair(pair: Pair, line: ScopeLine, *, shows: bool) -> Given:
    before, now = (
        in_unit(round(one.total, 6), line.field) if shows and one.total is not None else None
        for one in (pair.before, pair.now)
    )
    return {
        "before": before, "now": now, "growth_pct": pair.growth if shows else None,
        "hidden": not shows, "firms": len(pair.now.of),
        "complete": pair.before.complete and pair.now.complete,
    }  # fmt: skip
