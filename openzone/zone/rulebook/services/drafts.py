"""Writing a draft: begin, save, take over what was published meanwhile, give up."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.rulebook.enums import OPEN, DraftKind, DraftState
from openzone.zone.rulebook.models import GoldenCase, RuleDraft, RuleRelease
from openzone.zone.rulebook.packs import in_force
from openzone.zone.rulebook.selectors.drafts import base_text_now
from openzone.zone.rulebook.selectors.golden import Case
from openzone.zone.rulebook.selectors.reading import NOT_THERE, TAKEN
from openzone.zone.rulebook.selectors.releases import cases_of, latest_release
from openzone.zone.rulebook.selectors.texts import file_text, plain, rule_text

LONGEST = 200_000
NO_TITLE = Text("请写明草案标题", "give the draft a title")
NO_ID = Text("请填写规则编号，例如 zone.rent", "give the rule an id such as zone.rent")
TOO_LONG = Text("超过 {most} 字", "longer than {most} characters")
NOT_OPEN = Text("草案{state}，不能修改", "the draft is {state}: it cannot be edited")
EDITED_SINCE = Text(
    "{who} 已于 {at} 保存了较新的内容，您的修改尚未保存。请对照下面的两份内容，合并后再次保存",
    "{who} saved a newer text at {at}; yours is not saved. Compare both below and save again",
)
_STATES = {
    DraftState.SUBMITTED: Text("正在等待审批", "waiting for approval"),
    DraftState.PUBLISHED: Text("已经发布", "published"),
    DraftState.DISCARDED: Text("已经作废", "discarded"),
}


@transaction.atomic
def create_rule(
    *, actor: Actor, by: User, rule_id: str, title: str, document: Mapping[str, Any]
) -> RuleDraft:
    """Begin the draft of a rule that does not exist yet."""
    if not rule_id:
        raise Refused(NO_ID, field="rule")
    if any(rule.rule == rule_id for rule in in_force().rules):
        raise Refused(TAKEN.format(rule=rule_id), field="rule")
    return _begin(actor, by, DraftKind.RULE, rule_id, title, file_text(document), "")


@transaction.atomic
def create_revision(*, actor: Actor, by: User, rule_id: str, title: str) -> RuleDraft:
    """Begin a draft that changes a rule in force; its golden cases come along."""
    text = rule_text(_rule(rule_id))
    return _begin(actor, by, DraftKind.RULE, rule_id, title, text, text)


@transaction.atomic
def create_new_version(
    *, actor: Actor, by: User, rule_id: str, title: str, version: str, effective_from: dt.date
) -> RuleDraft:
    """Begin a draft with a copy of the last version that follows it from a day on.

    The version before ends on the eve, so that two are never in force at once.
    """
    rule = _rule(rule_id)
    document = plain(rule)
    last = document["versions"][-1]
    if effective_from <= last["effective_from"]:
        raise Refused(
            Text(
                "施行日须晚于上一版本的施行日 {day}", "must be after {day}, when the last one began"
            ).format(day=last["effective_from"]),
            field="effective_from",
        )
    follower = {**last, "version": version, "effective_from": effective_from}
    follower.pop("effective_to", None)
    last["effective_to"] = effective_from - dt.timedelta(days=1)
    document["versions"].append(follower)
    return _begin(actor, by, DraftKind.RULE, rule_id, title, file_text(document), rule_text(rule))


@transaction.atomic
def create_withdrawal(*, actor: Actor, by: User, rule_id: str, title: str) -> RuleDraft:
    """Begin a draft that takes a rule out of the rules."""
    return _begin(actor, by, DraftKind.WITHDRAWAL, rule_id, title, "", rule_text(_rule(rule_id)))


@transaction.atomic
def create_relations(*, actor: Actor, by: User, title: str) -> RuleDraft:
    """Begin a draft of the relations between the rules."""
    text = base_text_now(DraftKind.RELATIONS, "")
    return _begin(actor, by, DraftKind.RELATIONS, "", title, text, text)


@transaction.atomic
def edit(*, actor: Actor, by: User, draft: RuleDraft, text: str, revision: int) -> RuleDraft:
    """Save a text over the one that the editor saw (``revision``)."""
    current = locked(draft)
    ensure_open(current)
    ensure_unseen(current, revision)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG.format(most=LONGEST), field="text")
    if text == current.text:
        return current
    current.text = text
    return _saved(actor, by, current, "rulebook.draft.edited", {"text": _hash(text)})


@transaction.atomic
def rename(*, actor: Actor, by: User, draft: RuleDraft, title: str, effect: str) -> RuleDraft:
    """Give a draft another title, and a word on when it takes effect."""
    current = locked(draft)
    ensure_open(current)
    current.title, current.effect = title.strip(), effect.strip()
    if not current.title:
        raise Refused(NO_TITLE, field="title")
    ensure_valid(current)
    return _saved(actor, by, current, "rulebook.draft.renamed", {"title": current.title})


@transaction.atomic
def rebase(*, actor: Actor, by: User, draft: RuleDraft, revision: int) -> RuleDraft:
    """Go on from what is in force now; the text stays, its author has seen what changed."""
    current = locked(draft)
    ensure_open(current)
    ensure_unseen(current, revision)
    now = base_text_now(DraftKind(current.kind), current.rule)
    if current.kind == DraftKind.WITHDRAWAL and not now:
        raise Refused(NOT_THERE.format(rule=current.rule))
    current.base, current.base_text = latest_release(), now
    return _saved(actor, by, current, "rulebook.draft.rebased", {"base": _number(current.base)})


@transaction.atomic
def discard(*, actor: Actor, by: User, draft: RuleDraft, reason: str) -> RuleDraft:
    """Give a draft up; it stays to be read."""
    current = locked(draft)
    ensure_open(current)
    current.state, current.reason = DraftState.DISCARDED, reason.strip()
    return _saved(actor, by, current, "rulebook.draft.discarded", {"reason": current.reason})


def _begin(
    actor: Actor, by: User, kind: DraftKind, rule_id: str, title: str, text: str, base_text: str
) -> RuleDraft:
    if not title.strip():
        raise Refused(NO_TITLE, field="title")
    draft = RuleDraft(
        kind=kind,
        rule=rule_id,
        title=title.strip(),
        text=text,
        base=latest_release(),
        base_text=base_text,
        author=by,
        edited_by=by,
        edited_at=timezone.now(),
    )
    ensure_valid(draft)
    draft.save()
    draft.editors.add(by)
    GoldenCase.objects.bulk_create(_kept(draft, case) for case in cases_of(rule_id))
    payload: dict[str, JSON] = {"kind": kind.value, "rule": rule_id, "text": _hash(text)}
    record("rulebook.draft.created", actor=actor, subject=label(draft), payload=payload)
    return draft


def _kept(draft: RuleDraft, case: Case) -> GoldenCase:
    return GoldenCase(
        draft=draft,
        name=case.name,
        on=case.on,
        facts=dict(case.facts),
        outcome=case.outcome,
        value=case.value,
        amount=case.amount,
        note=case.note,
        kept=True,
    )


def _saved(
    actor: Actor, by: User, draft: RuleDraft, action: str, payload: Mapping[str, JSON]
) -> RuleDraft:
    draft.edited_by, draft.edited_at = by, timezone.now()
    draft.revision += 1
    draft.save()
    draft.editors.add(by)
    details = {"revision": draft.revision, **payload}
    record(action, actor=actor, subject=label(draft), payload=details)
    return draft


def locked(draft: RuleDraft) -> RuleDraft:
    """Return the draft as it is now, kept from others until the transaction ends."""
    return RuleDraft.objects.select_for_update().get(pk=draft.pk)


def ensure_open(draft: RuleDraft) -> None:
    """Refuse to change what waits for approval or is done with."""
    if draft.state not in OPEN:
        state = _STATES[DraftState(draft.state)]
        raise Refused(Text(NOT_OPEN.zh.format(state=state.zh), NOT_OPEN.en.format(state=state.en)))


def ensure_unseen(draft: RuleDraft, revision: int) -> None:
    """Tell the later of two people that somebody saved in between."""
    if draft.revision != revision:
        at = timezone.localtime(draft.edited_at).strftime("%Y-%m-%d %H:%M")
        raise Refused(EDITED_SINCE.format(who=draft.edited_by, at=at), field="revision")


def label(draft: RuleDraft) -> str:
    """Return what the log calls a draft."""
    return f"draft:{draft.pk}"


def _rule(rule_id: str) -> Rule:
    for rule in in_force().rules:
        if rule.rule == rule_id:
            return rule
    raise Refused(NOT_THERE.format(rule=rule_id), field="rule")


def _number(release: RuleRelease | None) -> int:
    return release.number if release else 0


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
