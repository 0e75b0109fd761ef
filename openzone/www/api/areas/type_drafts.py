"""Drafts of case types: written by one person, published by another."""

import datetime as dt
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import AfterValidator, Field

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import PersonOut, Words
from openzone.www.api.values import Id, Line, Whole, storable
from openzone.www.forms.facts import ReasonForm
from openzone.zone.cases.enums import OPEN_DRAFTS, TypeDraftState
from openzone.zone.cases.models import TypeDraft
from openzone.zone.cases.permissions import may_draft_types, may_publish_type
from openzone.zone.cases.selectors import type_drafts as selectors
from openzone.zone.cases.services import type_drafts as services
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.permissions import may_see_console

desk = Desk(KeyArea.CASES)
WAITING = (*OPEN_DRAFTS, TypeDraftState.SUBMITTED)
SOURCES = ("published", "pack")
WholeFile = Annotated[str, Field(max_length=services.LONGEST), AfterValidator(storable)]


class DraftOut(Schema):
    """A draft as lists show it; ``revision`` counts the saves and is given with a change."""

    id: int
    kind: str
    state: str
    why: str
    revision: int
    author: PersonOut
    edited_by: PersonOut
    edited_at: dt.datetime
    reason: str
    version: int | None

    @staticmethod
    def resolve_version(row: Any) -> int | None:
        """Return the version it was published as."""
        return row.published.version if row.published_id else None


class DraftPart(Part):
    """A part of the drafts."""

    items: list[DraftOut]


class TextProblemOut(Schema):
    """What is wrong with a text, and on which line."""

    line: int
    field: str
    reason: Words


class ChangeOut(Schema):
    """A place where the draft says something else; null where a side has nothing there."""

    path: str
    before: str | None
    after: str | None


class DraftDetail(DraftOut):
    """A draft with its text, what is wrong with it, and what it would change."""

    text: str
    newer: bool
    problems: list[TextProblemOut]
    changes: list[ChangeOut]
    may_publish: bool
    why_not: Words


class BeginIn(Body):
    """Which type, and whether to begin with what is published or with what its pack says."""

    kind: Line = Field(examples=["enterprise_request"])
    source: Line = Field("published", json_schema_extra={"enum": list[Any](SOURCES)})


class TextIn(Body):
    """The whole file, why it changes, and the revision that was read."""

    text: WholeFile = Field(examples=["id: enterprise_request"])
    why: Line = ""
    revision: Whole


class RevisionIn(Body):
    """The revision that was read."""

    revision: Whole


@desk.read("/type-drafts", Text("类型草案", "Drafts of case types"), DraftPart)
def list_drafts(asked: Asked, kind: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Drafts of case types, the latest begun first."""
    require(may_see_console(asked.user, asked.on))
    rows = selectors.drafts()
    return latest(rows.filter(kind=kind) if kind else rows, after, limit)


@desk.read("/type-drafts/{pk}", Text("一份草案", "One draft"), DraftDetail)
def get_draft(asked: Asked, pk: Id) -> Any:
    """Its text, what is wrong with it, and what it would change."""
    require(may_see_console(asked.user, asked.on))
    return _shown(asked, pk)


@desk.act("/type-drafts", Text("起草类型", "Begin a draft"), BeginIn, DraftDetail, status=201)
def begin_draft(asked: Asked, sent: BeginIn) -> Any:
    """Begin a draft; there is one unfinished draft of a type at a time."""
    require(may_draft_types(asked.user, asked.on))
    if sent.source not in SOURCES:
        raise Refused(Text("没有这种来源", "there is no such source"), field="source")
    made = services.begin(
        actor=asked.actor, by=asked.user, kind=sent.kind, now=asked.now,
        from_pack=sent.source == "pack",
    )  # fmt: skip
    return _shown(asked, made.pk)


@desk.act("/type-drafts/{pk}/text", Text("修改草案", "Save the text"), TextIn, DraftDetail)
def edit_draft(asked: Asked, sent: TextIn, pk: Id) -> Any:
    """Save a text over the one that was read; what is wrong with it is told, and it is kept."""
    services.edit(
        actor=asked.actor, by=asked.user, draft=_drafted(asked, pk), text=sent.text, why=sent.why,
        revision=sent.revision, now=asked.now,
    )  # fmt: skip
    return _shown(asked, pk)


@desk.act("/type-drafts/{pk}/submit", Text("送审草案", "Submit a draft"), RevisionIn, DraftDetail)
def submit_draft(asked: Asked, sent: RevisionIn, pk: Id) -> Any:
    """Ask somebody else to publish it."""
    services.submit(
        actor=asked.actor, by=asked.user, draft=_drafted(asked, pk), revision=sent.revision
    )
    return _shown(asked, pk)


@desk.act("/type-drafts/{pk}/publish", Text("发布草案", "Publish a draft"), RevisionIn,
          DraftDetail)  # fmt: skip
def publish_draft(asked: Asked, sent: RevisionIn, pk: Id) -> Any:
    """Put it in force, who had no hand in it; cases that are open keep their version."""
    require(may_see_console(asked.user, asked.on))
    draft = _draft(pk)
    require(may_publish_type(asked.user, draft, asked.on))
    services.publish_draft(
        actor=asked.actor, by=asked.user, draft=draft, revision=sent.revision, now=asked.now
    )
    return _shown(asked, pk)


@desk.act("/type-drafts/{pk}/rebase", Text("对照新版本", "Go on from the new version"), None,
          DraftDetail)  # fmt: skip
def rebase_draft(asked: Asked, sent: Body, pk: Id) -> Any:
    """Go on from the version published meanwhile."""
    services.rebase(actor=asked.actor, by=asked.user, draft=_drafted(asked, pk), now=asked.now)
    return _shown(asked, pk)


@desk.act("/type-drafts/{pk}/send-back", Text("退回草案", "Return a draft"), ReasonForm,
          DraftDetail)  # fmt: skip
def return_draft(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Return a draft with a reason, or take one's own back."""
    require(may_see_console(asked.user, asked.on))
    draft = _draft(pk)
    if not may_publish_type(asked.user, draft, asked.on).allowed:
        require(may_draft_types(asked.user, asked.on))
    services.send_back(actor=asked.actor, draft=draft, reason=sent.given()["reason"])
    return _shown(asked, pk)


@desk.act("/type-drafts/{pk}/withdraw", Text("撤回草案", "Give a draft up"), ReasonForm,
          DraftDetail)  # fmt: skip
def withdraw_draft(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give it up, with the reason."""
    draft = _drafted(asked, pk)
    services.withdraw(actor=asked.actor, draft=draft, reason=sent.given()["reason"])
    return _shown(asked, pk)


def _draft(pk: int) -> TypeDraft:
    return get_object_or_404(selectors.drafts(), pk=pk)


def _drafted(asked: Asked, pk: int) -> TypeDraft:
    require(may_draft_types(asked.user, asked.on))
    return _draft(pk)


def _shown(asked: Asked, pk: int) -> Any:
    draft: Any = _draft(pk)
    waits, reading = draft.state in WAITING, selectors.read(draft.text, draft.kind)
    draft.newer = waits and selectors.has_newer(draft)
    draft.problems = [
        {"line": one.line, "field": one.path, "reason": Words.of(one.reason)}
        for one in (reading.problems if waits else ())
    ]
    found = selectors.changes(draft, reading) if waits and reading.mapping else []
    draft.changes = [change._asdict() for change in found]
    decision = may_publish_type(asked.user, draft, asked.on)
    draft.may_publish, draft.why_not = decision.allowed, Words.of(decision.reason)
    return draft
