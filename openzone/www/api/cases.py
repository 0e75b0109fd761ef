"""Cases for programs: types, opening, lists, one case, its actions, the desk and the boards."""

import base64
import binascii
import datetime as dt
from typing import NamedTuple

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Status

from openzone.engines.text import Text
from openzone.www.api import schemas
from openzone.www.api.auth import user_of
from openzone.www.api.errors import require
from openzone.www.api.schemas import Words
from openzone.www.api.shaping import case_detail, case_out, form_out
from openzone.www.api.values import Line, Page, PageSize
from openzone.www.cases.opening import kind_for, kinds_for, type_for
from openzone.zone.audit.actors import Actor
from openzone.zone.cases import permissions
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.board import board
from openzone.zone.cases.selectors.desk import desk
from openzone.zone.cases.selectors.listing import Filter, cases
from openzone.zone.cases.selectors.offers import offers
from openzone.zone.cases.selectors.timeline import timeline
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.selectors.enterprises import spoken_for

router = Router(tags=["cases"])
RELATED = ("version", "lead", "enterprise", "holder_unit", "about_unit")
ERRORS = {
    400: schemas.Problem,
    401: schemas.Problem,
    403: schemas.Problem,
    404: schemas.Problem,
    409: schemas.Problem,
    422: schemas.Problem,
    429: schemas.Problem,
}


class Moment(NamedTuple):
    """When something is asked, and the local day of it."""

    now: dt.datetime
    on: dt.date


def moment() -> Moment:
    """Return the present."""
    now = timezone.now()
    return Moment(now, timezone.localdate(now))


@router.get("/kinds", response={200: list[schemas.KindOut], **ERRORS})
def list_kinds(request: HttpRequest) -> list[schemas.KindOut]:
    """List the types of case the caller may open, with their forms."""
    return [_kind_out(kind.id) for kind in kinds_for(user_of(request), timezone.localdate())]


@router.get("/kinds/{kind}", response={200: schemas.KindOut, **ERRORS})
def get_kind(request: HttpRequest, kind: Line) -> schemas.KindOut:
    """Return one type."""
    return _kind_out(kind_for(user_of(request), kind, timezone.localdate()).id)


@router.get("/cases", response={200: schemas.Listed, **ERRORS})
def list_cases(
    request: HttpRequest,
    text: Line = "",
    kind: Line = "",
    stage: Line = "",
    state: Line = "",
    topic: Line = "",
    outcome: Line = "",
    opened_from: dt.date | None = None,
    opened_to: dt.date | None = None,
    page: Page = 1,
    size: PageSize = 50,
) -> schemas.Listed:
    """List the cases the caller may see, the latest first. `state`: open, closed, late, waiting."""
    asked = moment()
    chosen = Filter(
        text=text, kind=kind, stage=stage, state=state, topic=topic, outcome=outcome,
        opened_from=opened_from, opened_to=opened_to,
    )  # fmt: skip
    found = cases(chosen, user_of(request), *asked)
    first = (page - 1) * size
    rows = found.select_related(*RELATED)[first : first + size]
    return schemas.Listed(total=found.count(), page=page, items=[case_out(row) for row in rows])


@router.post("/cases", response={201: schemas.Opened, **ERRORS})
def post_case(request: HttpRequest, sent: schemas.OpenIn) -> Status[schemas.Opened]:
    """Open a case for the caller, their enterprise, or (at the counter) for somebody else."""
    user, (now, on) = user_of(request), moment()
    kind_for(user, sent.kind, on)
    opened = open_case(
        actor=Actor.of(user),
        kind=sent.kind,
        title=sent.title,
        text=sent.text,
        now=now,
        channel=_channel(sent.channel),
        requester=_requester(user, sent.requester, on),
        fields=sent.fields,
        topic=sent.topic,
        place=_place(sent.place),
        files=_files(sent.files),
        recorded_by=user if sent.requester is not None and _is_staff(user, on) else None,
        request_id=sent.request_id,
    )
    answer = schemas.Opened(
        number=opened.case.number, receipt=opened.receipt, case=case_out(opened.case)
    )
    return Status(201, answer)


@router.get("/cases/{number}", response={200: schemas.CaseDetail, **ERRORS})
def get_case(request: HttpRequest, number: Line) -> schemas.CaseDetail:
    """Return a case with its clocks and who held it for how long."""
    user, (now, on) = user_of(request), moment()
    return case_detail(_seen(user, number, on), user, now, on)


@router.get("/cases/{number}/events", response={200: list[schemas.EventOut], **ERRORS})
def list_events(request: HttpRequest, number: Line) -> list[schemas.EventOut]:
    """Return everything that happened to a case; for people who work for the zone."""
    user, (_, on) = user_of(request), moment()
    found = _seen(user, number, on)
    require(may_see_console(user, on))
    require(permissions.may_see_contact(user, found, on))
    return [
        schemas.EventOut(
            seq=entry.seq,
            at=entry.at,
            action=entry.action,
            label=Words.of(entry.label),
            by=entry.by,
            unit=entry.unit,
            data=dict(entry.data),
        )
        for entry in timeline(found)
    ]


@router.get("/cases/{number}/actions", response={200: list[schemas.OfferOut], **ERRORS})
def list_actions(request: HttpRequest, number: Line) -> list[schemas.OfferOut]:
    """Return what the caller may do with a case now, and why not the rest."""
    user, (now, on) = user_of(request), moment()
    found = _seen(user, number, on)
    return [
        schemas.OfferOut(
            action=offer.action.id,
            verb=offer.action.verb.value,
            label=Words.of(offer.action.label),
            allowed=offer.allowed,
            reason=Words.of(offer.reason),
            form=form_out(offer.action.form),
            evidence=offer.action.evidence,
        )
        for offer in offers(user, found, now, on)
    ]


@router.post("/cases/{number}/actions/{action}", response={200: schemas.CaseOut, **ERRORS})
def post_action(
    request: HttpRequest, number: Line, action: Line, sent: schemas.ActIn
) -> schemas.CaseOut:
    """Do something with a case. Who was slower is told who was quicker (409)."""
    user, (now, on) = user_of(request), moment()
    found = _seen(user, number, on)
    if action not in type_of(found.version).actions:
        raise Http404
    done = act(
        actor=Actor.of(user),
        case=found,
        action=action,
        now=now,
        user=user,
        data=sent.data,
        files=_files(sent.files),
        seen=sent.seen,
    )
    return case_out(done)


@router.get("/desk", response={200: list[schemas.NeedOut], **ERRORS})
def get_desk(request: HttpRequest) -> list[schemas.NeedOut]:
    """Return what waits for the caller, in the order of what hurts next."""
    user, (now, on) = user_of(request), moment()
    return [
        schemas.NeedOut(what=need.what, due=need.due, own=need.own, case=case_out(need.case))
        for need in desk(user, now, on)
    ]


@router.get("/boards/{kind}", response={200: list[schemas.ColumnOut], **ERRORS})
def get_board(request: HttpRequest, kind: Line, size: PageSize = 20) -> list[schemas.ColumnOut]:
    """Return the open cases of a type by stage."""
    user, (_, on) = user_of(request), moment()
    require(permissions.may_see_reports(user, on))
    return [
        schemas.ColumnOut(
            stage=column.stage.id,
            label=Words.of(column.stage.label),
            total=column.total,
            cases=[case_out(case) for case in column.cases],
        )
        for column in board(kind, user, on, most=size)
    ]


def _kind_out(kind: str) -> schemas.KindOut:
    type_ = type_for(kind)
    label, form = Words.of(type_.label), form_out(type_.form)
    return schemas.KindOut(id=type_.id, version=type_.version, label=label, form=form)


def _seen(user: User, number: str, on: dt.date) -> Case:
    """Return a case the caller may see; any other is not found, so numbers cannot be tried."""
    found = Case.objects.select_related(*RELATED).filter(number=number.upper()).first()
    if found is None or not permissions.may_see(user, found, on).allowed:
        raise Http404
    return found


def _is_staff(user: User, on: dt.date) -> bool:
    return memberships_of(user, on).exists()


def _channel(word: str) -> Channel:
    if word not in Channel.values:
        raise Refused(Text("没有这种受理渠道", "there is no such channel"), field="channel")
    return Channel(word)


def _place(code: str) -> Place | None:
    found = Place.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise Refused(
            Text("没有地点“{code}”", "there is no place “{code}”").format(code=code), field="place"
        )
    return found


def _requester(user: User, asked: schemas.RequesterIn | None, on: dt.date) -> Requester:
    """Return for whom: what staff say, otherwise the caller or the enterprise they speak for."""
    own = spoken_for(user, on)
    if asked is None:
        firm = own.first() if own.count() == 1 else None
        kind = RequesterKind.ENTERPRISE if firm else RequesterKind.PERSON
        return Requester(kind, enterprise=firm, user=user, name=str(user))
    if not asked.enterprise:
        require(may_see_console(user, on))
        return Requester(RequesterKind.PERSON, name=asked.name, phone=asked.phone)
    known = Enterprise.objects.filter(uscc=asked.enterprise.strip().upper()).first()
    is_own = known is not None and own.filter(pk=known.root.pk).exists()
    if known is None or not (is_own or _is_staff(user, on)):
        raise Refused(
            Text("没有这家企业，或您不能代表它", "no such enterprise, or you do not speak for it"),
            field="requester",
        )
    who = user if is_own else None
    return Requester(
        RequesterKind.ENTERPRISE, enterprise=known, user=who, name=asked.name, phone=asked.phone
    )


def _files(sent: list[schemas.FileIn]) -> list[Upload]:
    return [Upload(file.name, _content(file), file.field) for file in sent]


def _content(file: schemas.FileIn) -> bytes:
    try:
        return base64.b64decode(file.content, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(
            Text("“{name}”不是base64", "“{name}” is not base64").format(name=file.name),
            field="files",
        ) from None
