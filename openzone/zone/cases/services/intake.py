"""Opening a case: whoever asks, however it came in."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fields import FieldKind, check
from openzone.engines.cases.fold import apply
from openzone.engines.cases.model import CaseType
from openzone.engines.cases.numbering import case_number
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import canonical
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case, TypeVersion
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.cases.selectors.priority import priority_of
from openzone.zone.cases.services import receipts
from openzone.zone.cases.services.attaching import Upload, checked
from openzone.zone.cases.services.routing import centre_unit, first_unit, opener, opening
from openzone.zone.cases.services.series import take
from openzone.zone.cases.services.types import in_force
from openzone.zone.cases.writing import described, field_refusal, write
from openzone.zone.errors import Refused, ensure_fields
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise, Place

__all__ = ["LONGEST_TITLE", "Child", "Opened", "Requester", "centre_unit", "open_case"]

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks. ``anonymous`` leaves everything else empty, or gives a way to be reached."""

    kind: str
    enterprise: Enterprise | None = None
    user: User | None = None
    unit: Unit | None = None
    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def label(self) -> str:
        """What the requester is called."""
        if self.kind == RequesterKind.ENTERPRISE and self.enterprise is not None:
            return self.enterprise.name
        if self.kind == RequesterKind.UNIT and self.unit is not None:
            return self.unit.name
        return self.name or (str(self.user) if self.user else "匿名")

    @property
    def id(self) -> str:
        """What events call it."""
        found = self.enterprise or self.unit or self.user
        return f"{self.kind}:{found.pk}" if found is not None else self.kind


class Opened(NamedTuple):
    """The case, and the code its status can be seen with; the code is shown once."""

    case: Case
    receipt: str


class Child(NamedTuple):
    """A part of a split case: its number, and what it is a part of."""

    number: str
    parent: Case


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    kind: str,
    title: str,
    text: str,
    now: dt.datetime,
    channel: Channel | str,
    requester: Requester,
    fields: Mapping[str, Any] | None = None,
    topic: str = "",
    place: Place | None = None,
    unit: Unit | None = None,
    about_unit: Unit | None = None,
    origin: str = "",
    priority: str = "",
    files: Sequence[Upload] = (),
    recorded_by: User | None = None,
    request_id: str = "",
    child: Child | None = None,
) -> Opened:
    """Open a case of a type under the next number, and give it to the unit it belongs to.

    ``fields`` are the answers of the type's form; ``topic`` the one routing goes by, if the form
    has none. ``unit`` is chosen by who takes it down; otherwise the type's routing says. With a
    ``request_id`` the same request sent twice is one case. ``child`` is for splitting only.
    """
    papers = checked(files)
    _ensure_words(title, text)
    _ensure_reachable(requester)
    content = _digest(kind, title, text, requester, fields or {})
    known = Case.objects.filter(request_id=request_id).first() if request_id else None
    if known is not None:
        return _repeated(known, content, request_id)
    type_version = child.parent.version if child else _version(actor, kind, now)
    type_ = type_of(type_version)
    kept = fields or {} if child else _without_files(type_, fields or {})
    answers = _answers(type_, topic, kept, [paper.upload.field for paper in papers])
    centre = centre_unit()
    first = first_unit(type_, answers, topic, unit, about_unit, centre)
    receipt = receipts.make(request_id)
    case = Case(
        kind=kind,
        version=type_version,
        title=title.strip(),
        text=text.strip(),
        fields=answers,
        topic=str(answers.get("topic") or topic),
        place=place,
        channel=channel,
        origin=origin,
        parent=child.parent if child else None,
        recorded_by=recorded_by,
        request_id=request_id or None,
        request_digest=content,
        receipt_hash=receipts.hashed(receipt),
        about_unit=about_unit,
        opened_at=now,
        lead=first,
        holder_unit=first,
        **_asked_by(requester),
    )
    on = timezone.localdate(now)
    by = opener(type_, _asker(requester, recorded_by), recorded_by, on)
    more = {
        "centre": centre.code,
        "unit": first.code,
        "priority": priority or priority_of(requester.enterprise, on),
        **({"files": described(papers)} if papers else {}),
    }

    def entered() -> Opened:
        case.number = child.number if child else _number(type_, now)
        data = {**_told(case, type_, requester), **more}
        event = Event(1, to_local(now), opening(type_), by, data)
        state = _first_state(type_, event)
        who = recorded_by or requester.user
        write(case, None, state, event, actor=actor, user=who, papers=papers, now=now)
        return Opened(case, receipt)

    return _once(entered, content, request_id) if request_id else entered()


def _first_state(type_: CaseType, event: Event) -> State:
    try:
        return apply(type_, None, event, worktime())
    except Impossible as error:
        raise Refused(error.reason) from None


def _once(entered: Callable[[], Opened], content: str, request_id: str) -> Opened:
    """Open a case unless the same request is opening it at this very moment; return that then."""
    try:
        with transaction.atomic():
            return entered()
    except IntegrityError:
        known = Case.objects.filter(request_id=request_id).first()
        if known is None:
            raise
        return _repeated(known, content, request_id)


def _asker(requester: Requester, recorded_by: User | None) -> Party:
    user = requester.user or recorded_by
    return Party("requester", str(user.pk) if user else requester.id, requester.label)


def _version(actor: Actor, kind: str, now: dt.datetime) -> TypeVersion:
    found = TypeVersion.objects.filter(kind=kind).order_by("-version").defer("definition").first()
    return found or in_force(actor=actor, kind=kind, now=now)


def _asked_by(requester: Requester) -> dict[str, Any]:
    """Return the columns that say who asked."""
    return {
        "requester_kind": requester.kind,
        "enterprise": requester.enterprise,
        "requester_user": requester.user,
        "requester_unit": requester.unit,
        "requester_name": requester.name.strip(),
        "requester_phone": requester.phone.strip(),
        "requester_email": requester.email.strip(),
    }


def _told(case: Case, type_: CaseType, requester: Requester) -> dict[str, Any]:
    """Return what the opening event says: everything but how to reach the requester."""
    return {
        "number": case.number,
        "type": type_.id,
        "version": type_.version,
        "digest": type_.digest,
        "title": case.title,
        "text": case.text,
        "fields": case.fields,
        "topic": case.topic,
        "place": case.place.code if case.place else None,
        "requester": {"kind": requester.kind, "id": requester.id, "label": requester.label},
        "channel": str(case.channel),
        "origin": case.origin,
        "about_unit": case.about_unit.code if case.about_unit else None,
    }


def _without_files(type_: CaseType, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said, without names of files: a field for one takes the file itself."""
    files = {field.id for field in type_.form if field.kind is FieldKind.FILE}
    return {key: value for key, value in given.items() if key not in files}


def _answers(
    type_: CaseType, topic: str, given: Mapping[str, Any], papers: Sequence[str]
) -> dict[str, Any]:
    """Return the checked answers of a form; a file that came along answers its field."""
    names = {field.id for field in type_.form}
    values: dict[str, Any] = {"topic": topic} if topic and "topic" in names else {}
    values |= {**given, **{name: "file" for name in papers if name in names}}
    clean, problems = check(type_.form, values)
    if problems:
        raise field_refusal(problems[0])
    return clean


def _ensure_words(title: str, text: str) -> None:
    if not title.strip():
        raise Refused(Text("请填写标题", "give it a title"), field="title")
    if len(title.strip()) > LONGEST_TITLE:
        raise Refused(
            Text("标题最多{n}字", "a title has at most {n} characters").format(n=LONGEST_TITLE),
            field="title",
        )
    if len(text) > LONGEST_TEXT:
        raise Refused(
            Text("内容最多{n}字", "at most {n} characters").format(n=LONGEST_TEXT), field="text"
        )


def _ensure_reachable(requester: Requester) -> None:
    """Refuse a name, telephone or e-mail that the record cannot hold."""
    given = Case(
        requester_name=requester.name.strip(),
        requester_phone=requester.phone.strip(),
        requester_email=requester.email.strip(),
    )
    kept = ("requester_name", "requester_phone", "requester_email")
    ensure_fields(given, kept)


def _number(type_: CaseType, now: dt.datetime) -> str:
    day = timezone.localdate(now)
    count = take(f"{type_.scope}-{type_.series}-{day:%Y%m%d}".upper())
    return case_number(type_.scope, type_.series, day, count)


def _digest(
    kind: str, title: str, text: str, requester: Requester, fields: Mapping[str, Any]
) -> str:
    content = [kind, title.strip(), text.strip(), requester.id, requester.label, str(dict(fields))]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _repeated(case: Case, content: str, request_id: str) -> Opened:
    """Return the case of a request sent twice; another request under its id is refused."""
    if case.request_digest != content:
        raise Refused(
            Text(
                "该请求编号已用于另一件，请刷新页面后重新提交",
                "this request id belongs to another request; load the page again",
            ),
            field="request_id",
        )
    return Opened(case, receipts.make(request_id))
