"""From a decision of the zone to a page, or to the reason why not."""

from django.core.exceptions import PermissionDenied

from openzone.www.formats import say
from openzone.zone.people.permissions import Decision


def require(decision: Decision) -> None:
    """Go on if allowed, else answer 403 with the reason in the reader's language."""
    if not decision.allowed:
        raise PermissionDenied(say(decision.reason))
