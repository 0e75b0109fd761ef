"""Resumption of work: seasons, rates of a day, rosters, reports, electricity, blockers."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import resumption as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id
from openzone.www.forms import resumption as page
from openzone.zone.people.enums import KeyArea
from openzone.zone.resumption import permissions
from openzone.zone.resumption.enums import Side
from openzone.zone.resumption.models import Blocker, Member, Season
from openzone.zone.resumption.selectors.days import Day, Line, day_of, last_day, trend
from openzone.zone.resumption.selectors.members import members, own_members
from openzone.zone.resumption.services import (
    blocking,
    power,
    reminding,
    reporting,
    roster,
    seasons,
)
from openzone.zone.resumption.services.sheets import named_in

desk = Desk(KeyArea.RESUMPTION)
Given = dict[str, Any]


@desk.read("/resumption", Text("复工复产各期", "Seasons"), list[shapes.SeasonOut])
def list_seasons(asked: Asked, limit: Limit = 50) -> Any:
    """The seasons, the latest first."""
    _look(asked)
    return list(Season.objects.all()[:limit])


@desk.act("/resumption", Text("新建一期", "Open a season"), page.SeasonForm, shapes.SeasonOut,
          status=201)  # fmt: skip
def open_season(asked: Asked, sent: Sent) -> Any:
    """Open a season; it keeps the measures of the day."""
    require(permissions.may_keep(asked.user, asked.on))
    return seasons.open_season(**of(asked, "now", "user"), **sent.given())


@desk.act("/resumption/seasons/{pk}/close", Text("结束并封存", "Close"), page.CloseForm,
          shapes.SeasonOut)  # fmt: skip
def close_season(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Close a season; its figures are frozen."""
    return seasons.close_season(**of(asked, "now"), season=_kept(asked, pk), **sent.given())


@desk.read("/resumption/seasons/{pk}/day", Text("某日情况", "A day"), shapes.DayOut)
def get_day(asked: Asked, pk: Id, on: dt.date | None = None) -> Any:
    """Every measure by class with the members behind it, doubts, who has not reported."""
    found = _season(asked, pk)
    last = last_day(found, asked.on)
    day = day_of(found, max(found.first_on, min(on or last, last)))
    return {
        "season": found.pk, "on": day.on,
        "rates": [rate for line in day.lines for rate in _rates(day, line)],
        "doubts": [{"member": one.member, "kind": one.kind, "said": Words.of(one.said)}
                   for one in day.doubts],
        "silent": [one.member.id for one in day.silent],
        "unplanned": [one.member.id for one in day.unplanned],
    }  # fmt: skip


@desk.read("/resumption/seasons/{pk}/trend", Text("逐日走势", "The trend"),
           list[shapes.PointOut])  # fmt: skip
def get_trend(asked: Asked, pk: Id) -> Any:
    """Every measure of every day and class; as frozen where the season is closed."""
    return [one._asdict() for one in trend(_season(asked, pk), asked.on)]


@desk.act("/resumption/seasons/{pk}/remind", Text("提醒未报", "Remind"), None,
          shapes.RemindedOut)  # fmt: skip
def remind(asked: Asked, sent: Any, pk: Id) -> Any:
    """Remind who has not reported for today, once a day."""
    found = _kept(asked, pk)
    return {"reminded": reminding.remind(**of(asked, "now"), season=found, on=asked.on)}


@desk.read("/resumption/seasons/{pk}/members", Text("名册", "The roster"), shapes.MemberPart)
def list_members(asked: Asked, pk: Id, after: After = 0, limit: Limit = 50) -> Any:
    """Who is and was on the roster."""
    rows = members(_season(asked, pk)).prefetch_related("memberships")
    part = latest(rows, after, limit)
    return {**part, "items": [_member(one) for one in part["items"]]}


@desk.act("/resumption/seasons/{pk}/members", Text("列入名册", "Put on the roster"),
          page.EnrolForm, shapes.MemberOut, status=201)  # fmt: skip
def enrol(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Put an enterprise or a project, by its name, into a class."""
    found, given = _kept(asked, pk), dict(sent.given())
    named = named_in(given.pop("named"), "named")
    return _member(roster.enrol(**of(asked), season=found, **named, **given).member)


@desk.read("/resumption/mine", Text("本企业应报", "What we report"), list[shapes.MemberOut])
def list_own(asked: Asked) -> Any:
    """What the caller's firms have on rosters of open seasons."""
    require(permissions.may_list(asked.user, asked.on))
    return [_member(one) for one in own_members(asked.user, asked.on)]


@desk.read("/resumption/members/{pk}", Text("名册成员", "A member"), shapes.MemberOut)
def get_member(asked: Asked, pk: Id) -> Any:
    """A member with its places on the roster."""
    return _member(_of(asked, pk))


@desk.read("/resumption/members/{pk}/reports", Text("填报记录", "Its reports"),
           list[shapes.ReportOut])  # fmt: skip
def list_reports(asked: Asked, pk: Id, limit: Limit = 50) -> Any:
    """Its reports, the latest day first."""
    return list(_of(asked, pk).reports.all()[:limit])


@desk.act("/resumption/members/{pk}/reports", Text("填报", "Report"), page.WorkReportForm,
          shapes.ReportOut, status=201)  # fmt: skip
def report(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Report for a day; by others than the firm's own people it is marked so."""
    found = _of(asked, pk)
    require(permissions.may_report(asked.user, found, asked.on))
    own = permissions.speaks(asked.user, found, asked.on)
    given = sent.form().given()
    return reporting.report(**of(asked, "now", "user"), member=found,
                            side=Side.SELF if own else Side.VISIT, **given)  # fmt: skip


@desk.act("/resumption/members/{pk}/inspections", Text("登记核查", "Record an inspection"),
          page.InspectionForm, shapes.InspectionOut, status=201)  # fmt: skip
def inspect(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Record what visitors found; the member's own report is not touched."""
    found = _of(asked, pk)
    require(permissions.may_visit(asked.user, found, asked.on))
    return reporting.inspect(**of(asked, "now"), member=found, **sent.given())


@desk.act("/resumption/members/{pk}/unplanned", Text("不计划复工", "Not planning to resume"),
          page.UnplannedForm, shapes.MemberOut)  # fmt: skip
def unplanned(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Note that it does not plan to resume, or does after all; it stays in the denominators."""
    found = _of(asked, pk)
    require(permissions.may_report(asked.user, found, asked.on))
    return _member(roster.set_unplanned(**of(asked), member=found, **sent.given()))


@desk.act("/resumption/members/{pk}/withdraw", Text("移出名册", "Take out of a class"),
          page.WithdrawForm, shapes.MemberOut)  # fmt: skip
def withdraw(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take a member out of a class after a last day."""
    found = _of(asked, pk)
    require(permissions.may_keep(asked.user, asked.on))
    roster.withdraw(**of(asked), member=found, **sent.given())
    return _member(_of(asked, pk))


@desk.act("/resumption/members/{pk}/power", Text("写入用电量", "Electricity of a day"),
          page.PowerForm, shapes.ReadingOut, status=201)  # fmt: skip
def record_power(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Keep the use of an account on a day, and that of its base month where it is given."""
    found, given = _of(asked, pk), dict(sent.given())
    require(permissions.may_keep(asked.user, asked.on))
    base = given.pop("base")
    if base is not None:
        power.set_base(**of(asked), member=found, month_kwh=base, source=given["source"],
                       account=given["account"])  # fmt: skip
    return power.record_power(**of(asked, "now"), member=found, **given)


@desk.read("/resumption/seasons/{pk}/blockers", Text("困难问题", "Blockers"),
           list[shapes.BlockerOut])  # fmt: skip
def list_blockers(asked: Asked, pk: Id, limit: Limit = 50) -> Any:
    """What is in the way, the latest first."""
    rows = Blocker.objects.filter(member__season=_season(asked, pk)).select_related("case")
    return [_blocker(one) for one in rows[:limit]]


@desk.act("/resumption/blockers/{pk}/raise", Text("转为诉求", "Raise as a request"),
          page.RaiseForm, shapes.BlockerOut)  # fmt: skip
def raise_case(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Open a request for a blocker; a second time gives the one it has."""
    found = _visited(asked, pk)
    blocking.raise_case(**of(asked, "now", "user"), blocker=found, **sent.given())
    return _blocker(Blocker.objects.select_related("case").get(pk=pk))


@desk.act("/resumption/blockers/{pk}/end", Text("困难已消除", "No longer in the way"),
          page.EndBlockerForm, shapes.BlockerOut)  # fmt: skip
def end_blocker(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say how a blocker without a request ended."""
    found = _visited(asked, pk)
    return _blocker(blocking.end_blocker(**of(asked), blocker=found, on=asked.on, **sent.given()))


def _look(asked: Asked) -> None:
    require(permissions.may_look(asked.user, asked.on))


def _season(asked: Asked, pk: int) -> Season:
    _look(asked)
    return get_object_or_404(Season, pk=pk)


def _kept(asked: Asked, pk: int) -> Season:
    require(permissions.may_keep(asked.user, asked.on))
    return get_object_or_404(Season, pk=pk)


def _of(asked: Asked, pk: int) -> Member:
    rows = Member.objects.select_related("season", "enterprise", "project__enterprise")
    found = get_object_or_404(rows.prefetch_related("memberships"), pk=pk)
    hide(permissions.may_see(asked.user, found, asked.on))
    return found


def _visited(asked: Asked, pk: int) -> Blocker:
    _look(asked)
    rows = Blocker.objects.select_related("member__season", "member__enterprise",
                                          "member__project__enterprise")  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    require(permissions.may_visit(asked.user, found.member, asked.on))
    return found


def _rates(day: Day, line: Line) -> list[Given]:
    return [
        {
            "klass": line.klass, "measure": spec.id, "family": spec.family, "kind": spec.kind,
            "label": Words.of(spec.label.text), "definition": Words.of(spec.definition.text),
            "part": rate.part, "whole": rate.whole, "value": rate.value,
            **{name: list(getattr(rate, name)) for name in ("yes", "no", "unknown", "outside")},
        }
        for spec, rate in zip(day.rules.measures, line.rates, strict=True)
    ]  # fmt: skip


def _member(one: Member) -> Given:
    names = ("name", "unplanned_from", "unplanned_because")
    return {
        "id": one.pk, "enterprise": one.enterprise_id, "project": one.project_id,
        **{name: getattr(one, name) for name in names}, "places": list(one.memberships.all()),
    }  # fmt: skip


def _blocker(one: Blocker) -> Given:
    names = ("kind", "text", "amount", "first_on", "is_open")
    return {
        "id": one.pk, "member": one.member_id, "case": one.case_id,
        **{name: getattr(one, name) for name in names},
    }  # fmt: skip
