"""Error pages: what went wrong, why, and what to do, in both languages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.utils.translation import gettext as _

from openzone.www.formats import say
from openzone.zone.errors import Refused


class Unreadable(BadRequest):
    """A part of a request that makes no sense, with the reason in the reader's language."""


def page(request: HttpRequest, status: int, title: str, reason: str) -> HttpResponse:
    """Render the one error page. It asks nothing of the database or the session."""
    context = {"status": status, "title": title, "reason": reason}
    return HttpResponse(loader.render_to_string("error.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself makes no sense; 413 where it is only too long."""
    if isinstance(exception, RequestDataTooBig):
        return too_long(request)
    # What the framework itself says is meant for programmers, and in English.
    ours = str(exception) if isinstance(exception, Unreadable) else ""
    reason = ours or _("The address or the form holds something we cannot read.")
    return page(request, 400, _("This request cannot be read"), reason)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: with the reason, so that a person knows whom to ask."""
    reason = str(exception) or _("You do not have the role that this page needs.")
    return page(request, 403, _("Not open to you"), reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here."""
    return page(request, 404, _("Nothing here"), _("There is no page or record at this address."))


def not_allowed(request: HttpRequest, refusal: HttpResponseBase) -> HttpResponse:
    """405: an address that only takes forms was opened, or the other way round."""
    reason = _("Nothing can be shown at this address: it only takes what a form sends.")
    answer = page(request, 405, _("This address is not a page"), reason)
    answer["Allow"] = refusal.headers["Allow"]
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    """413: an upload above the limit."""
    limit = settings.UPLOAD_LIMIT // 1024**2
    reason = _(
        "A file may have at most %(limit)d MB. Split it, or delete sheets and pictures it does"
        " not need. Nothing was stored."
    )
    return page(request, 413, _("This file is too large"), reason % {"limit": limit})


def too_long(request: HttpRequest) -> HttpResponse:
    """413: more text in the fields of a form than is read."""
    reason = _("What was written is too long. Shorten it, or attach it as a file.")
    return page(request, 413, _("This form is too long"), reason)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    reason = _("Something broke on our side and was written to the log. Nothing was half-saved.")
    return page(request, 500, _("This did not work"), reason)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that did not come from our own page, or too old."""
    advice = _("The form is too old or did not come from this site. Reload the page and try again.")
    return page(request, 403, _("Please send the form again"), advice)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409: the record does not allow it; the reason is part of the refusal."""
    return page(request, 409, _("This is not possible"), say(refusal.reason))


def locked(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """429: too many failed logins for one account from one address."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    reason = _(
        "Too many wrong passwords for this account. Try again in %(minutes)d minutes, or ask"
        " your administrator."
    )
    return page(request, 429, _("Login is locked for a while"), reason % {"minutes": minutes})
