"""Writing an event of a case and everything that follows from it, under the lock of its row."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from django.db.models import OuterRef, Subquery

from openzone.engines.cases.events import Event
from openzone.engines.cases.fields import FieldProblem
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.folding import HISTORY, event_from, row_of
from openzone.zone.cases.models import Case, CaseEvent, TypeVersion
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.projection import PROJECTED, Units, project, project_rows
from openzone.zone.cases.services import notices, refusals
from openzone.zone.cases.services.attaching import Paper, attach
from openzone.zone.errors import Refused
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import EnterpriseStaff
from openzone.zone.statements import Prepared, Rows, Slot, made, together

_COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)
_DIGEST = TypeVersion.objects.filter(pk=OuterRef("version")).values("digest")
# A subquery, not a join: PostgreSQL would lock the row of the type as well, and with it all cases.
_CASE = Prepared(
    lambda: (
        Case.objects.select_for_update()
        .filter(pk=Slot("pk"))
        .values_list(*_COLUMNS, Subquery(_DIGEST))
    )
)
# A slot stands where a day does.
_DAY = cast("dt.date", Slot("on"))
_POSTS = Prepared(
    lambda: (
        Membership.objects.filter(on_day(_DAY), user=Slot("user"))
        .order_by("pk")
        .values_list("id", "role", "unit_id", "unit__code", "unit__kind")
    )
)
_FIRMS = Prepared(
    lambda: (
        EnterpriseStaff.objects.filter(on_day(_DAY), user=Slot("user"))
        .order_by()
        .values_list("enterprise__root")
    )
)
_CASES = Rows(Case, changing=PROJECTED)
_EVENTS = Rows(CaseEvent)


class AtHand(NamedTuple):
    """A case kept from other hands, its events, and the posts of who wants to act on it."""

    case: Case
    events: list[Event]
    posts: list[Membership]
    firms: frozenset[int]

    def could_ask(self, user: User) -> bool:
        """Whether it is worth looking if somebody is the requester."""
        case = self.case
        named = case.requester_user_id == user.pk or case.requester_unit_id is not None
        return named or bool(self.firms)


class SentTwiceError(Exception):
    """The same request is a case already: it was opened at this very moment."""


def locked(case: Case) -> Case:
    """Return a case as it is now, kept from other hands until the commit."""
    return _case_from(_CASE.rows(pk=case.pk))


def at_hand(case: Case, user: User | None, on: dt.date) -> AtHand:
    """Lock a case and read what acting on it needs, all in one go."""
    with together():
        row, history = _CASE.send(pk=case.pk), HISTORY.send(case=case.pk)
        active = user is not None and user.is_active
        who = {"user": user.pk, "on": on} if user is not None else {}
        posts = _POSTS.send(**who) if active else list
        firms = _FIRMS.send(**who) if active else list
        case, events = _case_from(row()), [event_from(one) for one in history()]
        return AtHand(case, events, _posts(posts()), frozenset(root for (root,) in firms()))


def _case_from(rows: Sequence[Sequence[Any]]) -> Case:
    if not rows:
        raise Case.DoesNotExist
    *columns, digest = rows[0]
    case = made(Case, dict(zip(_COLUMNS, columns, strict=True)))
    case.version = made(TypeVersion, {"id": case.version_id, "digest": digest})
    return cast("Case", case)


def _posts(rows: Iterable[Sequence[Any]]) -> list[Membership]:
    found = []
    for pk, role, unit, code, kind in rows:
        post = made(Membership, {"id": pk, "role": role, "unit_id": unit})
        post.unit = made(Unit, {"id": unit, "code": code, "kind": kind})
        found.append(post)
    return found


def write(
    case: Case,
    before: State | None,
    after: State,
    event: Event,
    *,
    actor: Actor,
    user: User | None,
    papers: Sequence[Paper] = (),
    now: dt.datetime,
) -> Case:
    """Write an event and everything that follows from it.

    Raises ``SentTwiceError`` where the first event is one of a request that is a case already.
    """
    type_ = type_of(case.version)
    units = Units() if before else Units(case.lead, case.holder_unit, case.about_unit)
    project(case, after, type_, units, before)
    if before is None:
        if not _CASES.add(case, once="request_id"):
            raise SentTwiceError
    else:
        _CASES.update(case)
    _EVENTS.insert(row_of(case, event))
    project_rows(case, before, after, units)
    if papers:
        attach(case, event.seq, papers, user=user, at=now)
    refusals.enter(case, type_, event, user=user, now=now)
    notices.tell(case, type_, before, after, event, now)
    payload: dict[str, JSON] = {
        "number": case.number,
        "kind": case.kind,
        "seq": event.seq,
        "to": after.stage,
        "holder": case.holder,
    }
    record(f"cases.{event.action}", actor=actor, subject=case.subject, payload=payload)
    return case


def described(papers: Sequence[Paper]) -> list[dict[str, str]]:
    """Return papers as events name them."""
    return [
        {"field": upload.field, "name": found.name, "sha256": found.sha256}
        for upload, found in papers
    ]


def field_refusal(problem: FieldProblem) -> Refused:
    """Return the refusal that names a field and says what is wrong with it."""
    label, reason = problem.label, problem.reason
    text = Text(f"{label.zh}：{reason.zh}", f"{label.en}: {reason.en}")
    return Refused(text, field=problem.field)
