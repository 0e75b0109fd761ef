"""What is answered when something is not done, always with both languages."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError

from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import Decision


class NotAllowedError(Exception):
    """The caller may not do this; the reason is said."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


def require(decision: Decision) -> None:
    """Go on if allowed."""
    if not decision.allowed:
        raise NotAllowedError(decision.reason)


def problem(code: str, reason: Text, field: str = "") -> dict[str, str]:
    """Return why something was not done, as every error of the interface says it."""
    return {"code": code, "zh": reason.zh, "en": reason.en, "field": field}


NO_KEY = Text(
    "请在Authorization头中给出有效密钥（Bearer oz_…）",
    "give a valid key in the Authorization header (Bearer oz_…)",
)
NOT_FOUND = Text("没有这一项，或您无权查看", "there is no such thing, or it is not for you to see")
TOO_OFTEN = Text("请求过于频繁，请稍后再试", "too many requests; try again later")


def install(api: NinjaAPI) -> None:
    """Let the interface answer errors in its own shape."""

    def on(kind: type[Exception], answer: Callable[[Any], tuple[int, dict[str, Any]]]) -> None:
        def handle(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
            status, body = answer(error)
            return api.create_response(request, body, status=status)

        api.add_exception_handler(kind, handle)

    on(AuthenticationError, lambda error: (401, problem("no_key", NO_KEY)))
    on(NotAllowedError, lambda error: (403, problem("not_allowed", error.reason)))
    on(Http404, lambda error: (404, problem("not_found", NOT_FOUND)))
    on(Refused, _refused)
    on(Throttled, lambda error: (429, problem("too_often", TOO_OFTEN)))
    on(ValidationError, _invalid)


def _refused(error: Refused) -> tuple[int, dict[str, Any]]:
    """A wrong input is 422; what cannot be done now, such as what somebody did already, 409."""
    return (422 if error.field else 409), problem("refused", error.reason, error.field)


def _invalid(error: ValidationError) -> tuple[int, dict[str, Any]]:
    """Name the first input at fault, and list them all."""
    found = [
        {"field": ".".join(str(part) for part in one.get("loc", ())), "message": one.get("msg", "")}
        for one in error.errors
    ]
    first = found[0] if found else {"field": "", "message": ""}
    reason = Text("“{field}”：{message}", "“{field}”: {message}").format(**first)
    return 422, {**problem("invalid", reason, first["field"]), "problems": found}
