"""From a draft to a version: one person submits, another one publishes."""

import datetime as dt
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.chains.drafting import (
    LONGEST_WORDS,
    digest,
    ensure_short,
    ensure_unseen,
    given_reason,
    locked,
    noted,
    of_state,
    open_,
)
from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models import ChainDraft, ChainRelease
from openzone.zone.chains.permissions import had_a_hand_in
from openzone.zone.chains.selectors.drafts import has_newer, latest_number, newest, read
from openzone.zone.chains.selectors.releases import left_behind
from openzone.zone.chains.services.settling import settle
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

NO_NOTE = Text("请先说明修改了什么", "say what it changes first")
NOTHING_NEW = Text("与现行版本完全相同", "this is what is in force already")
NOT_SUBMITTED = Text("草案{state}，未在等待审批", "the draft is {state}: it does not wait")
ALREADY = Text("已由 {who} 发布为第{n}版", "already done by {who}: published as version {n}")
FOUR_EYES = Text(
    "四眼原则：起草、修改或送审过本草案的人不能发布",
    "four eyes: who wrote, edited or submitted the draft cannot publish it",
)
RELEASED_SINCE = Text(
    "起草之后又发布了第{n}版，请先对照新版本",
    "version {n} was published since the draft began: compare it first",
)
UNUSABLE = Text("草案有{n}处问题：{first}", "the draft has {n} faults: {first}")
BEFORE_LAST = Text(
    "不能早于第{n}版的施行日 {day}", "not before {day}, when version {n} comes in force"
)
WHY_BACK = Text("施行日早于今天，请说明理由", "it applies from a day before today: say why")


@transaction.atomic
def submit(
    *, actor: Actor, by: User, draft: ChainDraft, revision: int, note: str, now: dt.datetime
) -> ChainDraft:
    """Ask somebody else to publish; ``note`` says what it changes.

    Refused while the draft has faults or changes nothing.
    """
    current = ensure_unseen(open_(draft), revision)
    if not note.strip():
        raise Refused(NO_NOTE, field="note")
    ensure_short("note", note, LONGEST_WORDS)
    current.note = note.strip()
    _ensure_usable(current, timezone.localdate(now))
    current.state, current.submitted_by, current.reason = ChainDraftState.SUBMITTED, by, ""
    current.submitted_at = now
    current.save()
    current.editors.add(by)
    noted("submitted", actor, current, revision=current.revision)
    return current


@transaction.atomic
def send_back(*, actor: Actor, draft: ChainDraft, reason: str) -> ChainDraft:
    """Return a draft to who wrote it, or take one's own back."""
    current = _submitted(draft)
    current.state, current.reason = ChainDraftState.DRAFT, given_reason(reason)
    current.save()
    noted("returned", actor, current, reason=current.reason)
    return current


@transaction.atomic
def publish(
    *, actor: Actor, by: User, draft: ChainDraft, revision: int, valid_from: dt.date,
    now: dt.datetime, reason: str = "",
) -> ChainRelease:  # fmt: skip
    """Append a version from a draft; ``revision`` is the one the publisher read.

    Confirmed placements stay as they are; where the draft says which node takes over, they end on
    the eve and go on at that node.
    """
    current = ensure_unseen(_submitted(draft), revision)
    if had_a_hand_in(by, current):
        raise Refused(FOUR_EYES)
    today = timezone.localdate(now)
    _ensure_usable(current, today)
    _ensure_in_order(current.chain, valid_from, today, reason)
    release = _appended(current, by, valid_from, now, reason)
    current.state, current.release = ChainDraftState.PUBLISHED, release
    current.save()
    noted("published", actor, current, number=release.number)
    record(
        "chains.released", actor=actor, subject=f"chain:{current.chain}",
        payload={"number": release.number, "digest": release.digest,
                 "valid_from": valid_from.isoformat(), "reason": release.reason,
                 "drafted_by": release.drafted_by},
    )  # fmt: skip
    _settle(actor, by, current, release, now)
    return release


def _settle(
    actor: Actor, by: User, draft: ChainDraft, release: ChainRelease, now: dt.datetime
) -> None:
    """Let firms go where the draft said, if the version applies already."""
    here = {row.node for row in left_behind(release)} & draft.moves.keys()
    if here and release.valid_from <= timezone.localdate(now):
        with suppress(Refused):  # nobody could: they are listed with the version
            settle(actor=actor, by=by, release=release, moves=draft.moves, now=now)


def _appended(
    draft: ChainDraft, by: User, valid_from: dt.date, now: dt.datetime, reason: str
) -> ChainRelease:
    pack = read(draft.text, draft.chain).pack
    number = draft.base_number + 1
    release = ChainRelease(
        chain=draft.chain, number=number, title=str(pack.chain.name.zh)[:200] if pack else "",
        text=draft.text, digest=digest(draft.text), valid_from=valid_from, note=draft.note,
        reason=reason.strip(), drafted_by=str(draft.author), approved_by=str(by), published_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            release.save()
    except IntegrityError:  # another draft of the chain was quicker
        raise Refused(RELEASED_SINCE.format(n=number)) from None
    return release


def _submitted(draft: ChainDraft) -> ChainDraft:
    current = locked(draft)
    if current.release is not None:
        who, n = current.release.approved_by, current.release.number
        raise Refused(ALREADY.format(who=who, n=n))
    if current.state != ChainDraftState.SUBMITTED:
        raise Refused(of_state(NOT_SUBMITTED, current))
    return current


def _ensure_usable(draft: ChainDraft, on: dt.date) -> None:
    if has_newer(draft, on):
        raise Refused(RELEASED_SINCE.format(n=latest_number(draft.chain)))
    reading = read(draft.text, draft.chain)
    if reading.problems:
        first, n = reading.problems[0], len(reading.problems)
        where = f"{first.line}: {first.path}: "
        raise Refused(
            Text(
                UNUSABLE.zh.format(n=n, first=f"{where}{first.reason.zh}"),
                UNUSABLE.en.format(n=n, first=f"{where}{first.reason.en}"),
            )
        )
    if draft.text == newest(draft.chain, on).text:
        raise Refused(NOTHING_NEW)


def _ensure_in_order(chain: str, valid_from: dt.date, today: dt.date, reason: str) -> None:
    """A version takes the place of the one before, so it cannot begin before that one does."""
    last = ChainRelease.objects.filter(chain=chain).order_by("-number").first()
    if last is not None and valid_from < last.valid_from:
        refusal = BEFORE_LAST.format(n=last.number, day=last.valid_from)
        raise Refused(refusal, field="valid_from")
    if valid_from < today and not reason.strip():
        raise Refused(WHY_BACK, field="reason")
    if reason.strip():
        given_reason(reason)
