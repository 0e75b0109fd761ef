"""Every change to users, units and memberships, each with its event."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.enums import Role, UnitKind, scopes
from openzone.zone.people.models import ApiKey, Membership, Unit, User
from openzone.zone.people.selectors import key_digest


class IssuedKey(NamedTuple):
    """A key and its secret, which is shown this once."""

    key: ApiKey
    secret: str


@transaction.atomic
def create_user(
    *, actor: Actor, username: str, display_name: str = "", email: str = "", password: str = ""
) -> User:
    """Create somebody who can log in; without a password, not until one is set."""
    user = User(username=username, display_name=display_name, email=email)
    user.set_unusable_password()
    ensure_valid(user)
    if password:
        _set_password(user, password)
    user.save()
    record("people.user.created", actor=actor, subject=_user(user), payload={"username": username})
    return user


@transaction.atomic
def create_administrator(*, actor: Actor, username: str, password: str, valid_from: date) -> User:
    """Create somebody who administers the zone, and the committee where there is no unit yet."""
    user = create_user(actor=actor, username=username, password=password)
    unit = Unit.objects.filter(parent=None).order_by("pk").first() or create_unit(
        actor=actor,
        code="committee",
        name="管理委员会",
        name_en="Administrative committee",
        kind=UnitKind.COMMITTEE,
    )
    grant_membership(actor=actor, user=user, unit=unit, role=Role.ADMIN, valid_from=valid_from)
    return user


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> User:
    """Set a new password; every open session of the user ends with it."""
    _set_password(user, password)
    user.save(update_fields=["password"])
    record("people.user.password_changed", actor=actor, subject=_user(user))
    return user


@transaction.atomic
def deactivate_user(*, actor: Actor, user: User, on: date) -> User:
    """Close an account from now on; what the person did stays on record."""
    _lock_administrators()
    _keep_an_administrator(Q(user=user), on)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("people.user.deactivated", actor=actor, subject=_user(user))
    return user


@transaction.atomic
def create_unit(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: UnitKind,
    name_en: str = "",
    parent: Unit | None = None,
) -> Unit:
    """Create a unit, at the top or as a part of another."""
    unit = Unit(code=code, name=name, name_en=name_en, kind=kind, parent=parent)
    ensure_valid(unit)
    unit.save()
    record("people.unit.created", actor=actor, subject=f"unit:{unit.pk}", payload={"code": code})
    return unit


@transaction.atomic
def grant_membership(
    *,
    actor: Actor,
    user: User,
    unit: Unit,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
) -> Membership:
    """Give somebody a role in a unit, both days included. The same role twice is refused."""
    User.objects.select_for_update().get(pk=user.pk)
    membership = Membership(
        user=user, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to
    )
    _ensure_dates_in_order(membership)
    ensure_valid(membership)
    _ensure_not_held(membership)
    membership.save()
    record("people.membership.granted", actor=actor, subject=_user(user), payload=_what(membership))
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, last_day: date) -> Membership:
    """Let a role end after its last day. The zone's last administrator cannot be ended."""
    _lock_administrators()
    current = Membership.objects.select_for_update().get(pk=membership.pk)
    if current.valid_to is not None and current.valid_to < last_day:
        raise Refused(
            Text("该职务已于{day}结束", "this role already ends on {day}").format(
                day=current.valid_to
            ),
            field="last_day",
        )
    current.valid_to = last_day
    _ensure_dates_in_order(current, field="last_day")
    _keep_an_administrator(Q(pk=current.pk), _day_after(last_day))
    current.save(update_fields=["valid_to"])
    record(
        "people.membership.ended",
        actor=actor,
        subject=_user(current.user),
        payload=_what(current),
    )
    return current


def _day_after(day: date) -> date:
    """Return the next day; the calendar of the machine ends with the year 9999."""
    return day + timedelta(days=1) if day < date.max else day


def _ensure_dates_in_order(membership: Membership, *, field: str = "valid_to") -> None:
    if membership.valid_to is not None and membership.valid_to < membership.valid_from:
        raise Refused(Text("结束日期早于开始日期", "the last day is before the first"), field=field)


def _ensure_not_held(membership: Membership) -> None:
    """Refuse a second copy of a role that overlaps the first by a day or more."""
    same = Membership.objects.filter(
        user=membership.user, unit=membership.unit, role=membership.role
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=membership.valid_from))
    if membership.valid_to is not None:
        same = same.filter(valid_from__lte=membership.valid_to)
    if same.exists():
        raise Refused(
            Text("该人员在此期间已担任该职务", "the person already holds this role at that time")
        )


def _lock_administrators() -> None:
    """Lock all open administrators, first and in one order: two cannot end each other at once."""
    open_ended = Membership.objects.filter(role=Role.ADMIN, valid_to__isnull=True)
    list(open_ended.select_for_update().order_by("pk").values_list("pk"))


def _keep_an_administrator(leaving: Q, first_day_without: date) -> None:
    """Refuse to leave the zone without an administrator whose role has no end."""
    lasting = Membership.objects.filter(
        role=Role.ADMIN, valid_to__isnull=True, user__is_active=True
    )
    staying = lasting.exclude(leaving).filter(valid_from__lte=first_day_without)
    if lasting.filter(leaving).exists() and not staying.exists():
        raise Refused(
            Text("园区必须保留至少一名管理员", "the zone must keep at least one administrator")
        )


def _set_password(user: User, password: str) -> None:
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            try:
                validate_password(password, user)
            except ValidationError as error:
                texts.append(" ".join(error.messages))
    if texts:
        raise Refused(Text(*texts), field="password")
    user.set_password(password)


def _user(user: User) -> str:
    return f"user:{user.pk}"


def _what(membership: Membership) -> dict[str, str | date | None]:
    return {
        "membership": str(membership.pk),
        "unit": membership.unit.code,
        "role": str(membership.role),
        "valid_from": membership.valid_from,
        "valid_to": membership.valid_to,
    }


@transaction.atomic
def issue_key(
    *,
    actor: Actor,
    user: User,
    label: str,
    may: Collection[str],
    valid_to: date,
    now: datetime,
    on: date,
) -> IssuedKey:
    """Give somebody a key for a program, for the areas named; it ends by itself.

    Args:
        actor: who gives it.
        user: whom it acts for.
        label: what it is for.
        may: its rights, such as ``visits:read``.
        valid_to: its last day, at most ``settings.API_KEY_DAYS`` away.
        now: the moment it is made.
        on: the local day of it.

    """
    last = on + timedelta(days=settings.API_KEY_DAYS)
    if not on <= valid_to <= last:
        raise Refused(
            Text("有效期应在今天至{last}之间", "it ends between today and {last}").format(
                last=last.isoformat()
            ),
            field="valid_to",
        )
    secret = f"oz_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        user=user, label=label.strip(), start=secret[:8], digest=key_digest(secret),
        scopes=_known_scopes(may), created_at=now, valid_to=valid_to,
    )  # fmt: skip
    ensure_valid(key)
    key.save()
    payload = {
        "key": key.start, "label": key.label, "may": key.scopes, "valid_to": valid_to.isoformat()
    }  # fmt: skip
    record("people.key.issued", actor=actor, subject=_user(user), payload=payload)
    return IssuedKey(key, secret)


def _known_scopes(may: Collection[str]) -> list[str]:
    unknown = sorted(set(may) - set(scopes()))
    if unknown:
        raise Refused(
            Text("没有权限“{name}”", "there is no right “{name}”").format(name=unknown[0]),
            field="may",
        )
    if not may:
        raise Refused(Text("请至少选择一项权限", "choose one right at least"), field="may")
    return [one for one in scopes() if one in may]


@transaction.atomic
def revoke_key(*, actor: Actor, key: ApiKey, now: datetime) -> ApiKey:
    """End a key at once."""
    current = ApiKey.objects.select_for_update(of=("self",)).select_related("user").get(pk=key.pk)
    if current.revoked_at is not None:
        raise Refused(Text("该密钥已停用", "this key is revoked already"))
    current.revoked_at = now
    current.save(update_fields=["revoked_at"])
    record(
        "people.key.revoked",
        actor=actor,
        subject=_user(current.user),
        payload={"key": current.start},
    )
    return current
