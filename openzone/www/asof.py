"""The day a page speaks of: in the address, else chosen earlier, else today."""

import datetime as dt
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

KEY = "as_of"
EARLIEST = dt.date(2000, 1, 1)
YEARS_AHEAD = 10


def parse_day(text: str) -> dt.date:
    """Read an ISO date within the years the record can speak of, or refuse with the reason."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadRequest(_("“%(text)s” is not a date (YYYY-MM-DD).") % {"text": text}) from None
    if not EARLIEST <= day <= timezone.localdate() + dt.timedelta(days=366 * YEARS_AHEAD):
        raise BadRequest(_("%(text)s is outside the years the record covers.") % {"text": text})
    return day


def as_of(request: HttpRequest) -> dt.date:
    """Return the day this request asks about."""
    if given := request.GET.get(KEY) or request.POST.get(KEY):
        return parse_day(given)
    session = getattr(request, "session", {})
    return dt.date.fromisoformat(session[KEY]) if KEY in session else timezone.localdate()


def remember(request: HttpRequest, day: dt.date) -> None:
    """Keep the chosen day for the session; today is no choice, it moves on by itself."""
    if day == timezone.localdate():
        request.session.pop(KEY, None)
    else:
        request.session[KEY] = day.isoformat()


def without_day(address: str) -> str:
    """Return a page's address without the day in it."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != KEY]
    return parts._replace(query=urlencode(kept)).geturl()
