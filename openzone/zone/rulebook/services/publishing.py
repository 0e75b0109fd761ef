"""From a draft to a release: submit, return, publish by somebody else, adopt newer packs."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from openzone.engines.rules.publishing import check_publishing
from openzone.engines.rules.rehearsal import Rehearsal
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.rulebook.enums import DraftKind, DraftState, ReleaseOrigin
from openzone.zone.rulebook.models import RuleDraft, RuleRelease
from openzone.zone.rulebook.packs import packs
from openzone.zone.rulebook.permissions import had_a_hand_in
from openzone.zone.rulebook.selectors.golden import Case
from openzone.zone.rulebook.selectors.readiness import (
    Readiness,
    first_day,
    readiness,
    rehearse_sets,
    summary,
)
from openzone.zone.rulebook.selectors.releases import (
    RELATIONS,
    all_cases,
    digests,
    latest_release,
    packs_news,
    rule_in,
    set_of,
    with_packs,
)
from openzone.zone.rulebook.services.drafts import (
    ensure_open,
    ensure_unseen,
    label,
    locked,
)

FOUR_EYES = Text(
    "四眼原则：起草、修改或送审过本草案的人不能批准",
    "four eyes: who wrote, edited or submitted the draft cannot approve it",
)
NOT_SUBMITTED = Text("草案未在等待审批", "the draft does not wait for approval")
SUBMITTED_AGAIN = Text(
    "您查看之后草案已退回修改并重新送审，请重新查看后再批准",
    "the draft was taken back and submitted again after you looked: look at it before approving",
)
PUBLISHED_BY = Text(
    "{who} 已批准本草案，见第 {n} 次发布", "{who} approved it already: see release {n}"
)
RELEASED_SINCE = Text(
    "您查看试算之后又有了第 {n} 次发布，试算已按新的现行规则重做，请重新查看后再批准",
    "release {n} came out after you looked at the rehearsal: look at the new one before approving",
)
NO_REASON = Text("请说明退回理由", "say why it goes back")
BROKEN = Text(
    "软件规则包与本园区的规则不能同时成立：{rule}：{why}",
    "the packs of the software and the zone's rules do not go together: {rule}: {why}",
)


@transaction.atomic
def submit(*, actor: Actor, by: User, draft: RuleDraft, revision: int) -> RuleDraft:
    """Ask for approval; refused while anything is wrong or a golden case fails."""
    current = locked(draft)
    ensure_open(current)
    ensure_unseen(current, revision)
    _ensure_ready(readiness(current))
    current.state, current.reason = DraftState.SUBMITTED, ""
    current.submitted_by, current.submitted_at = by, timezone.now()
    current.save()
    record("rulebook.draft.submitted", actor=actor, subject=label(current))
    return current


@transaction.atomic
def send_back(*, actor: Actor, by: User, draft: RuleDraft, reason: str) -> RuleDraft:
    """Return a draft to who wrote it, or take one's own back."""
    current = _waiting(draft)
    if not reason.strip():
        raise Refused(NO_REASON, field="reason")
    current.state, current.reason = DraftState.RETURNED, reason.strip()
    current.save()
    payload: dict[str, JSON] = {"reason": current.reason, "by": by.pk}
    record("rulebook.draft.returned", actor=actor, subject=label(current), payload=payload)
    return current


@transaction.atomic
def publish(
    *,
    actor: Actor,
    by: User,
    draft: RuleDraft,
    seen_release: int,
    today: dt.date,
    submitted_at: dt.datetime | None = None,
) -> RuleRelease:
    """Put a draft in force as a new release.

    ``seen_release`` is the release that the approver's rehearsal started from, ``submitted_at``
    when what the approver read was submitted: taken back, changed and submitted again it is
    another text, which four eyes have not seen.
    """
    current = _waiting(draft)
    _ensure_may_approve(by, current, submitted_at)
    previous = latest_release()
    _ensure_newest(previous, seen_release)
    ready = readiness(current)
    _ensure_ready(ready)
    after = ready.reading.after
    if after is None:
        raise Refused(NOT_SUBMITTED)
    old = rule_in(ready.base, current.rule)
    done = rehearse_sets(ready.base, after, first_day(old, ready.reading.rule, today))
    release = _release(
        after,
        previous,
        origin=ReleaseOrigin.DRAFT,
        rule=current.rule or RELATIONS,
        title=current.title,
        note=current.effect,
        own=_own(previous, current),
        cases=_cases(previous, current),
        changes=_changes(done),
        rehearsal=summary(done),
        drafted_by=str(current.author),
        approved_by=str(by),
    )
    current.state, current.release = DraftState.PUBLISHED, release
    current.save()
    record(
        "rulebook.release.published",
        actor=actor,
        subject=f"release:{release.number}",
        payload={"draft": current.pk, "digest": release.digest, "author": current.author_id},
    )
    return release


@transaction.atomic
def adopt_packs(*, actor: Actor) -> RuleRelease | None:
    """Release what the packs of the software say now, with the zone's own rules over it.

    Returns None where that is what is in force already. What the zone wrote, changed or withdrew
    stays as it is; packs that no longer go together with it are refused, naming the rule.
    """
    previous = latest_release()
    news = packs_news(previous)
    if not news.any:
        return None
    after = with_packs(set_of(previous), previous.own) if previous else packs()
    _ensure_consistent(after)
    release = _release(
        after,
        previous,
        origin=ReleaseOrigin.PACKS,
        rule="",
        title="软件规则包",
        note="",
        own=dict(previous.own) if previous else {},
        cases=list(previous.cases) if previous else [],
        changes=_listed(after, previous, (*news.changed, *news.new)),
        rehearsal={},
        drafted_by=actor.label,
        approved_by=actor.label,
    )
    record(
        "rulebook.release.adopted",
        actor=actor,
        subject=f"release:{release.number}",
        payload={"digest": release.digest, "kept": sorted(release.own)},
    )
    return release


def _waiting(draft: RuleDraft) -> RuleDraft:
    current = locked(draft)
    if current.release is not None:
        who, number = current.release.approved_by, current.release.number
        raise Refused(PUBLISHED_BY.format(who=who, n=number))
    if current.state != DraftState.SUBMITTED:
        raise Refused(NOT_SUBMITTED)
    return current


def _ensure_may_approve(by: User, draft: RuleDraft, submitted_at: dt.datetime | None) -> None:
    if submitted_at is not None and draft.submitted_at != submitted_at:
        raise Refused(SUBMITTED_AGAIN)
    if had_a_hand_in(by, draft):
        raise Refused(FOUR_EYES)


def _ensure_newest(previous: RuleRelease | None, seen_release: int) -> None:
    newest = previous.number if previous else 0
    if newest != seen_release:
        raise Refused(RELEASED_SINCE.format(n=newest))


def _ensure_ready(ready: Readiness) -> None:
    if ready.obstacles:
        raise Refused(ready.obstacles[0])


def _ensure_consistent(after: RuleSet) -> None:
    for concern in check_publishing(after.rules, after.relations, after.catalogue):
        if concern.severity == "problem":
            raise Refused(
                Text(
                    BROKEN.zh.format(rule=concern.rule, why=concern.reason.zh),
                    BROKEN.en.format(rule=concern.rule, why=concern.reason.en),
                )
            )


def _release(after: RuleSet, previous: RuleRelease | None, **given: Any) -> RuleRelease:
    release = RuleRelease(
        number=previous.number + 1 if previous else 1,
        digest=after.digest,
        artefact=after.to_bytes().decode(),
        published_at=timezone.now(),
        **given,
    )
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError:  # somebody else took the number between our look and our write
        raise Refused(RELEASED_SINCE.format(n=release.number)) from None
    return release


def _own(previous: RuleRelease | None, draft: RuleDraft) -> dict[str, str]:
    """Return what the zone decides itself, with what the packs say of it today."""
    name = draft.rule or RELATIONS
    own = dict(previous.own) if previous else {}
    return own | {name: digests(packs()).get(name, "")}


def _cases(previous: RuleRelease | None, draft: RuleDraft) -> list[dict[str, Any]]:
    """Return the golden cases of every rule: those of the draft take the place of its rule's."""
    kept = {rule: cases for rule, cases in all_cases(previous).items() if rule != draft.rule}
    if draft.kind == DraftKind.RULE:
        kept[draft.rule] = [Case.of(row) for row in draft.cases.order_by("pk")]
    return [{"rule": rule, **case.as_json()} for rule, cases in kept.items() for case in cases]


def _changes(done: Rehearsal) -> list[dict[str, Any]]:
    """Return the clauses that differ on the day of the rehearsal, rule by rule."""
    return [
        {
            "rule": rule.id,
            "title": {"zh": rule.title.zh, "en": rule.title.en},
            "status": rule.status,
            "differences": [difference.as_json() for difference in rule.differences],
        }
        for rule in done.rules
        if rule.status != "same"
    ]


def _listed(
    after: RuleSet, previous: RuleRelease | None, names: Iterable[str]
) -> list[Mapping[str, Any]]:
    """Return which rules the packs brought or changed."""
    old = set_of(previous) if previous else None
    found: list[Mapping[str, Any]] = []
    for name in dict.fromkeys(names):
        was, one = old and rule_in(old, name), rule_in(after, name)
        if one is not None:
            status = "changed" if was else "new"
            title = {"zh": one.title.zh, "en": one.title.en}
            found.append({"rule": name, "title": title, "status": status, "differences": []})
    return found
