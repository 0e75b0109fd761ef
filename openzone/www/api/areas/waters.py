"""Joint water monitoring: sections, campaigns, samples of one's own side, counters."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.engines.water.classes import Body as WaterBody
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import Limit
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import waters as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import waters as page
from openzone.www.waters.said import items_for
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit
from openzone.zone.waters import permissions
from openzone.zone.waters.models import Campaign, Planned, Section
from openzone.zone.waters.packs import level_of
from openzone.zone.waters.selectors import register as rows
from openzone.zone.waters.selectors.compliance import compliance
from openzone.zone.waters.selectors.counting import counters
from openzone.zone.waters.selectors.standing import Result, Standing, standing_of, target_on
from openzone.zone.waters.services import campaigns, register, samples

desk = Desk(KeyArea.WATERS)
Given = dict[str, Any]


class SampleIn(Body):
    """What one's own side found: values as written (`0.25`, `<0.01`, `未测`) by item."""

    on: dt.date
    laboratory: Line
    values: dict[str, str]
    reason: Line = ""


@desk.read("/waters/limits/{body}", Text("标准限值", "Limits"), list[shapes.LimitOut])
def list_limits(asked: Asked, body: Line) -> Any:
    """The items that count for a `river` or a `lake`, with every limit and its direction."""
    look(asked)
    if body not in [one.value for one in WaterBody]:
        raise Http404
    kind = WaterBody(body)
    return [
        {"item": one.id, "label": Words.of(one.label), "unit": one.unit,
         "direction": one.direction.value, "limits": list(one.limits[kind])}
        for one in items_for(kind)
    ]  # fmt: skip


@desk.read("/waters/sections", Text("断面", "Sections"), list[shapes.SectionOut])
def list_sections(asked: Asked) -> Any:
    """The sections the caller may see, with today's target."""
    look(asked)
    return [_section(one, asked.on) for one in rows.sections(asked.user, asked.on)]


@desk.act("/waters/sections", Text("登记断面", "Enter a section"), page.SectionForm,
          shapes.SectionOut, status=201)  # fmt: skip
def add_section(asked: Asked, sent: Sent) -> Any:
    """Enter a section with its first target."""
    require(permissions.may_keep(asked.user, asked.on))
    given = sent.given()
    require(permissions.may_act(asked.user, (given["one"], given["other"]), asked.on))
    return _section(register.add_section(**of(asked, "now"), **given), asked.on)


@desk.act("/waters/sections/{pk}/target", Text("登记目标", "Set a target"), page.TargetForm,
          shapes.SectionOut)  # fmt: skip
def set_target(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say which class a section has to have from a day on, by which document."""
    found = _kept(asked, pk)
    register.set_target(**of(asked, "now"), section=found, **sent.given())
    return _section(Section.objects.get(pk=pk), asked.on)


@desk.act("/waters/sections/{pk}/chief", Text("登记河长", "Name a chief"), page.ChiefForm,
          shapes.SectionOut)  # fmt: skip
def name_chief(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say who answers for a section on a side."""
    found = _kept(asked, pk)
    register.name_chief(**of(asked, "now"), section=found, **sent.given())
    return _section(found, asked.on)


@desk.act("/waters/sections/{pk}/close", Text("停用断面", "Close a section"),
          page.CloseSectionForm, shapes.SectionOut)  # fmt: skip
def close_section(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End a section on a day."""
    found = register.close_section(**of(asked), section=_kept(asked, pk), **sent.given())
    return _section(found, asked.on)


@desk.read("/waters/compliance", Text("达标情况", "Targets"), list[shapes.CellOut])
def get_compliance(asked: Asked, on: dt.date | None = None) -> Any:
    """Sections by quarter, the last eight up to a day; what is missing is `unknown`, not met."""
    look(asked)
    day = min(on or asked.on, asked.on)
    return [
        {"section": one.section.pk, "quarter": str(one.quarter), "cell": one.cell.value,
         "target": one.target, "level": _level(one.place),
         "why": Words.of(one.why) if one.why else None}
        for one in compliance(day, sections=rows.sections(asked.user, asked.on))
    ]  # fmt: skip


@desk.read("/waters/counters", Text("计数", "Counters"), shapes.CountersOut)
def get_counters(asked: Asked, first: dt.date, last: dt.date) -> Any:
    """What both sides did in a period, both days included."""
    look(asked)
    found = counters(asked.user, asked.on, first, last)
    return {
        **{name: getattr(found, name) for name in
           ("first", "last", "campaigns", "approved", "floods")},
        "kinds": [
            {"kind": one.kind, "count": one.total, "confirmed": one.confirmed}
            for one in found.kinds
        ], "sentence": Words.of(found.sentence),
    }  # fmt: skip


@desk.read("/waters/campaigns", Text("联合监测", "Campaigns"), list[shapes.CampaignOut])
def list_campaigns(asked: Asked, limit: Limit = 50) -> Any:
    """The campaigns the caller may see, the latest first."""
    look(asked)
    found = rows.campaigns(asked.user, asked.on)[:limit]
    return [_campaign(asked, one) for one in found]


@desk.read("/waters/campaigns/{pk}", Text("一次联合监测", "A campaign"), shapes.CampaignOut)
def get_campaign(asked: Asked, pk: Id) -> Any:
    """A campaign with its results, the other side's only once figures are open."""
    return _campaign(asked, _found(asked, pk))


@desk.act("/waters/campaigns", Text("安排联合监测", "Plan a campaign"), page.CampaignForm,
          shapes.CampaignOut, status=201)  # fmt: skip
def plan_campaign(asked: Asked, sent: Sent) -> Any:
    """Plan a campaign: sections by id, days that are working days of the quarter."""
    look(asked)
    given = sent.form().given()
    return _campaign(asked, campaigns.plan_campaign(**of(asked, "now", "user"), **given))


@desk.act("/waters/campaigns/{pk}/lock", Text("锁定", "Lock"), None, shapes.CampaignOut)
def lock_figures(asked: Asked, sent: Any, pk: Id) -> Any:
    """Lock the figures of one's own side."""
    given = {**of(asked, "now", "user"), "campaign": _found(asked, pk)}
    return _campaign(asked, campaigns.lock_figures(**given))


@desk.act("/waters/campaigns/{pk}/approve", Text("确认", "Approve"), None, shapes.CampaignOut)
def approve_campaign(asked: Asked, sent: Any, pk: Id) -> Any:
    """Approve what both found, for one's own side."""
    given = {**of(asked, "now", "user"), "campaign": _found(asked, pk)}
    return _campaign(asked, campaigns.approve_campaign(**given))


@desk.act("/waters/campaigns/{pk}/cancel", Text("取消", "Call off"), page.ReasonForm,
          shapes.CampaignOut)  # fmt: skip
def cancel_campaign(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Call a campaign off, with a reason."""
    given = {**of(asked, "now", "user"), "campaign": _found(asked, pk), **sent.given()}
    return _campaign(asked, campaigns.cancel_campaign(**given))


@desk.act("/waters/results/{pk}/arrange", Text("改期", "Day and sampler"), page.ArrangeForm,
          shapes.CampaignOut)  # fmt: skip
def arrange(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Move a section to another working day, and say who samples for one's own side."""
    planned = _planned(asked, pk)
    campaigns.arrange(**of(asked, "now", "user"), planned=planned, **sent.given())
    return _campaign(asked, planned.campaign)


@desk.act("/waters/results/{pk}/sample", Text("录入数据", "Enter figures"), SampleIn,
          shapes.CampaignOut)  # fmt: skip
def record_sample(asked: Asked, sent: SampleIn, pk: Id) -> Any:
    """Enter or correct what one's own side found."""
    planned = _planned(asked, pk)
    samples.record_sample(**of(asked, "now", "user"), planned=planned, **sent.model_dump())
    return _campaign(asked, planned.campaign)


@desk.act("/waters/results/{pk}/ask", Text("要求复采", "Ask for it again"), None,
          shapes.CampaignOut)  # fmt: skip
def ask_again(asked: Asked, sent: Any, pk: Id) -> Any:
    """Open the task of sampling again by a third laboratory."""
    planned = _planned(asked, pk)
    samples.ask_again(**of(asked, "now", "user"), planned=planned)
    return _campaign(asked, planned.campaign)


@desk.act("/waters/results/{pk}/again", Text("录入复采", "Third laboratory"), SampleIn,
          shapes.CampaignOut)  # fmt: skip
def record_again(asked: Asked, sent: SampleIn, pk: Id) -> Any:
    """Enter what the third laboratory found."""
    planned, given = _planned(asked, pk), sent.model_dump()
    given.pop("reason")
    samples.record_again(**of(asked, "now", "user"), planned=planned, **given)
    return _campaign(asked, planned.campaign)


def look(asked: Asked) -> None:
    """Refuse who does not look at waters at all."""
    require(permissions.may_list(asked.user, asked.on))


def _found(asked: Asked, pk: int) -> Campaign:
    look(asked)
    found = get_object_or_404(Campaign.objects.select_related("one", "other"), pk=pk)
    require(permissions.may_see(asked.user, found.sides, asked.on))
    return found


def _planned(asked: Asked, pk: int) -> Planned:
    look(asked)
    related = ("campaign__one", "campaign__other", "section__water")
    found = get_object_or_404(Planned.objects.select_related(*related), pk=pk)
    require(permissions.may_see(asked.user, found.campaign.sides, asked.on))
    return found


def _kept(asked: Asked, pk: int) -> Section:
    look(asked)
    found = get_object_or_404(Section.objects.select_related("water", "one", "other"), pk=pk)
    require(permissions.may_keep_section(asked.user, found, asked.on))
    return found


def _level(place: int | None) -> str | None:
    level = level_of(place)
    return level.id if level else None


def _section(one: Section, on: dt.date) -> Given:
    names = ("code", "name", "longitude", "latitude", "valid_from", "valid_to")
    return {
        "id": one.pk, "water": one.water.name, "body": one.water.body, "one": one.one.code,
        "other": one.other.code, "target": target_on(one, on),
        **{name: getattr(one, name) for name in names},
    }  # fmt: skip


def _campaign(asked: Asked, found: Campaign) -> Given:
    standing = standing_of(found, asked.on)
    mine = permissions.side_of(asked.user, found.sides, asked.on)
    fresh = standing.campaign
    return {
        "id": fresh.pk, "quarter": fresh.quarter, "state": fresh.state, "one": fresh.one.code,
        "other": fresh.other.code, "enter_by": fresh.enter_by, "revealed": standing.revealed,
        "locked": [one.code for one in fresh.sides if standing.locked(one)],
        "approved": [one.code for one in fresh.sides if one.pk in standing.approvals],
        "results": [_result(standing, one, mine) for one in standing.results],
    }  # fmt: skip


def _result(standing: Standing, one: Result, mine: Unit | None) -> Given:
    open_ = standing.revealed
    shown = [standing.shown(one, side, mine) for side in standing.campaign.sides]
    there = [row for row in (*shown, *(one.third if open_ else ())) if row is not None]
    joint = one.joint if open_ else None
    codes = {side.pk: side.code for side in standing.campaign.sides}
    return {
        "id": one.planned.pk, "section": one.section.pk, "sample_on": one.planned.sample_on,
        "target": one.target, "level": _level(one.place) if open_ else None,
        "deciding": [row.item.id for row in joint.sample.deciding] if joint else [],
        "cell": one.cell.value if open_ else None,
        "case": one.planned.case.number if one.planned.case else None,
        "samples": [
            {"id": row.pk, "side": codes.get(row.side_id or 0), "on": row.on,
             "laboratory": row.laboratory, "values": row.values, "reason": row.reason,
             "level": _level(classed.place) if (classed := one.classed(row)) else None}
            for row in there
        ],
        "deviations": [
            {"item": row.item.id, "deviation": row.deviation, "bound": row.bound,
             "absolute": row.absolute, "too_far": row.too_far}
            for row in (joint.apart if joint else ())
        ],
    }  # fmt: skip
