"""Opening a case: whoever asks, however it came in."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from django.db import transaction
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
from openzone.zone.cases.services.attaching import Paper, Upload, checked
from openzone.zone.cases.services.routing import centre_unit, first_unit, opener, opening
from openzone.zone.cases.services.series import give_back, take
from openzone.zone.cases.services.types import in_force
from openzone.zone.cases.writing import SentTwiceError, described, field_refusal, write
from openzone.zone.errors import Refused, ensure_fields
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.statements import Prepared, Slot, made, together

__all__ = ["LONGEST_TITLE", "Child", "Opened", "Requester", "centre_unit", "open_case"]

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
_NEWEST = Prepared(
    lambda: (
        TypeVersion.objects.filter(kind=Slot("kind"))
        .order_by("-version")
        .values_list("id", "digest")[:1]
    )
)


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


@together()
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
    asked = _Asked(
        kind, title.strip(), text.strip(), now, str(channel), requester, fields or {}, topic, place,
        unit, about_unit, origin, priority, checked(files), recorded_by, request_id, child,
    )  # fmt: skip
    _ensure_words(asked)
    _ensure_reachable(requester)
    known = Case.objects.filter(request_id=request_id).first() if request_id else None
    return _repeated(known, asked) if known is not None else _opened(actor, asked)


class _Asked(NamedTuple):
    """What ``open_case`` was given."""

    kind: str
    title: str
    text: str
    now: dt.datetime
    channel: str
    requester: Requester
    fields: Mapping[str, Any]
    topic: str
    place: Place | None
    unit: Unit | None
    about: Unit | None
    origin: str
    priority: str
    papers: Sequence[Paper]
    recorded_by: User | None
    request_id: str
    child: Child | None

    @property
    def digest(self) -> str:
        """What tells the same request sent twice from another under its id."""
        who = self.requester
        said = [self.kind, self.title, self.text, who.id, who.label, str(dict(self.fields))]
        return hashlib.sha256(canonical(said).encode()).hexdigest()


def _opened(actor: Actor, asked: _Asked) -> Opened:
    """Open a case; where the same request is opening it at this very moment, return that."""
    child = asked.child
    version = child.parent.version if child else _version(actor, asked.kind, asked.now)
    type_ = type_of(version)
    answers = _answers(type_, asked)
    centre = centre_unit()
    first = first_unit(type_, answers, asked.topic, asked.unit, asked.about, centre)
    receipt = receipts.make(asked.request_id)
    case = _case(asked, version, answers, first, receipt)
    series = _series(type_, asked.now)
    case.number = child.number if child else _number(type_, asked.now, take(series))
    event = _event(case, type_, asked, centre)
    who = asked.recorded_by or asked.requester.user
    try:
        write(
            case, None, _first_state(type_, event), event,
            actor=actor, user=who, papers=asked.papers, now=asked.now,
        )  # fmt: skip
    except SentTwiceError:
        give_back(series)
        return _repeated(Case.objects.get(request_id=asked.request_id), asked)
    return Opened(case, receipt)


def _case(
    asked: _Asked, version: TypeVersion, answers: dict[str, Any], first: Unit, receipt: str
) -> Case:
    """Return the row of a case as far as it does not follow from its events."""
    return Case(
        kind=asked.kind,
        version=version,
        title=asked.title,
        text=asked.text,
        fields=answers,
        topic=str(answers.get("topic") or asked.topic),
        place=asked.place,
        channel=asked.channel,
        origin=asked.origin,
        parent=asked.child.parent if asked.child else None,
        recorded_by=asked.recorded_by,
        request_id=asked.request_id or None,
        request_digest=asked.digest,
        receipt_hash=receipts.hashed(receipt),
        about_unit=asked.about,
        opened_at=asked.now,
        lead=first,
        holder_unit=first,
        **_asked_by(asked.requester),
    )


def _event(case: Case, type_: CaseType, asked: _Asked, centre: Unit) -> Event:
    """Return the opening event: everything but how to reach the requester."""
    on, who = timezone.localdate(asked.now), asked.requester
    data: dict[str, Any] = {
        "number": case.number,
        "type": type_.id,
        "version": type_.version,
        "digest": type_.digest,
        "title": case.title,
        "text": case.text,
        "fields": case.fields,
        "topic": case.topic,
        "place": case.place.code if case.place else None,
        "requester": {"kind": who.kind, "id": who.id, "label": who.label},
        "channel": case.channel,
        "origin": case.origin,
        "about_unit": asked.about.code if asked.about else None,
        "centre": centre.code,
        "unit": case.lead.code if case.lead else None,
        "priority": asked.priority or priority_of(who.enterprise, on),
    }
    if asked.papers:
        data["files"] = described(asked.papers)
    by = opener(type_, _asker(who, asked.recorded_by), asked.recorded_by, on)
    return Event(1, to_local(asked.now), opening(type_), by, data)


def _first_state(type_: CaseType, event: Event) -> State:
    try:
        return apply(type_, None, event, worktime())
    except Impossible as error:
        raise Refused(error.reason) from None


def _asker(requester: Requester, recorded_by: User | None) -> Party:
    user = requester.user or recorded_by
    return Party("requester", str(user.pk) if user else requester.id, requester.label)


def _version(actor: Actor, kind: str, now: dt.datetime) -> TypeVersion:
    found = _NEWEST.rows(kind=kind)
    if not found:
        return in_force(actor=actor, kind=kind, now=now)
    [(pk, digest)] = found
    return cast("TypeVersion", made(TypeVersion, {"id": pk, "kind": kind, "digest": digest}))


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


def _without_files(type_: CaseType, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said, without names of files: a field for one takes the file itself."""
    files = {field.id for field in type_.form if field.kind is FieldKind.FILE}
    return {key: value for key, value in given.items() if key not in files}


def _answers(type_: CaseType, asked: _Asked) -> dict[str, Any]:
    """Return the checked answers of a form; a file that came along answers its field."""
    kept = asked.fields if asked.child else _without_files(type_, asked.fields)
    names = {field.id for field in type_.form}
    values: dict[str, Any] = {"topic": asked.topic} if asked.topic and "topic" in names else {}
    sent = [paper.upload.field for paper in asked.papers]
    values |= {**kept, **{name: "file" for name in sent if name in names}}
    clean, problems = check(type_.form, values)
    if problems:
        raise field_refusal(problems[0])
    return clean


def _ensure_words(asked: _Asked) -> None:
    if not asked.title:
        raise Refused(Text("请填写标题", "give it a title"), field="title")
    if len(asked.title) > LONGEST_TITLE:
        raise Refused(
            Text("标题最多{n}字", "a title has at most {n} characters").format(n=LONGEST_TITLE),
            field="title",
        )
    if len(asked.text) > LONGEST_TEXT:
        raise Refused(
            Text("内容最多{n}字", "at most {n} characters").format(n=LONGEST_TEXT), field="text"
        )


def _ensure_reachable(requester: Requester) -> None:
    """Refuse a name, telephone or e-mail that the record cannot hold."""
    if not (requester.name or requester.phone or requester.email):
        return
    given = Case(
        requester_name=requester.name.strip(),
        requester_phone=requester.phone.strip(),
        requester_email=requester.email.strip(),
    )
    kept = ("requester_name", "requester_phone", "requester_email")
    ensure_fields(given, kept)


def _series(type_: CaseType, now: dt.datetime) -> str:
    return f"{type_.scope}-{type_.series}-{timezone.localdate(now):%Y%m%d}".upper()


def _number(type_: CaseType, now: dt.datetime, count: int) -> str:
    return case_number(type_.scope, type_.series, timezone.localdate(now), count)


def _repeated(case: Case, asked: _Asked) -> Opened:
    """Return the case of a request sent twice; another request under its id is refused."""
    if case.request_digest != asked.digest:
        raise Refused(
            Text(
                "该请求编号已用于另一件，请刷新页面后重新提交",
                "this request id belongs to another request; load the page again",
            ),
            field="request_id",
        )
    return Opened(case, receipts.make(asked.request_id))
