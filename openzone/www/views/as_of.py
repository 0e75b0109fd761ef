"""Choosing the day that all pages speak of."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from openzone.www import asof


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the day and go back to the page."""
    today = "today" in request.POST
    day = timezone.localdate() if today else asof.parse_day(request.POST.get("as_of", ""))
    asof.remember(request, day)
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page the form stood on, without a day in its address that would win."""
    target = request.POST.get("next", "")
    here = {request.get_host()}
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, here):
        return asof.without_day(target)
    return resolve_url("home")
