"""The day a page speaks of: in the address, else chosen earlier, else today."""

import datetime as dt
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.views.errors import Unreadable

KEY = "as_of"
EARLIEST = dt.date(2000, 1, 1)
YEARS_AHEAD = 10


def parse_day(text: str) -> dt.date:
    """Read an ISO date within the years the record can speak of, or refuse with the reason."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Unreadable(_("“%(text)s” is not a date (YYYY-MM-DD).") % {"text": text}) from None
    if not _is_covered(day):
        raise Unreadable(_outside(day))
    return day


def ensure_covered(day: dt.date) -> None:
    """Refuse a day of a form outside the years the record can speak of."""
    if not _is_covered(day):
        raise ValidationError(_outside(day))


def _is_covered(day: dt.date) -> bool:
    return EARLIEST <= day <= timezone.localdate() + dt.timedelta(days=366 * YEARS_AHEAD)


def _outside(day: dt.date) -> str:
    return _("%(text)s is outside the years the record covers.") % {"text": day.isoformat()}


def as_of(request: HttpRequest) -> dt.date:
    """Return the day this request asks about; exports carry it in their form."""
    given = request.POST.get(KEY)
    return parse_day(given) if given else of_page(request)


def of_page(request: HttpRequest) -> dt.date:
    """Return the day that a page shows, whatever a form on it says."""
    if given := request.GET.get(KEY):
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
