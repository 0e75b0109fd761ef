"""Who may see and do what with the record, each answer with its reason."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import Visibility
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.registry.models import Enterprise, EnterpriseStaff

Visitor = User | AnonymousUser

# Who keeps the record. Leaders and project chiefs read it.
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})
_WRITERS = _KEEPERS | {Role.HANDLER}


def speaks_for(user: Visitor, enterprise: Enterprise, on: dt.date) -> bool:
    """Whether somebody is staff of this enterprise, or of one merged into it, on that day."""
    if not (isinstance(user, User) and user.is_active):
        return False
    posts = EnterpriseStaff.objects.filter(user=user, enterprise__root=enterprise.root_id)
    return posts.filter(
        Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    ).exists()


def may_see_enterprise(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who opens an enterprise's page: the zone's people, and the enterprise's own."""
    if speaks_for(user, enterprise, on) or may_see_console(user, on).allowed:
        return allow()
    return deny(
        "仅限园区工作人员和本企业人员；他人只能查看公开信息",
        "for people of the zone and of this enterprise; others see public facts only",
    )


def may_see_fact(user: Visitor, enterprise: Enterprise, fact: FactName, on: dt.date) -> Decision:
    """Decide who sees a fact without asking: its own people all, strangers what is public."""
    visible = fact.series.visible
    if not (isinstance(user, User) and user.is_active):
        return deny("请先登录", "log in first")
    if visible is Visibility.PUBLIC or speaks_for(user, enterprise, on):
        return allow()
    if not may_see_console(user, on).allowed:
        return deny(
            "不是公开信息，仅限园区工作人员和本企业人员",
            "not public: for people of the zone and of this enterprise",
        )
    if visible is Visibility.SENSITIVE:
        return deny(
            "敏感信息：说明理由后可查看，每次查看都会记录",
            "sensitive: shown when you say why, and every look is logged",
        )
    return allow()


def may_reveal(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who may ask to see sensitive facts, with a reason and a line in the log."""
    if speaks_for(user, enterprise, on):
        return allow()
    return _for(_WRITERS | {Role.LEADER}, user, on)


def may_import(user: Visitor, on: dt.date) -> Decision:
    """Decide who loads workbooks into the record."""
    return _for(_KEEPERS, user, on)


def may_export(user: Visitor, on: dt.date) -> Decision:
    """Decide who carries lists away as files; every export is logged."""
    return _for(_WRITERS | {Role.LEADER}, user, on)


def may_merge(user: Visitor, on: dt.date) -> Decision:
    """Decide who merges enterprises and undoes it."""
    return _for(_KEEPERS, user, on)


def may_keep_people(user: Visitor, on: dt.date) -> Decision:
    """Decide who says who speaks for an enterprise and who looks after it."""
    return _for(_KEEPERS, user, on)


def may_correct(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who states, corrects and withdraws facts.

    An enterprise's own people state figures through forms that somebody checks, not here.
    """
    if speaks_for(user, enterprise, on):
        return deny(
            "本企业人员不能直接更改园区档案",
            "people of the enterprise do not change the zone's record themselves",
        )
    return _for(_WRITERS, user, on)


def _for(roles: frozenset[Role], user: Visitor, on: dt.date) -> Decision:
    if roles_of(user, on) & roles:
        return allow()
    return deny(
        f"仅限：{_listed(roles, '、', _ZH)}", f"for these roles only: {_listed(roles, ', ', _EN)}"
    )


_ZH = {
    Role.ADMIN: "管理员",
    Role.CENTRE: "服务中心",
    Role.HANDLER: "经办人",
    Role.LEADER: "领导",
}
_EN = {
    Role.ADMIN: "administrator",
    Role.CENTRE: "service centre",
    Role.HANDLER: "handler",
    Role.LEADER: "leader",
}


def _listed(roles: frozenset[Role], comma: str, words: dict[Role, str]) -> str:
    return comma.join(words[role] for role in words if role in roles)
