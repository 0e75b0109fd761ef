"""What every change of a draft of a chain has in common: one editor at a time, and its event."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.selectors.drafts import read
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

LONGEST, LONGEST_WORDS = 1_000_000, 300
NO_WORDS = Text("请说明理由", "say why")
TOO_LONG = Text("最多{most}字", "at most {most} characters")
NOT_OPEN = Text("草案{state}，不能修改", "the draft is {state}: it cannot be changed")
OVER = Text("草案{state}", "the draft is {state} already")
EDITED_SINCE = Text(
    "{who} 已于 {at} 保存了较新的内容（第 {n} 次保存），您的修改尚未保存，请对照后再保存",
    "{who} saved newer content at {at} (save {n}); yours is not saved: compare and save again",
)
STATES = {
    ChainDraftState.DRAFT: Text("在起草中", "being drafted"),
    ChainDraftState.SUBMITTED: Text("正在等待审批", "waiting for approval"),
    ChainDraftState.PUBLISHED: Text("已经发布", "published"),
    ChainDraftState.WITHDRAWN: Text("已经撤回", "withdrawn"),
}


def saved(
    actor: Actor, by: User, draft: ChainDraft, now: dt.datetime, what: str,
    payload: Mapping[str, JSON],
) -> ChainDraft:  # fmt: skip
    """Keep a change of a draft with its event."""
    draft.edited_by, draft.edited_at = by, now
    draft.revision += 1
    draft.save()
    draft.editors.add(by)
    faults = len(read(draft.text, draft.chain).problems)
    noted(what, actor, draft, revision=draft.revision, faults=faults, **payload)
    return draft


def locked(draft: ChainDraft) -> ChainDraft:
    """Return a draft as it is now, kept from others until the transaction ends."""
    return ChainDraft.objects.select_for_update().get(pk=draft.pk)


def open_(draft: ChainDraft) -> ChainDraft:
    """Return a draft that may be changed; refuse one that waits or is done with."""
    current = locked(draft)
    if current.state != ChainDraftState.DRAFT:
        raise Refused(of_state(NOT_OPEN, current))
    return current


def ensure_unseen(draft: ChainDraft, revision: int) -> ChainDraft:
    """Tell the slower of two people who was quicker."""
    if draft.revision != revision:
        at = timezone.localtime(draft.edited_at).strftime("%Y-%m-%d %H:%M")
        reason = EDITED_SINCE.format(who=draft.edited_by, at=at, n=draft.revision)
        raise Refused(reason)
    return draft


def given_reason(reason: str) -> str:
    """Return a reason as it is kept; refuse none, and a novel."""
    if not reason.strip():
        raise Refused(NO_WORDS, field="reason")
    ensure_short("reason", reason, LONGEST_WORDS)
    return reason.strip()


def noted(what: str, actor: Actor, draft: ChainDraft, **payload: JSON) -> None:
    """Write down what happened to a draft."""
    said: dict[str, JSON] = {"chain": draft.chain, **payload}
    record(f"chains.draft.{what}", actor=actor, subject=f"chain_draft:{draft.pk}", payload=said)


def of_state(reason: Text, draft: ChainDraft) -> Text:
    """Say of a reason how far the draft is."""
    state = STATES[ChainDraftState(draft.state)]
    return Text(reason.zh.format(state=state.zh), reason.en.format(state=state.en))


def ensure_short(field: str, text: str, most: int) -> None:
    """Refuse a text that is too long."""
    if len(text) > most:
        raise Refused(TOO_LONG.format(most=f"{most:,}"), field=field)


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
