"""From a decision of the zone to a page, or to the reason why not."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from openzone.www.formats import say
from openzone.zone.people.permissions import Decision, may_see_console


def require(decision: Decision) -> None:
    """Go on if allowed, else answer 403 with the reason in the reader's language."""
    if not decision.allowed:
        raise PermissionDenied(say(decision.reason))


def require_console(request: HttpRequest) -> None:
    """Go on if the person works for the zone."""
    require(may_see_console(request.user, timezone.localdate()))
