"""The roster of investment advisers: who is on it, from when to when."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Adviser, Lead
from openzone.zone.promotion.services.writing import note

ON_IT = Text("{name}已在顾问名册中", "{name} is on the roster already")
OFF_IT = Text("{name}不在招商顾问名册中", "{name} is not on the roster of advisers")
LEFT = Text("{name}已于 {day} 离任", "{name} left the roster on {day}")
HAS_LEADS = Text(
    "{name}还有 {n} 条在跟线索，请先改派",
    "{name} still follows {n} leads: give them to others first",
)


@transaction.atomic
def join_roster(*, actor: Actor, user: User, on: dt.date, field: str = "") -> Adviser:
    """Put somebody on the roster from a day on."""
    User.objects.select_for_update().get(pk=user.pk)
    if user.adviser_terms.filter(valid_to=None).exists():
        raise Refused(ON_IT.format(name=user), field="user")
    term = Adviser(user=user, field=field.strip(), valid_from=on)
    ensure_valid(term)
    term.save()
    note(
        action="adviser.joined", actor=actor, subject=f"adviser:{term.pk}",
        payload={"user": user.username, "on": on.isoformat()},
    )  # fmt: skip
    return term


@transaction.atomic
def leave_roster(*, actor: Actor, adviser: Adviser, on: dt.date) -> Adviser:
    """Take somebody off the roster after a day; who still follows leads is not let go."""
    fresh = (
        Adviser.objects.select_for_update(of=("self",)).select_related("user").get(pk=adviser.pk)
    )
    if fresh.valid_to is not None:
        raise Refused(LEFT.format(name=fresh.user, day=fresh.valid_to))
    followed = Lead.objects.filter(adviser=fresh.user_id, state__in=OPEN).count()
    if followed:
        raise Refused(HAS_LEADS.format(name=fresh.user, n=followed))
    fresh.valid_to = on
    ensure_valid(fresh)
    fresh.save(update_fields=["valid_to"])
    note(
        action="adviser.left", actor=actor, subject=f"adviser:{fresh.pk}",
        payload={"user": fresh.user.username, "on": on.isoformat()},
    )  # fmt: skip
    return fresh


def ensure_adviser(user: User, on: dt.date, field: str = "adviser") -> User:
    """Refuse who is not on the roster on a day."""
    if not user.is_active or not user.adviser_terms.filter(on_day(on)).exists():
        raise Refused(OFF_IT.format(name=user), field=field)
    return user
