"""Who keeps the register, asks, answers and rates, each answer with its reason."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.registry.models import Enterprise, EnterpriseStaff
from openzone.zone.registry.permissions import speaks_for as belongs_to
from openzone.zone.spokespersons.models import Consultation, Part, Reply
from openzone.zone.spokespersons.selectors.register import speaker_of, speaks_for

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})


def may_keep_register(user: Visitor, on: dt.date) -> Decision:
    """Decide who appoints spokespersons and records absences."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_use_desk(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees the questions of the zone: the people who work for it."""
    return may_see_console(user, on)


def enterprises_of(user: Visitor, on: dt.date) -> list[Enterprise]:
    """Return the enterprises somebody speaks for on a day, by name."""
    if not (isinstance(user, User) and user.is_active):
        return []
    posts = EnterpriseStaff.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), user=user, valid_from__lte=on
    )
    own = Enterprise.objects.filter(pk__in=posts.order_by("pk").values("enterprise__root"))
    return list(own.order_by("name", "pk"))


def may_ask(user: Visitor, on: dt.date) -> Decision:
    """Decide who asks: people of an enterprise, and zone staff for who calls or comes."""
    if may_see_console(user, on).allowed or enterprises_of(user, on):
        return allow()
    return deny(
        "仅限企业人员和园区工作人员；请先关联您的企业",
        "for people of an enterprise and of the zone; have your enterprise linked first",
    )


def may_see(user: Visitor, consultation: Consultation, on: dt.date) -> Decision:
    """Decide who reads a question: who asked, the asking enterprise, the zone's people."""
    if may_see_console(user, on).allowed or _asked(user, consultation, on):
        return allow()
    return deny("仅限提问企业和园区工作人员", "for the enterprise that asked and the zone's people")


def may_rate(user: Visitor, reply: Reply, on: dt.date) -> Decision:
    """Decide who rates an answer and asks again: who asked, and never who answered."""
    if reply.replied_by_id == user.pk:
        return deny("本人的答复由他人评价", "who answered does not rate the answer")
    if _asked(user, reply.consultation, on):
        return allow()
    return deny("仅限提问人评价", "only who asked rates the answer")


def may_answer(user: Visitor, consultation: Consultation, on: dt.date) -> Decision:
    """Decide who answers: who speaks for the unit; without anybody, the service centre."""
    return _speaks(user, consultation.unit, on)


def may_contribute(user: Visitor, part: Part, on: dt.date) -> Decision:
    """Decide who adds a unit's part to an answer."""
    return _speaks(user, part.unit, on)


def may_route(user: Visitor, consultation: Consultation, on: dt.date) -> Decision:
    """Decide who passes a question on: who answers for it now, and always the service centre."""
    if may_keep_register(user, on).allowed:
        return allow()
    return may_answer(user, consultation, on)


def _speaks(user: Visitor, unit: Unit | None, on: dt.date) -> Decision:
    if not (isinstance(user, User) and user.is_active):
        return deny("请先登录", "log in first")
    if unit is not None and unit.pk in speaks_for(user, on):
        return allow()
    speaker = speaker_of(unit, on) if unit is not None else None
    if speaker is not None and speaker.user is not None:
        return deny(f"由{unit}的发言人{speaker.user}答复", f"{speaker.user} answers for {unit}")
    if may_keep_register(user, on).allowed:
        return allow()
    return deny(
        "暂无发言人，由服务中心答复", "nobody speaks for the unit: the service centre answers"
    )


def _asked(user: Visitor, consultation: Consultation, on: dt.date) -> bool:
    if not (isinstance(user, User) and user.is_active):
        return False
    if consultation.enterprise is not None:
        return belongs_to(user, consultation.enterprise, on)
    return consultation.asked_by_id == user.pk
