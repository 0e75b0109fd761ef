"""Choosing the day that all pages speak of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
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
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page the form stood on, without a day in its address that would win."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return resolve_url("home")
    return asof.without_day(target)
