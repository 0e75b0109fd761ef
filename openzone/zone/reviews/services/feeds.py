"""Calendar addresses are made and revoked; the secret in one is shown once."""

import datetime as dt
import secrets
from typing import NamedTuple

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.people.selectors import key_digest
from openzone.zone.reviews.models import Feed

REVOKED = Text("该日历地址已停用", "this address was revoked already")


class Issued(NamedTuple):
    """A calendar address and its secret, which is shown this once."""

    feed: Feed
    secret: str


@transaction.atomic
def make_feed(*, actor: Actor, user: User, label: str, now: dt.datetime) -> Issued:
    """Make an address that somebody's calendar program reads their meetings from."""
    secret = secrets.token_urlsafe(32)
    feed = Feed(user=user, label=label.strip(), digest=key_digest(secret), created_at=now)
    ensure_valid(feed)
    feed.save()
    record(
        "reviews.feed.made", actor=actor, subject=f"user:{user.pk}", payload={"label": feed.label}
    )
    return Issued(feed, secret)


@transaction.atomic
def revoke_feed(*, actor: Actor, feed: Feed, now: dt.datetime) -> Feed:
    """Revoke an address; from now on it is as if it had never been."""
    fresh = Feed.objects.select_for_update().get(pk=feed.pk)
    if fresh.revoked_at is not None:
        raise Refused(REVOKED)
    fresh.revoked_at = now
    fresh.save(update_fields=["revoked_at"])
    record(
        "reviews.feed.revoked", actor=actor, subject=f"user:{fresh.user_id}",
        payload={"label": fresh.label},
    )  # fmt: skip
    return fresh
