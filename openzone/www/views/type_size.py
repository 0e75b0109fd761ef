"""Large type, kept for a year in a cookie: for people who do not see well, also without a login."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE, LARGE = "type_size", "large"
_YEAR = 365 * 24 * 60 * 60


def is_large(request: HttpRequest) -> bool:
    """Whether the reader asked for large type."""
    return request.COOKIES.get(COOKIE) == LARGE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the size and go back to the page."""
    response = HttpResponseRedirect(_back(request))
    if request.POST.get("size") == LARGE:
        response.set_cookie(
            COOKIE, LARGE, _YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    fits = target.startswith("/") and url_has_allowed_host_and_scheme(target, {request.get_host()})
    return target if fits else resolve_url("home")
