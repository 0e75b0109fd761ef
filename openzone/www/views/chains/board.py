"""The chains of the zone, and one chain read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openzone.www.access import require
from openzone.zone.chains.permissions import may_list
from openzone.zone.chains.selectors.versions import chain_ids, pack_on


def board(request: HttpRequest) -> HttpResponse:
    """List the chains."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    packs = [pack_on(name, today) for name in chain_ids(today)]
    return render(request, "chains/board.html", {"packs": packs})
