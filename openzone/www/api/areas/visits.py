"""Visits: planned, gone on together, recorded, with what they found."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CaseRef
from openzone.www.api.shapes.visits import ContactsOut, FindingOut, VisitDetail, VisitPart
from openzone.www.api.values import FileIn, Id, content_of
from openzone.www.forms import visits as page
from openzone.www.forms.facts import ReasonForm
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise, PersonInCharge
from openzone.zone.registry.permissions import speaks_for
from openzone.zone.visits import permissions
from openzone.zone.visits.models import Finding, Invitation, Visit, VisitFile
from openzone.zone.visits.selectors.visits import (
    mine,
    open_invitations,
    units_of,
    visits_of,
)
from openzone.zone.visits.services import visits as services
from openzone.zone.visits.services.cases import complain, make_case
from openzone.zone.visits.services.findings import add_finding

desk = Desk(KeyArea.VISITS)
WITH = ("parties__user", "parties__unit", "findings__case", "files")


@desk.read("/visits", Text("走访列表", "List visits"), VisitPart)
def list_visits(
    asked: Asked, state: str = "", enterprise: Id | None = None, after: After = 0, limit: Limit = 50
) -> Any:
    """Visits and calls, the latest first; `state`: planned, done, cancelled."""
    require(permissions.may_visit(asked.user, asked.on))
    rows = Visit.objects.select_related("enterprise").prefetch_related(*WITH[:2])
    rows = rows.filter(state=state) if state else rows
    return latest(rows.filter(enterprise=enterprise) if enterprise else rows, after, limit)


@desk.read("/visits/mine", Text("我的走访", "My visits"), VisitPart)
def my_visits(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Where the caller goes next."""
    require(permissions.may_visit(asked.user, asked.on))
    rows = mine(asked.user).select_related("enterprise").prefetch_related(*WITH[:2])
    return latest(rows, after, limit)


@desk.read("/visits/{pk}", Text("走访详情", "One visit"), VisitDetail)
def get_visit(asked: Asked, pk: Id) -> Any:
    """Who goes together, what was said, what was found."""
    require(permissions.may_visit(asked.user, asked.on))
    return _found(pk)


@desk.read("/enterprises/{pk}/contacts", Text("谁服务这家企业", "Who looks after an enterprise"),
           ContactsOut)  # fmt: skip
def contacts(asked: Asked, pk: Id) -> Any:
    """Who looks after an enterprise, what it asked for, and the last twenty visits."""
    firm = _seen(asked, pk)
    charges = PersonInCharge.objects.filter(
        on_day(asked.on), subject__enterprise__root=firm.root_id
    )
    rows = charges.select_related("user", "unit").order_by("role", "pk")
    visits = visits_of(firm).exclude(state="cancelled").order_by("-met_on", "-planned_on")
    return {
        "enterprise": firm,
        "charges": [
            {"id": row.pk, "role": row.role, "name": str(row.user or row.name)} for row in rows
        ],
        "invitations": open_invitations(firm, asked.on),
        "visits": visits.select_related("enterprise").prefetch_related(*WITH[:2])[:20],
    }


@desk.act("/enterprises/{pk}/visits", Text("计划走访", "Plan a visit"), page.PlanForm,
          VisitDetail, status=201)  # fmt: skip
def plan(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Plan a visit; where one is planned nearby, the reason for going apart has to be said."""
    firm = _firm(asked, pk)
    made = services.plan_visit(
        actor=asked.actor, user=asked.user, enterprise=firm, today=asked.on,
        **sent.given(units_of(asked.user, asked.on), _invitations(asked, firm)),
    )  # fmt: skip
    return _found(made.pk)


@desk.act("/enterprises/{pk}/contacts", Text("记录走访或电话", "Record a call or a visit"),
          page.ContactForm, VisitDetail, status=201)  # fmt: skip
def record_contact(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Record a call, or a visit nobody planned; beyond the cap a reason is needed."""
    firm = _firm(asked, pk)
    made = services.record_contact(
        actor=asked.actor, user=asked.user, enterprise=firm, now=asked.now, today=asked.on,
        **sent.given(units_of(asked.user, asked.on), _invitations(asked, firm)),
    )  # fmt: skip
    return _found(made.pk)


@desk.act("/enterprises/{pk}/invitations", Text("约请走访", "Ask for a visit"), page.InviteForm,
          ContactsOut, status=201)  # fmt: skip
def invite(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The enterprise asks, or the zone notes that it did; it does not count against the cap."""
    firm = _seen(asked, pk)
    require(permissions.may_ask_for_visit(asked.user, firm, asked.on))
    own = speaks_for(asked.user, firm, asked.on)
    services.invite(
        actor=asked.actor, enterprise=firm, now=asked.now,
        recorded_by=None if own else asked.user, **sent.given(),
    )  # fmt: skip
    return contacts(asked, pk)


@desk.act("/enterprises/{pk}/complaints", Text("投诉服务人员", "Complain about the service"),
          page.ComplaintForm, CaseRef, status=201)  # fmt: skip
def complaint(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Goes to the service centre and never to the unit it is about."""
    firm = _seen(asked, pk)
    require(permissions.may_complain(asked.user, firm, asked.on))
    charges = PersonInCharge.objects.filter(
        on_day(asked.on), subject__enterprise__root=firm.root_id, user__isnull=False
    )
    return complain(
        actor=asked.actor, user=asked.user, now=asked.now, today=asked.on, **sent.given(charges)
    )


@desk.act("/visits/{pk}/join", Text("合并走访", "Go together"), page.JoinForm, VisitDetail)
def join(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Go along on somebody else's visit, so that the enterprise is visited once."""
    require(permissions.may_visit(asked.user, asked.on))
    visit, units = _found(pk), units_of(asked.user, asked.on)
    services.join_visit(actor=asked.actor, visit=visit, user=asked.user, **sent.given(units))
    return _found(pk)


@desk.act("/visits/{pk}/check-in", Text("到访签到", "Check in"), None, VisitDetail)
def check_in(asked: Asked, sent: Body, pk: Id) -> Any:
    """Note the moment of arrival."""
    services.check_in(actor=asked.actor, visit=_recordable(asked, pk), now=asked.now)
    return _found(pk)


@desk.act("/visits/{pk}/record", Text("记录走访情况", "Record the visit"), page.RecordForm,
          VisitDetail)  # fmt: skip
def record_visit(asked: Asked, sent: Sent, pk: Id) -> Any:
    """How a planned visit went; findings follow, one by one."""
    services.record_visit(
        actor=asked.actor, user=asked.user, visit=_recordable(asked, pk), now=asked.now,
        today=asked.on, **sent.given(),
    )  # fmt: skip
    return _found(pk)


@desk.act("/visits/{pk}/cancel", Text("取消走访", "Call the visit off"), ReasonForm, VisitDetail)
def cancel_visit(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The visit does not take place."""
    visit = _recordable(asked, pk)
    services.cancel_visit(actor=asked.actor, visit=visit, reason=sent.given()["reason"])
    return _found(pk)


@desk.act("/visits/{pk}/findings", Text("登记发现的问题", "Note a finding"), page.FindingForm,
          FindingOut, status=201)  # fmt: skip
def note_finding(asked: Asked, sent: Sent, pk: Id) -> Any:
    """What came up, and what was answered on the spot."""
    return add_finding(
        actor=asked.actor, user=asked.user, visit=_recordable(asked, pk), now=asked.now,
        **sent.given(),
    )  # fmt: skip


@desk.act("/findings/{pk}/case", Text("问题转为案件", "Make a case of a finding"), None, FindingOut)
def finding_case(asked: Asked, sent: Body, pk: Id) -> Any:
    """What could not be answered becomes a case of the enterprise."""
    require(permissions.may_visit(asked.user, asked.on))
    rows = Finding.objects.select_related("visit__enterprise", "session", "enterprise")
    found = get_object_or_404(rows, pk=pk)
    if found.visit is not None:
        require(permissions.may_record(asked.user, found.visit, asked.on))
    elif found.session is not None:
        require(permissions.may_hold(asked.user, found.session, asked.on))
    make_case(actor=asked.actor, user=asked.user, finding=found, now=asked.now)
    found.refresh_from_db()
    return found


class EvidenceIn(Body):
    """A photograph or paper."""

    file: FileIn


@desk.act("/visits/{pk}/evidence", Text("上传走访佐证", "Keep a photograph"), EvidenceIn,
          VisitDetail, status=201)  # fmt: skip
def evidence(asked: Asked, sent: EvidenceIn, pk: Id) -> Any:
    """A photograph or paper that shows the visit; it passes the gate of all uploads."""
    services.add_evidence(
        actor=asked.actor, visit=_recordable(asked, pk), user=asked.user, name=sent.file.name,
        data=content_of(sent.file), now=asked.now,
    )  # fmt: skip
    return _found(pk)


@desk.read("/visits/{pk}/evidence/{row}", Text("下载走访佐证", "Download evidence"), bytes)
def download(asked: Asked, pk: Id, row: Id) -> Any:
    """A photograph or paper of a visit."""
    require(permissions.may_visit(asked.user, asked.on))
    kept = get_object_or_404(VisitFile, pk=row, visit=pk)
    with kept.file.open("rb") as stored:
        response = HttpResponse(stored.read(), content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    return response


def _found(pk: int) -> Visit:
    rows = Visit.objects.select_related("enterprise", "invitation").prefetch_related(*WITH)
    return get_object_or_404(rows, pk=pk)


def _recordable(asked: Asked, pk: int) -> Visit:
    require(permissions.may_visit(asked.user, asked.on))
    visit = _found(pk)
    require(permissions.may_record(asked.user, visit, asked.on))
    return visit


def _firm(asked: Asked, pk: int) -> Enterprise:
    require(permissions.may_visit(asked.user, asked.on))
    return get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root


def _seen(asked: Asked, pk: int) -> Enterprise:
    firm = get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root
    hide(permissions.may_see_contacts(asked.user, firm, asked.on))
    return firm


def _invitations(asked: Asked, firm: Enterprise) -> Any:
    open_ones = open_invitations(firm, asked.on)
    return Invitation.objects.filter(pk__in=[one.pk for one in open_ones])
