"""A case type from a draft to a version: one person submits it, another one publishes it."""

import datetime as dt

from django.db import IntegrityError, transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import OPEN_DRAFTS, TypeDraftState
from openzone.zone.cases.models import TypeDraft, TypeVersion
from openzone.zone.cases.permissions import had_a_hand_in
from openzone.zone.cases.selectors.type_drafts import changes, has_newer, read, starting_text
from openzone.zone.cases.selectors.types import latest
from openzone.zone.cases.services.types import publish
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

LONGEST, LONGEST_WORDS = 200_000, 300
NO_TYPE = Text("没有事项类型“{kind}”", "there is no case type “{kind}”")
IN_WORK = Text("此类型已有未完成的草案", "there is an unfinished draft of this type")
NO_WORDS = Text("请说明理由", "say why")
TOO_LONG = Text("最多{most}字", "at most {most} characters")
NOT_OPEN = Text("草案不在修改中", "the draft is not being edited")
NOT_SUBMITTED = Text("草案未在等待审批", "the draft does not wait for approval")
NOTHING_NEW = Text("与已发布的版本相同", "this is what is published already")
FOUR_EYES = Text(
    "四眼原则：起草、修改或送审过本草案的人不能发布",
    "four eyes: who wrote, edited or submitted the draft cannot publish it",
)
EDITED_SINCE = Text(
    "{who}已保存了较新的内容，您的修改尚未保存，请对照后再保存",
    "{who} saved a newer text; yours is not saved: compare and save again",
)
CHANGED_SINCE = Text(
    "您查看之后草案又有改动，请重新查看", "the draft changed after you looked: look again"
)
RELEASED_SINCE = Text(
    "起草之后又发布了新版本，请先对照新版本",
    "another version was published since the draft began: compare it first",
)
UNUSABLE = Text("草案有{n}处问题：{first}", "the draft has {n} problems: {first}")


@transaction.atomic
def begin(
    *, actor: Actor, by: User, kind: str, now: dt.datetime, from_pack: bool = False
) -> TypeDraft:
    """Begin a draft with what is published, or with what the pack says; one a type at a time."""
    text = starting_text(kind, from_pack=from_pack)
    if text is None:
        raise Refused(NO_TYPE.format(kind=kind), field="kind")
    draft = TypeDraft(
        kind=kind, text=text, base=latest(kind), author=by, edited_by=by, edited_at=now
    )
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise Refused(IN_WORK) from None
    draft.editors.add(by)
    _note("begun", actor, draft, from_pack=from_pack)
    return draft


@transaction.atomic
def edit(
    *, actor: Actor, by: User, draft: TypeDraft, text: str, why: str, revision: int,
    now: dt.datetime,
) -> TypeDraft:  # fmt: skip
    """Save a text over the one its editor saw (``revision``); it may have problems yet."""
    current = _open(draft)
    if current.revision != revision:
        who = str(current.edited_by)
        raise Refused(EDITED_SINCE.format(who=who))
    for name, value, most in (("text", text, LONGEST), ("why", why, LONGEST_WORDS)):
        if len(value) > most:
            raise Refused(TOO_LONG.format(most=most), field=name)
    current.text, current.why = text.replace("\r\n", "\n"), why.strip()
    current.edited_by, current.edited_at = by, now
    current.revision += 1
    current.save()
    current.editors.add(by)
    _note("saved", actor, current, revision=current.revision)
    return current


@transaction.atomic
def rebase(*, actor: Actor, by: User, draft: TypeDraft, now: dt.datetime) -> TypeDraft:
    """Go on from the version published meanwhile; the text stays, its editor saw what differs."""
    current = _open(draft)
    current.base, current.edited_by, current.edited_at = latest(current.kind), by, now
    current.revision += 1
    current.save()
    current.editors.add(by)
    _note("rebased", actor, current, base=current.base.version if current.base else 0)
    return current


@transaction.atomic
def submit(*, actor: Actor, by: User, draft: TypeDraft, revision: int) -> TypeDraft:
    """Ask somebody else to publish; refused while anything is wrong with it."""
    current = _open(draft)
    if current.revision != revision:
        raise Refused(CHANGED_SINCE)
    if not current.why:
        raise Refused(NO_WORDS, field="why")
    _ensure_usable(current)
    current.state, current.submitted_by, current.reason = TypeDraftState.SUBMITTED, by, ""
    current.save()
    current.editors.add(by)
    _note("submitted", actor, current, revision=current.revision)
    return current


@transaction.atomic
def send_back(*, actor: Actor, draft: TypeDraft, reason: str) -> TypeDraft:
    """Return a draft to who wrote it, or take one's own back."""
    current = _submitted(draft)
    return _ended(actor, current, TypeDraftState.RETURNED, reason)


@transaction.atomic
def withdraw(*, actor: Actor, draft: TypeDraft, reason: str) -> TypeDraft:
    """Give a draft up; its text stays in the list."""
    current = _locked(draft)
    if current.state not in (*OPEN_DRAFTS, TypeDraftState.SUBMITTED):
        raise Refused(NOT_OPEN)
    return _ended(actor, current, TypeDraftState.WITHDRAWN, reason)


@transaction.atomic
def publish_draft(
    *, actor: Actor, by: User, draft: TypeDraft, revision: int, now: dt.datetime
) -> TypeVersion:
    """Put a draft in force for new cases; ``revision`` is the one the publisher read."""
    current = _submitted(draft)
    if current.revision != revision:
        raise Refused(CHANGED_SINCE)
    if had_a_hand_in(by, current):
        raise Refused(FOUR_EYES)
    _ensure_usable(current)
    mapping = read(current.text, current.kind).mapping
    version = publish(actor=actor, mapping=mapping, now=now, note=current.why)
    current.state, current.published, current.published_by = (
        TypeDraftState.PUBLISHED, version, by,
    )  # fmt: skip
    current.save()
    _note("published", actor, current, version=version.version, drafted_by=str(current.author))
    return version


def _locked(draft: TypeDraft) -> TypeDraft:
    return TypeDraft.objects.select_for_update().get(pk=draft.pk)


def _open(draft: TypeDraft) -> TypeDraft:
    current = _locked(draft)
    if current.state not in OPEN_DRAFTS:
        raise Refused(NOT_OPEN)
    return current


def _submitted(draft: TypeDraft) -> TypeDraft:
    current = _locked(draft)
    if current.state != TypeDraftState.SUBMITTED:
        raise Refused(NOT_SUBMITTED)
    return current


def _ended(actor: Actor, current: TypeDraft, state: TypeDraftState, reason: str) -> TypeDraft:
    words = reason.strip()
    if not words:
        raise Refused(NO_WORDS, field="reason")
    if len(words) > LONGEST_WORDS:
        raise Refused(TOO_LONG.format(most=LONGEST_WORDS), field="reason")
    current.state, current.reason = state, words
    current.save()
    _note(str(state), actor, current, reason=words)
    return current


def _ensure_usable(draft: TypeDraft) -> None:
    if has_newer(draft):
        raise Refused(RELEASED_SINCE)
    reading = read(draft.text, draft.kind)
    if reading.problems:
        first = reading.problems[0]
        line = Text(f"第{first.line}行，", f"line {first.line}, ")
        n = len(reading.problems)
        raise Refused(
            Text(
                UNUSABLE.zh.format(n=n, first=f"{line.zh}{first.path}：{first.reason.zh}"),
                UNUSABLE.en.format(n=n, first=f"{line.en}{first.path}: {first.reason.en}"),
            )
        )
    if not changes(draft, reading):
        raise Refused(NOTHING_NEW)


def _note(what: str, actor: Actor, draft: TypeDraft, **payload: JSON) -> None:
    said: dict[str, JSON] = {"kind": draft.kind, **payload}
    record(f"cases.type_draft.{what}", actor=actor, subject=f"type_draft:{draft.pk}", payload=said)
