"""Decisions about people, and the shape of every decision of the zone."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from openzone.engines.text import Text
from openzone.zone.people.enums import KeyArea, KeyRight, Role, scope
from openzone.zone.people.models import ApiKey, User
from openzone.zone.people.selectors import roles_of

# Banks and neighbourhood agents have pages of their own and see nothing of the zone's console.
CONSOLE_ROLES = frozenset(
    {
        Role.ADMIN, Role.LEADER, Role.CENTRE, Role.HANDLER, Role.PROJECT_CHIEF, Role.STATISTICS,
    },
)  # fmt: skip


class Decision(NamedTuple):
    """Whether something is allowed, and the reason that is shown to the person."""

    allowed: bool
    reason: Text


def allow(zh: str = "允许", en: str = "allowed") -> Decision:
    """Return a yes."""
    return Decision(True, Text(zh, en))


def deny(zh: str, en: str) -> Decision:
    """Return a no with its reason."""
    return Decision(False, Text(zh, en))


def may_administer(user: User | AnonymousUser, on: date) -> Decision:
    """Decide whether somebody manages users, units and roles."""
    if Role.ADMIN in roles_of(user, on):
        return allow()
    return deny("仅限管理员", "for administrators only")


def may_see_console(user: User | AnonymousUser, on: date) -> Decision:
    """Decide whether somebody works for the zone and sees its console."""
    if roles_of(user, on) & CONSOLE_ROLES:
        return allow()
    return deny("仅限园区工作人员", "for people who work for the zone only")


def may_use(key: ApiKey | None, on: date) -> Decision:
    """Decide whether a key opens anything on a day; its owner has to be somebody still."""
    if key is None or not key.user.is_active:
        return deny("密钥无效", "the key is not valid")
    if key.revoked_at is not None:
        return deny("密钥已停用", "the key was revoked")
    if key.valid_to < on:
        return deny("密钥已过期", "the key has ended")
    return allow()


def may_reach(key: ApiKey, area: KeyArea, right: KeyRight) -> Decision:
    """Decide whether a key was given a right in an area."""
    needed = scope(area, right)
    if needed in key.scopes:
        return allow()
    return deny(
        f"该密钥没有“{needed}”权限，请另行生成",
        f"this key was not given “{needed}”; make one that has it",
    )
