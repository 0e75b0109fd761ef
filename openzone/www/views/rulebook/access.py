"""Who comes in to the drafts, and the draft an address names."""

from typing import NamedTuple

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from openzone.www.access import require
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.permissions import may_draft


class Writer(NamedTuple):
    """Somebody who may draft."""

    user: User
    actor: Actor


def writer(request: HttpRequest) -> Writer:
    """Return who asks, if they may draft; else answer 403 with the reason."""
    require(may_draft(request.user, timezone.localdate()))
    user = request.user
    if not isinstance(user, User):
        raise TypeError("somebody who may draft is logged in")
    return Writer(user, Actor.of(user))


def draft_or_404(pk: int) -> RuleDraft:
    """Return a draft."""
    return get_object_or_404(RuleDraft.objects.select_related("author", "edited_by"), pk=pk)
