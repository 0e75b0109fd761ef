"""Who a program acts for: the user of its key. A session cookie is never enough here."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from openzone.zone.people.models import User
from openzone.zone.people.selectors import user_of_key


class Key(HttpBearer):
    """``Authorization: Bearer oz_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the user of a key."""
        return user_of_key(token, timezone.localdate())


def user_of(request: HttpRequest) -> User:
    """Return whom a request with a key acts for."""
    user: User = request.auth  # type: ignore[attr-defined] # set by ninja after authenticate
    return user
