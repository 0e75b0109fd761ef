"""Who answers, who asks, who sees figures. Nobody of the zone can answer for anybody."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.registry.permissions import speaks_for
from openzone.zone.surveys.models import SurveyInvitation

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})


def may_answer(user: Visitor, invitation: SurveyInvitation, on: dt.date) -> Decision:
    """Decide who answers: the enterprise's own people or the person asked.

    Somebody who works for the zone never does, not even for an enterprise they also speak for.
    """
    if not isinstance(user, User) or not user.is_active:
        return deny("请先登录", "log in first")
    if roles_of(user, on):
        return deny(
            "园区工作人员不能代为评价，包括本人兼任的企业",
            "people of the zone cannot answer, not even for an enterprise they speak for",
        )
    own = (
        speaks_for(user, invitation.enterprise, on)
        if invitation.enterprise is not None
        else user.pk == invitation.person_id
    )
    return allow() if own else deny("只能由被评价邀请的企业人员填写", "for who was asked only")


def may_survey(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens a survey."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_see_figures(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees scores and rates."""
    return may_see_console(user, on)


def may_call_back(user: Visitor, invitation: SurveyInvitation, on: dt.date) -> Decision:
    """Decide who writes down a call: the service centre, never who is assessed."""
    if isinstance(user, User) and user.pk == invitation.about_user_id:
        return deny("被评价人不能回访", "who is assessed does not call")
    return may_survey(user, on)
