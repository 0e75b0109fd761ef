"""Whose calendar an address shows, and what is in it."""

import datetime as dt

from openzone.zone.people.selectors import key_digest
from openzone.zone.reviews.models import Feed, Meeting
from openzone.zone.reviews.selectors.meetings import own

BEFORE = dt.timedelta(days=31)


def feed_of(secret: str) -> Feed | None:
    """Return the feed of a secret; nothing where it was revoked or its owner left."""
    feed = Feed.objects.select_related("user").filter(digest=key_digest(secret)).first()
    if feed is None or feed.revoked_at is not None or not feed.user.is_active:
        return None
    return feed


def meetings_of(feed: Feed, today: dt.date) -> list[Meeting]:
    """Return the meetings a feed shows: those of the last month and all that are planned."""
    return list(own(feed.user, today).filter(on__gte=today - BEFORE))
