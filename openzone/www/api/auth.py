"""Who a program acts for: the user of its key. A session cookie is never enough here."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from openzone.engines.text import Text
from openzone.www.api.errors import NoKeyError, NotAllowedError
from openzone.zone.people.enums import KeyArea, KeyRight
from openzone.zone.people.models import ApiKey, User
from openzone.zone.people.permissions import may_reach, may_use
from openzone.zone.people.selectors import key_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NO_KEY = Text(
    "请在Authorization头中给出密钥（Bearer oz_…）",
    "give a key in the Authorization header (Bearer oz_…)",
)


def right_of(request: HttpRequest) -> KeyRight:
    """Return what a request does in its area."""
    return KeyRight.READ if request.method in SAFE else KeyRight.WRITE


class Key(HttpBearer):
    """``Authorization: Bearer oz_…``, with the right for an area."""

    def __init__(self, area: KeyArea) -> None:
        super().__init__()
        self.area = area

    def __call__(self, request: HttpRequest) -> ApiKey:
        """Return the key, or say what is wrong with it."""
        found: ApiKey | None = super().__call__(request)
        if found is None:
            raise NoKeyError(NO_KEY)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        """Return the key if it holds and reaches the area."""
        found = key_of(token)
        holds = may_use(found, timezone.localdate())
        if found is None or not holds.allowed:
            raise NoKeyError(holds.reason)
        reaches = may_reach(found, self.area, right_of(request))
        if not reaches.allowed:
            raise NotAllowedError(reaches.reason, code="scope")
        return found


def user_of(request: HttpRequest) -> User:
    """Return whom a request with a key acts for."""
    key: ApiKey = request.auth  # type: ignore[attr-defined] # set by ninja after authenticate
    return key.user
