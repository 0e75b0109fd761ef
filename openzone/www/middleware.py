"""What holds for every request: what it may hold, who may come in, that reading never writes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    QueryDict,
)
from django.shortcuts import resolve_url
from django.urls import ResolverMatch
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from openzone.www.public import PUBLIC, PUBLIC_NAMESPACES
from openzone.www.readonly import read_only
from openzone.www.views import errors
from openzone.zone.errors import Refused
from openzone.zone.people.selectors import read_once

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_OVERHEAD = 64 * 1024  # the boundaries and the other fields around an uploaded file
DRAIN_LIMIT = 1024**3


class ChosenLanguage:
    """Answer in Chinese, except to who chose another language: browsers here often ask for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the language of the request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class UploadLimit:
    """Refuse a request by its declared size, before anything reads its body."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass, or answer 413."""
        if _declared_size(request) <= settings.UPLOAD_LIMIT + FORM_OVERHEAD:
            return self.get_response(request)
        _drain(request)
        return errors.too_large(request)


def _declared_size(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _drain(request: HttpRequest) -> None:
    """Read and forget the body: a browser shows our answer only when it could send everything."""
    left = DRAIN_LIMIT
    while left > 0 and (chunk := request.read(64 * 1024)):
        left -= len(chunk)


class StorableText:
    """Refuse a request with a NUL character, before anything asks the database about it.

    PostgreSQL takes no NUL in any text, SQLite takes it and cuts the text there in places.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the address and the cookies: the session is looked up by one of them."""
        sent = (request.path, *request.COOKIES.values(), *_texts(request.GET))
        return _unstorable(request, sent) or self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Look at the form, once it is known that it came from our own page."""
        return _unstorable(request, _texts(request.POST))


def _texts(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield from (name, *map(str, values))


def _unstorable(request: HttpRequest, texts: Iterable[str]) -> HttpResponse | None:
    if not any("\x00" in text for text in texts):
        return None
    reason = _(
        "It holds an invisible character (NUL) that no text can have. It often comes with text"
        " copied from another program: type that part anew. Nothing was stored."
    )
    return errors.bad_request(request, errors.Unreadable(reason))


class LoginByDefault:
    """Send whoever is not logged in to the login page, except on the public pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Learn who asks."""
        # Loading the user may end a stale session, which writes: before the read-only block.
        known = request.user.is_authenticated
        response = self.get_response(request)
        if known:
            # After a logout the back button must not show what was on the screen.
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer instead of the view when a login is missing."""
        match = request.resolver_match
        if request.user.is_authenticated or (match and _is_public(match)):
            return None
        if "HX-Request" in request.headers:
            return _whole_page_to_login(request)
        # A form cannot be sent again after the login: some addresses only take forms.
        back = request.get_full_path() if request.method in SAFE else resolve_url("home")
        return redirect_to_login(back)


def _is_public(match: ResolverMatch) -> bool:
    return match.view_name in PUBLIC or match.namespace in PUBLIC_NAMESPACES


def _whole_page_to_login(request: HttpRequest) -> HttpResponse:
    """Make htmx leave the page, instead of showing the login form inside a fragment of it."""
    return HttpResponseClientRedirect(redirect_to_login(_page_shown(request)).url)


def _page_shown(request: HttpRequest) -> str:
    """Return the path of the page that htmx says it is on; the start page for nonsense."""
    try:
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return resolve_url("home")
    return page._replace(scheme="", netloc="").geturl() or resolve_url("home")


class ReadOnlyGet:
    """Run requests that only read where the database refuses to write."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, without the right to write if nothing but reading was asked."""
        if request.method not in SAFE:
            return self._answer(request)
        with read_only(), read_once():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        bare = isinstance(response, HttpResponseNotAllowed)  # another keeps what its area says
        return errors.not_allowed(request, response) if bare else response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Show the reason of a refusal that a view did not handle itself."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None
