"""Whose hand a request is, and when: what services are given."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User


def user_of(request: HttpRequest) -> User:
    """Return who is logged in; the middleware lets nobody else come this far."""
    assert isinstance(request.user, User)  # noqa: S101 - a login is needed to come here
    return request.user


class Hand(NamedTuple):
    """Who does something, and when."""

    user: User
    now: dt.datetime
    today: dt.date

    @property
    def actor(self) -> Actor:
        """The person as the log knows them."""
        return Actor.of(self.user)

    def of(self, *names: str) -> dict[str, Any]:
        """Return the actor and what else a service asks for, by its name."""
        return {"actor": self.actor, **{name: getattr(self, name) for name in names}}


def hand(request: HttpRequest) -> Hand:
    """Return whose hand a request is."""
    return Hand(user_of(request), timezone.now(), timezone.localdate())
