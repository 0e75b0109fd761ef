"""Drafts: which there are, and how each stands to what is in force."""

from django.db.models import QuerySet

from openzone.engines.rules.ruleset import RuleSet
from openzone.zone.rulebook.enums import OPEN, DraftKind, DraftState
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.packs import in_force
from openzone.zone.rulebook.selectors.releases import rule_in
from openzone.zone.rulebook.selectors.texts import relations_text, rule_text

WAITING = (*OPEN, DraftState.SUBMITTED)


def drafts() -> "QuerySet[RuleDraft]":
    """Return all drafts with who wrote them, the last edited first."""
    return RuleDraft.objects.select_related("author", "edited_by", "release").order_by(
        "-edited_at", "-pk"
    )


def others_of(draft: RuleDraft) -> "QuerySet[RuleDraft]":
    """Return the other drafts of the same rule that are not done with."""
    same = drafts().filter(kind=draft.kind, rule=draft.rule, state__in=WAITING)
    return same.exclude(pk=draft.pk)


def base_text_now(kind: DraftKind, rule_id: str) -> str:
    """Return the file in force that a draft would replace; empty where there is none."""
    return text_in(in_force(), kind, rule_id)


def text_in(chosen: RuleSet, kind: DraftKind, rule_id: str) -> str:
    """Return the file of a set that a draft of this kind speaks of."""
    if kind is DraftKind.RELATIONS:
        return relations_text(chosen.relations)
    rule = rule_in(chosen, rule_id)
    return rule_text(rule) if rule else ""


def is_outdated(draft: RuleDraft) -> bool:
    """Whether what the draft started from was replaced by a release since."""
    return base_text_now(DraftKind(draft.kind), draft.rule) != draft.base_text
