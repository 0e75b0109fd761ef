"""Term sheets and negotiations: versions, incentives with reviews, points and their owners."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from openzone.engines.projects import terms as engine
from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.promotion_field import FirmIn, firm_given, joined, kept, seen
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import promotion_field as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, Id, Line
from openzone.www.forms import promotion_terms as page
from openzone.www.forms.promotion_field import WhyForm
from openzone.www.views.promotion_field.terms import zone_name
from openzone.zone.agreements.permissions import may_edit as may_edit_agreements
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.field_packs import template
from openzone.zone.promotion.field_permissions import may_list, may_work_for
from openzone.zone.promotion.models import Negotiation, NegotiationPoint, TermLine, TermSheet
from openzone.zone.promotion.permissions import visible as visible_leads
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.selectors.termsheets import difference, last_version, reviewed
from openzone.zone.promotion.services import negotiations, term_lines, termsheets

desk = Desk(KeyArea.PROMOTION)


class OpenIn(Body):
    """A new term sheet of a lead or a project; `unit` is a code, `owner` an account."""

    title: Line
    template: Line
    unit: Line
    owner: Line
    lead: Id | None = None
    project: Id | None = None


class AttachIn(Body):
    """The project the terms are of."""

    project: Id


class PointIn(Body):
    """A point; with an owner (an account) and a day it is open."""

    text: Line
    owner: Line = ""
    due: Day | None = None


class TalksIn(FirmIn):
    """A negotiation; `unit` is a code, `ours` are accounts."""

    topic: Line
    at: dt.datetime
    platform: Line
    channel: Line = "online_talks"
    unit: Line
    ours: list[Line]
    theirs: Line
    summary: Line = ""
    minutes: int | None = None
    project: Id | None = None
    points: list[PointIn]


class ValuesIn(Body):
    """The values of a version, as text by field; `seen` is the version they were changed from."""

    values: dict[Line, Line]
    note: Line = Field("", max_length=300)
    seen: int | None = None


@desk.read("/promotion/terms", Text("条款书", "Term sheets"), shapes.TermsPart)
def list_terms(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Term sheets the caller may see, the latest first."""
    require(may_list(asked.user, asked.on))
    part = latest(selectors.term_sheets(asked.user, asked.on), after, limit)
    return {**part, "items": [_brief(one) for one in part["items"]]}


@desk.act("/promotion/terms", Text("新建条款书", "Begin a term sheet"), OpenIn,
          shapes.TermsDetail, status=201)  # fmt: skip
def open_sheet(asked: Asked, sent: OpenIn) -> Any:
    """Begin a term sheet; what the lead or the project says is filled in."""
    unit, owner = _unit(asked, sent.unit), _person(sent.owner)
    mine = visible_leads(asked.user, asked.on).select_related("investor", "project", "place")
    lead = get_object_or_404(mine, pk=sent.lead) if sent.lead else None
    project = _project(asked, sent.project) if sent.project else None
    made = termsheets.open_sheet(
        **of(asked, "now", "user"), title=sent.title, template=sent.template, unit=unit,
        owner=owner, zone_name=zone_name(), lead=lead, project=project,
    )  # fmt: skip
    return _terms(TERMS.get(pk=made.pk))


@desk.act("/promotion/terms/{pk}/attach", Text("关联项目", "Name the project"), AttachIn,
          shapes.TermsDetail)  # fmt: skip
def attach(asked: Asked, sent: AttachIn, pk: Id) -> Any:
    """Say which project the terms are of."""
    found = kept(asked, TERMS, pk)
    termsheets.attach_project(**of(asked), sheet=found, project=_project(asked, sent.project))
    return _terms(TERMS.get(pk=pk))


@desk.act("/promotion/terms/{pk}/drop", Text("放弃条款书", "Give a term sheet up"), WhyForm,
          shapes.TermsDetail)  # fmt: skip
def drop_sheet(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give a term sheet up; its versions stay."""
    found = kept(asked, TERMS, pk)
    termsheets.drop_sheet(**of(asked), sheet=found, **sent.given())
    return _terms(TERMS.get(pk=pk))


@desk.read("/promotion/terms/{pk}", Text("条款书详情", "One term sheet"), shapes.TermsDetail)
def get_terms(asked: Asked, pk: Id) -> Any:
    """A term sheet as it stands, with its incentives and versions."""
    return _terms(seen(asked, TERMS, pk))


@desk.read("/promotion/terms/{pk}/difference", Text("版本差异", "What two versions differ in"),
           shapes.DifferenceOut)  # fmt: skip
def compare(asked: Asked, pk: Id, before: Id, after: Id) -> Any:
    """What differs between two versions of a term sheet, by their numbers."""
    found = seen(asked, TERMS, pk)
    rows = found.versions.select_related("sheet")
    one, other = (get_object_or_404(rows, seq=seq) for seq in (before, after))
    differs = difference(one, other)
    return {
        "changes": [{"field": each.field.id, "before": each.before, "after": each.after}
                    for each in differs.changes],
        "added": [line.text for line in differs.added],
        "dropped": [line.text for line in differs.dropped],
    }  # fmt: skip


@desk.act("/promotion/terms/{pk}/versions", Text("新版本", "Write a version"), ValuesIn,
          shapes.TermsDetail, status=201)  # fmt: skip
def write_version(asked: Asked, sent: ValuesIn, pk: Id) -> Any:
    """Keep a new version of the values; a field left out is not known."""
    found = kept(asked, TERMS, pk)
    termsheets.write_version(
        **of(asked, "now", "user"), sheet=found, values=sent.values, note_text=sent.note,
        seen=sent.seen,
    )  # fmt: skip
    return _terms(TERMS.get(pk=pk))


@desk.act("/promotion/terms/{pk}/lines", Text("增加激励", "Add an incentive"),
          page.LineForm, shapes.TermsDetail, status=201)  # fmt: skip
def add_line(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Word an incentive; it is agreed only with its fair-competition review."""
    found = kept(asked, TERMS, pk)
    term_lines.add_line(**of(asked, "now", "user"), sheet=found, **sent.given())
    return _terms(TERMS.get(pk=pk))


@desk.act("/promotion/term-lines/{pk}/ask", Text("提请审查", "Ask for its review"), None,
          shapes.TermsDetail)  # fmt: skip
def ask_review(asked: Asked, sent: Body, pk: Id) -> Any:
    """Propose the incentive to the project, where somebody else reviews it."""
    line = _line(asked, pk)
    term_lines.ask_review(**of(asked, "now", "user"), line=line)
    return _terms(TERMS.get(pk=line.sheet_id))


@desk.act("/promotion/term-lines/{pk}/agree", Text("标为达成一致", "Mark as agreed"), None,
          shapes.TermsDetail)  # fmt: skip
def agree_line(asked: Asked, sent: Body, pk: Id) -> Any:
    """Mark an incentive as agreed; without a review that allows it, it is refused."""
    line = _line(asked, pk)
    term_lines.agree_line(**of(asked, "now", "user"), line=line)
    return _terms(TERMS.get(pk=line.sheet_id))


@desk.act("/promotion/term-lines/{pk}/drop", Text("删除激励", "Take an incentive out"), None,
          shapes.TermsDetail)  # fmt: skip
def drop_line(asked: Asked, sent: Body, pk: Id) -> Any:
    """Take an incentive out; the versions that held it keep it."""
    line = _line(asked, pk)
    term_lines.drop_line(**of(asked, "now", "user"), line=line)
    return _terms(TERMS.get(pk=line.sheet_id))


@desk.act("/promotion/terms/{pk}/agreement", Text("生成协议草稿", "Draft the agreement"),
          page.NumberForm, shapes.TermsDetail, status=201)  # fmt: skip
def to_agreement(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Draft the project's agreement with every promise and every agreed incentive."""
    found = kept(asked, TERMS, pk)
    if found.project is not None:
        require(may_edit_agreements(asked.user, found.project, asked.on))
    termsheets.to_agreement(**of(asked, "now", "user"), sheet=found, **sent.given())
    return _terms(TERMS.get(pk=pk))


TERMS = TermSheet.objects.select_related(
    "unit", "owner", "lead__investor", "project__lead_unit", "project__investor",
    "project__enterprise", "agreement",
)  # fmt: skip


def _line(asked: Asked, pk: int) -> TermLine:
    found = get_object_or_404(TermLine.objects.select_related("sheet"), pk=pk)
    kept(asked, TERMS, found.sheet_id)
    return found


def _brief(found: TermSheet) -> Any:
    number = found.agreement.number if found.agreement else None
    return joined(found, version=found.last_seq, agreement=number)


def _terms(found: TermSheet) -> Any:
    version = last_version(found)
    missing = engine.missing(template(found.template).fields, version.values)
    return joined(
        _brief(found), values=version.values, missing=[one.id for one in missing],
        lines=[_term_line(one) for one in reviewed(version)],
        versions=list(found.versions.select_related("by")),
    )  # fmt: skip


def _term_line(one: Any) -> Any:
    why = Words.of(one.why_not) if one.why_not else None
    return joined(
        one.line, incentive=one.line.incentive_id, reviewed=one.review is not None, why_not=why,
        agreed=one.line.agreed_at is not None,
    )  # fmt: skip


@desk.read("/promotion/negotiations", Text("洽谈记录", "Negotiations"), shapes.TalksPart)
def list_talks(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Negotiations the caller may see, the latest recorded first."""
    require(may_list(asked.user, asked.on))
    return latest(selectors.negotiations(asked.user, asked.on), after, limit)


@desk.read("/promotion/negotiations/{pk}", Text("洽谈详情", "One negotiation"),
           shapes.TalksDetail)  # fmt: skip
def get_talks(asked: Asked, pk: Id) -> Any:
    """A negotiation with both sides and its points."""
    return _talks(seen(asked, Negotiation.objects.select_related("investor", "unit"), pk))


@desk.act("/promotion/negotiations", Text("记录洽谈", "Record a negotiation"), TalksIn,
          shapes.TalksDetail, status=201)  # fmt: skip
def record_negotiation(asked: Asked, sent: TalksIn) -> Any:
    """Record a negotiation with its points; an open point stands on its owner's desk."""
    unit, project = _unit(asked, sent.unit), None
    if sent.project:
        project = _project(asked, sent.project)
    ours = [_person(name) for name in sent.ours]
    points = [
        negotiations.Point(one.text, _person(one.owner) if one.owner else None, one.due,
                           open=bool(one.owner or one.due))
        for one in sent.points
    ]  # fmt: skip
    with transaction.atomic():
        made = negotiations.record_negotiation(
            **of(asked, "now", "user"), **firm_given(asked, sent), topic=sent.topic,
            at=_moment(sent.at), platform=sent.platform, channel=sent.channel, unit=unit,
            ours=ours, theirs=sent.theirs, summary=sent.summary, minutes=sent.minutes,
            project=project, points=points,
        )  # fmt: skip
    return _talks(made)


@desk.act("/promotion/negotiations/{pk}/points", Text("增加未决事项", "Add an open point"),
          page.PointForm, shapes.TalksDetail, status=201)  # fmt: skip
def add_point(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add an open point with its owner and day; it appears on the owner's desk."""
    found = kept(asked, Negotiation.objects.select_related("investor", "unit"), pk)
    point = negotiations.Point(**sent.given(), open=True)
    negotiations.add_point(**of(asked), negotiation=found, point=point)
    return _talks(found)


@desk.act("/promotion/points/{pk}/settle", Text("办结事项", "Settle a point"),
          page.SettleForm, shapes.PointOut)  # fmt: skip
def settle(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say how an open point was settled: its owner, or who keeps the record."""
    related = NegotiationPoint.objects.select_related("negotiation__unit", "owner")
    point = get_object_or_404(related, pk=pk)
    if point.owner_id != asked.user.pk:
        kept(asked, Negotiation.objects.select_related("unit"), point.negotiation_id)
    return negotiations.settle_point(**of(asked, "now", "user"), point=point, **sent.given())


def _talks(found: Negotiation) -> Any:
    return joined(
        found, ours=list(found.ours.all()), points=list(found.points.select_related("owner"))
    )


def _moment(at: dt.datetime) -> dt.datetime:
    """Return a moment; one without an offset is local time."""
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def _unit(asked: Asked, code: str) -> Unit:
    require(may_list(asked.user, asked.on))
    unit = get_object_or_404(Unit, code=code)
    require(may_work_for(asked.user, unit, asked.on))
    return unit


def _person(name: str) -> User:
    return get_object_or_404(User, username=name, is_active=True)


def _project(asked: Asked, pk: int) -> Project:
    return get_object_or_404(visible_projects(asked.user, asked.on), pk=pk)
