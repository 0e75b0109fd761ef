"""Who may draft rules, decide on them and see how they were made, each answer with its reason."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.rulebook.models import RuleDraft

Visitor = User | AnonymousUser

_RULE_MAKERS = frozenset({Role.ADMIN, Role.CENTRE, Role.LEADER})


def may_draft(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees, writes and submits drafts of rules."""
    if roles_of(user, on) & _RULE_MAKERS:
        return allow()
    return deny(
        "仅限：管理员、服务中心、领导",
        "for these roles only: administrator, service centre, leader",
    )


def may_publish(user: Visitor, draft: RuleDraft, on: dt.date) -> Decision:
    """Decide who approves a draft: somebody with the right who had no hand in it."""
    decision = may_draft(user, on)
    if decision.allowed and had_a_hand_in(user, draft):
        return deny(
            "四眼原则：起草、修改或送审过本草案的人不能批准，请由另一位有权限的同事审批",
            "four eyes: who wrote, edited or submitted the draft cannot approve it; "
            "another person with the right must",
        )
    return decision


def had_a_hand_in(user: Visitor, draft: RuleDraft) -> bool:
    """Whether somebody wrote, edited or submitted a draft."""
    if not isinstance(user, User):
        return False
    makers = {draft.author_id, draft.edited_by_id, draft.submitted_by_id}
    return user.pk in makers or draft.editors.filter(pk=user.pk).exists()


def may_see_releases(user: Visitor, on: dt.date) -> Decision:
    """Decide who looks through the releases."""
    return may_see_console(user, on)


def may_screen(user: Visitor, on: dt.date) -> Decision:
    """Decide who looks for enterprises by conditions."""
    return may_see_console(user, on)
