"""Who organises, records, reviews, checks and submits, each answer with its reason."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.suggestions.enums import CampaignState, Check
from openzone.zone.suggestions.models import Campaign, Feedback, Member, Original, Verdict

Visitor = User | AnonymousUser
_ORGANISERS = frozenset({Role.ADMIN, Role.CENTRE})
_RECORDERS = _ORGANISERS | {Role.HANDLER}
_REVIEWERS = _ORGANISERS | {Role.LEADER}
_SUBMITTERS = frozenset({Role.ADMIN, Role.LEADER})


def may_organise(user: Visitor, on: dt.date) -> Decision:
    """Decide who sets up campaigns, merges suggestions and tells the proposers."""
    return _for(_ORGANISERS, user, on, "仅限：管理员、服务中心", "administrator, service centre")


def may_record(user: Visitor, on: dt.date) -> Decision:
    """Decide who types in what was handed in on paper."""
    return _for(
        _RECORDERS,
        user,
        on,
        "仅限：管理员、服务中心、经办人",
        "administrator, service centre, handler",
    )


def may_review(user: Visitor, on: dt.date) -> Decision:
    """Decide who accepts and rejects, with the official answer."""
    return _for(
        _REVIEWERS,
        user,
        on,
        "仅限：管理员、服务中心、领导",
        "administrator, service centre, leader",
    )


def may_check(user: Visitor, verdict: Verdict, on: dt.date) -> Decision:
    """Decide who checks that an answer answers: a reviewer who did not write it."""
    if verdict.check_state != Check.WAITING:
        return deny("该答复已核验", "this answer was checked already")
    if verdict.decided_by_id == user.pk:
        return deny("本人的答复由他人核验", "who answered does not check the answer")
    return may_review(user, on)


def may_submit(user: Visitor, on: dt.date) -> Decision:
    """Decide who submits upwards."""
    return _for(_SUBMITTERS, user, on, "仅限：管理员、领导", "administrator, leader")


def may_see(user: Visitor, campaign: Campaign, on: dt.date) -> Decision:
    """Decide who opens a campaign: the zone's people and its members."""
    if may_see_console(user, on).allowed or member_of(user, campaign) is not None:
        return allow()
    return deny("仅限参与人员和园区工作人员", "for its members and the zone's people")


def may_propose(user: Visitor, campaign: Campaign) -> Decision:
    """Decide who hands in a suggestion: a member, while suggestions are collected."""
    if campaign.state != CampaignState.COLLECTING:
        return deny("该征集不在收集阶段", "this campaign does not collect now")
    if member_of(user, campaign) is None:
        return deny("仅限本次征集的参与人员", "for the members of this campaign")
    return allow()


def may_see_original(user: Visitor, original: Original, on: dt.date) -> Decision:
    """Decide who reads a suggestion with its proposer: the zone's people and the proposer."""
    if may_see_console(user, on).allowed or _own(user, original):
        return allow()
    return deny("仅限提出人和园区工作人员", "for its proposer and the zone's people")


def may_withdraw(user: Visitor, original: Original, on: dt.date) -> Decision:
    """Decide who takes a suggestion back: its proposer; the organiser for who has no login."""
    if _own(user, original):
        return allow()
    if original.member.user_id is None:
        return may_organise(user, on)
    return deny("仅限提出人撤回", "only its proposer takes it back")


def may_respond(user: Visitor, feedback: Feedback, on: dt.date) -> Decision:
    """Decide who says whether an answer will do: the proposer; for who has no login, a recorder.

    Who gave the answer does not note the word of who asked.
    """
    if _own(user, feedback.original):
        return allow()
    if feedback.original.member.user_id is not None:
        return deny("仅限提出人确认", "only its proposer confirms")
    if feedback.verdict.decided_by_id == user.pk:
        return deny("答复人不得代为确认", "who answered does not confirm for the proposer")
    return may_record(user, on)


def member_of(user: Visitor, campaign: Campaign) -> Member | None:
    """Return somebody's place in a campaign, if they have one."""
    if not (isinstance(user, User) and user.is_active):
        return None
    return campaign.members.filter(user=user).select_related("group").first()


def takes_part(user: Visitor, on: dt.date) -> Decision:
    """Decide who has suggestions of their own: members of any campaign."""
    if isinstance(user, User) and Member.objects.filter(user=user).exists():
        return allow()
    return deny("您还没有参加征集", "you take part in no campaign")


def _own(user: Visitor, original: Original) -> bool:
    return isinstance(user, User) and user.is_active and original.member.user_id == user.pk


def _for(roles: frozenset[Role], user: Visitor, on: dt.date, zh: str, en: str) -> Decision:
    if roles_of(user, on) & roles:
        return allow()
    return deny(zh, f"for these roles only: {en}")
