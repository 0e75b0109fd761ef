"""Who sees the chains, who draws them, who publishes, and who says which firm stands where."""

import datetime as dt

from openzone.zone.chains.models import ChainDraft
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import HANDS, Visitor, sees_all
from openzone.zone.projects.permissions import may_list as may_list_projects
from openzone.zone.promotion.permissions import is_adviser


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the chains: people who work for the zone, and its advisers."""
    if isinstance(user, User) and is_adviser(user, on):
        return allow()
    return may_list_projects(user, on)


def may_review(user: Visitor, on: dt.date) -> Decision:
    """Decide who places firms, names roles and records figures: handlers, chiefs, the centre."""
    held = list(memberships_of(user, on))
    if any(post.role in HANDS for post in held) or sees_all(held):
        return allow()
    return deny("由经办人、项目负责人或服务中心办理", "done by handlers, chiefs or the centre")


def may_edit(user: Visitor, on: dt.date) -> Decision:
    """Decide who draws a new version of a chain: whoever may place firms in it."""
    return may_review(user, on)


def may_adopt(user: Visitor, on: dt.date) -> Decision:
    """Decide who adopts weights that candidates are ranked by: leaders and the centre."""
    if sees_all(memberships_of(user, on)):
        return allow()
    return deny("由领导或服务中心采用", "adopted by leaders or the service centre")


def may_choose(user: Visitor, on: dt.date) -> Decision:
    """Decide who says which chains the zone works on, and who heads them: leaders, the centre."""
    if sees_all(memberships_of(user, on)):
        return allow()
    return deny("由领导或服务中心确定", "decided by leaders or the service centre")


def may_publish(user: Visitor, draft: ChainDraft, on: dt.date) -> Decision:
    """Decide who puts a draft in force: the centre, leaders, administrators; not who wrote it."""
    if not sees_all(memberships_of(user, on)):
        return deny(
            "由服务中心、领导或管理员发布",
            "published by the service centre, leaders, administrators",
        )
    if had_a_hand_in(user, draft):
        return deny(
            "四眼原则：起草、修改或送审过本草案的人不能发布，请由另一位有权限的同事发布",
            "four eyes: who wrote, edited or submitted the draft cannot publish it; "
            "another person with the right must",
        )
    return allow()


def may_return(user: Visitor, draft: ChainDraft, on: dt.date) -> Decision:
    """Decide who gives a submitted draft back: who may publish it, or who wrote it."""
    if had_a_hand_in(user, draft) and may_edit(user, on).allowed:
        return allow()
    return may_publish(user, draft, on)


def may_settle(user: Visitor, on: dt.date) -> Decision:
    """Decide who lets firms go on at nodes of a new version: whoever may publish at all."""
    if sees_all(memberships_of(user, on)):
        return allow()
    return deny(
        "由服务中心、领导或管理员办理", "done by the service centre, leaders, administrators"
    )


def had_a_hand_in(user: Visitor, draft: ChainDraft) -> bool:
    """Whether somebody wrote, edited or submitted a draft."""
    if not isinstance(user, User):
        return False
    makers = {draft.author_id, draft.edited_by_id, draft.submitted_by_id}
    return user.pk in makers or draft.editors.filter(pk=user.pk).exists()
