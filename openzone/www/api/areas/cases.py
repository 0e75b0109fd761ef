"""Cases for programs: opening, lists, one case, its actions, the desk and the boards."""

import datetime as dt
import re
from typing import Any

from django.http import Http404

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import IF_MATCH, ONCE, Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked
from openzone.www.api.shapes import cases as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.shaping import case_detail, case_out, form_out
from openzone.www.api.values import Day, FileIn, Line, content_of
from openzone.www.cases.opening import kind_for
from openzone.zone.cases import permissions
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.board import board
from openzone.zone.cases.selectors.desk import desk as needs
from openzone.zone.cases.selectors.listing import Filter, cases
from openzone.zone.cases.selectors.mine import mine
from openzone.zone.cases.selectors.offers import offers
from openzone.zone.cases.selectors.similar import similar
from openzone.zone.cases.selectors.timeline import timeline
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.cases.services.contacts import note_contact_seen
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.selectors.enterprises import spoken_for

desk = Desk(KeyArea.CASES)
RELATED = ("version", "lead", "enterprise", "holder_unit", "about_unit")
STATES = ("", "open", "closed", "late", "waiting")


@desk.read("/cases", Text("案件列表", "List cases"), shapes.CasePart)
def list_cases(
    asked: Asked,
    text: Line = "",
    kind: Line = "",
    stage: Line = "",
    state: Line = "",
    topic: Line = "",
    outcome: Line = "",
    opened_from: Day | None = None,
    opened_to: Day | None = None,
    after: After = 0,
    limit: Limit = 50,
) -> Any:
    """Cases the caller may see, the latest first. `state`: open, closed, late, waiting."""
    if state not in STATES:
        raise Refused(Text("没有这种状态", "there is no such state"), field="state")
    chosen = Filter(
        text=text, kind=kind, stage=stage, state=state, topic=topic, outcome=outcome,
        opened_from=opened_from, opened_to=opened_to,
    )  # fmt: skip
    found = cases(chosen, asked.user, asked.now, asked.on).select_related(*RELATED)
    return _part(found, after, limit)


@desk.read("/cases/mine", Text("我的事项", "My matters"), shapes.CasePart)
def my_cases(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Cases the caller or their enterprise asked for, the latest first."""
    return _part(mine(asked.user, asked.on).select_related(*RELATED), after, limit)


def _part(found: Any, after: int, limit: int) -> dict[str, Any]:
    rows = latest(found, after, limit)
    return {**rows, "items": [case_out(row) for row in rows["items"]]}


@desk.act("/cases", Text("提交案件", "Open a case"), shapes.OpenIn, shapes.Opened, status=201,
          headers=[ONCE])  # fmt: skip
def open_one(asked: Asked, sent: shapes.OpenIn) -> Any:
    """Open a case for the caller, their enterprise, or (at the counter) for somebody else."""
    kind_for(asked.user, sent.kind, asked.on)
    staff = _is_staff(asked.user, asked.on)
    opened = open_case(
        actor=asked.actor,
        kind=sent.kind,
        title=sent.title,
        text=sent.text,
        now=asked.now,
        channel=_channel(sent.channel),
        requester=_requester(asked.user, sent.requester, asked.on),
        fields=sent.fields,
        topic=sent.topic,
        place=_place(sent.place),
        files=uploads(sent.files),
        recorded_by=asked.user if sent.requester is not None and staff else None,
        request_id=_once(sent.request_id, asked.once),
    )
    return shapes.Opened(
        number=opened.case.number, receipt=opened.receipt, case=case_out(opened.case)
    )


def _once(said: str, header: str) -> str:
    if said and header and said != header:
        why = Text("与Idempotency-Key不一致", "is not the Idempotency-Key that was sent")
        raise Refused(why, field="request_id")
    return said or header


@desk.act("/cases/alike", Text("相似案件", "Cases like this"), shapes.AlikeIn,
          list[shapes.AlikeOut])  # fmt: skip
def alike(asked: Asked, sent: shapes.AlikeIn) -> Any:
    """Open cases like what would be said; others' are told by the shared passages only."""
    kind_for(asked.user, sent.kind, asked.on)
    found = similar(sent.kind, sent.text, topic=sent.topic)
    seen = visible(asked.user, asked.on).filter(pk__in=[one.case.pk for one in found])
    known = set(seen.values_list("pk", flat=True))
    return [
        {
            "number": one.case.number if one.case.pk in known else "",
            "title": one.case.title if one.case.pk in known else "",
            "score": one.likeness.score,
            "shared": list(one.likeness.shared),
        }
        for one in found
    ]


@desk.read("/cases/{number}", Text("案件详情", "One case"), shapes.CaseDetail,
           tag=lambda case: str(case.last_seq))  # fmt: skip
def get_case(asked: Asked, number: Line) -> Any:
    """A case with its clocks and who held it for how long; its ETag is `last_seq`."""
    return case_detail(seen(asked, number), asked.user, asked.now, asked.on)


@desk.act("/cases/{number}/reveal", Text("查看联系方式", "See the contact"), None,
          shapes.ContactOut)  # fmt: skip
def reveal_contact(asked: Asked, sent: Body, number: Line) -> Any:
    """Telephone and e-mail of who asked, once; that they were looked at is in the log."""
    found = seen(asked, number)
    require(permissions.may_see_contact(asked.user, found, asked.on))
    note_contact_seen(actor=asked.actor, case=found)
    return {"phone": found.requester_phone, "email": found.requester_email}


@desk.read("/cases/{number}/events", Text("办理过程", "History of a case"), list[shapes.EventOut])
def list_events(asked: Asked, number: Line) -> Any:
    """Everything that happened to a case; for people who work for the zone."""
    found = seen(asked, number)
    require(may_see_console(asked.user, asked.on))
    require(permissions.may_see_contact(asked.user, found, asked.on))
    return [
        shapes.EventOut(
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


@desk.read("/cases/{number}/actions", Text("可办动作", "What can be done"), list[shapes.OfferOut])
def list_actions(asked: Asked, number: Line) -> Any:
    """What the caller may do with a case now, and why not the rest."""
    found = seen(asked, number)
    return [
        shapes.OfferOut(
            action=offer.action.id,
            verb=offer.action.verb.value,
            label=Words.of(offer.action.label),
            allowed=offer.allowed,
            reason=Words.of(offer.reason),
            form=form_out(offer.action.form),
            evidence=offer.action.evidence,
        )
        for offer in offers(asked.user, found, asked.now, asked.on)
    ]


@desk.act("/cases/{number}/actions/{action}", Text("办理", "Act on a case"), shapes.ActIn,
          shapes.CaseOut, headers=[IF_MATCH])  # fmt: skip
def act_on(asked: Asked, sent: shapes.ActIn, number: Line, action: Line) -> Any:
    """Do something with a case. Who was slower is told who was quicker (409)."""
    found = seen(asked, number)
    if action not in type_of(found.version).actions:
        raise Http404
    done = act(
        actor=asked.actor,
        case=found,
        action=action,
        now=asked.now,
        user=asked.user,
        data=sent.data,
        files=uploads(sent.files),
        seen=sent.seen if sent.seen is not None else matched(asked),
    )
    return case_out(done)


def matched(asked: Asked) -> int | None:
    """Return the last event a program knew, as it said with the ETag."""
    given = str(asked.request.headers.get("If-Match", ""))
    if not given or given == "*":
        return None
    if not re.fullmatch(r'"\d{1,9}"', given):
        raise Refused(Text("应为读取时的ETag", "is the ETag of what was read"), field="If-Match")
    return int(given.strip('"'))


@desk.read("/desk", Text("我的待办", "My desk"), list[shapes.NeedOut])
def get_desk(asked: Asked) -> Any:
    """What waits for the caller, in the order of what hurts next."""
    return [
        shapes.NeedOut(what=need.what, due=need.due, own=need.own, case=case_out(need.case))
        for need in needs(asked.user, asked.now, asked.on)
    ]


@desk.read("/boards/{kind}", Text("看板", "Board of a type"), list[shapes.ColumnOut])
def get_board(asked: Asked, kind: Line, limit: Limit = 20) -> Any:
    """The open cases of a type by stage."""
    require(permissions.may_see_reports(asked.user, asked.on))
    return [
        shapes.ColumnOut(
            stage=column.stage.id,
            label=Words.of(column.stage.label),
            total=column.total,
            cases=[case_out(case) for case in column.cases],
        )
        for column in board(kind, asked.user, asked.on, most=limit)
    ]


def seen(asked: Asked, number: str) -> Case:
    """Return a case the caller may see; any other is not found, so numbers cannot be tried."""
    found = Case.objects.select_related(*RELATED).filter(number=number.upper()).first()
    if found is None or not permissions.may_see(asked.user, found, asked.on).allowed:
        raise Http404
    return found


def uploads(sent: list[FileIn]) -> list[Upload]:
    """Return papers as the services take them."""
    return [Upload(file.name, content_of(file), file.field) for file in sent]


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


def _requester(user: User, asked: shapes.RequesterIn | None, on: dt.date) -> Requester:
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
