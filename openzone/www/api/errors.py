"""What is answered when something is not done, always in both languages."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from openzone.engines.text import Text
from openzone.www.api import wording
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import Decision


class NoKeyError(Exception):
    """There is no key, or none that holds."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowedError(Exception):
    """The caller may not do this; the reason is said."""

    def __init__(self, reason: Text, code: str = "not_allowed") -> None:
        super().__init__(reason)
        self.reason, self.code = reason, code


class FieldProblem(NamedTuple):
    """An input at fault, and why."""

    field: str
    reason: Text


class InvalidError(Exception):
    """Some inputs make no sense."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__(problems)
        self.problems = problems


def require(decision: Decision) -> None:
    """Go on if allowed."""
    if not decision.allowed:
        raise NotAllowedError(decision.reason)


def hide(decision: Decision) -> None:
    """Go on if it may be seen; else it is not there, so that numbers cannot be tried."""
    if not decision.allowed:
        raise Http404


def problem(code: str, reason: Text, field: str = "") -> dict[str, Any]:
    """Return why something was not done, as every error of the interface says it."""
    return {"code": code, "zh": reason.zh, "en": reason.en, "field": field, "problems": []}


NOT_FOUND = Text("没有这一项，或您无权查看", "there is no such thing, or it is not for you to see")
TOO_OFTEN = Text("请求过于频繁，请稍后再试", "too many requests; try again later")
UNREADABLE = Text("请求不是有效的JSON，未作任何改动", "this is not JSON; nothing was changed")
TOO_LARGE = Text("请求过大，未作任何改动", "the request is too large; nothing was changed")
NO_ROLE = Text("您没有所需的角色", "you do not have the role that is needed")

Answer = tuple[int, dict[str, Any]]


def install(api: NinjaAPI) -> None:
    """Let the interface answer errors in its own shape."""

    def on(kind: type[Exception], answer: Callable[[Any], Answer]) -> None:
        def handle(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
            status, body = answer(error)
            return api.create_response(request, body, status=status)

        api.add_exception_handler(kind, handle)

    on(NoKeyError, lambda error: (401, problem("no_key", error.reason)))
    on(AuthenticationError, lambda error: (401, problem("no_key", NO_ROLE)))
    on(NotAllowedError, lambda error: (403, problem(error.code, error.reason)))
    on(PermissionDenied, lambda error: (403, problem("not_allowed", NO_ROLE)))
    on(Http404, lambda error: (404, problem("not_found", NOT_FOUND)))
    on(RequestDataTooBig, lambda error: (413, problem("too_large", TOO_LARGE)))
    on(Refused, _refused)
    on(InvalidError, lambda error: _invalid(error.problems))
    on(ValidationError, _unshaped)
    on(HttpError, lambda error: (error.status_code, problem("unreadable", UNREADABLE)))
    on(Throttled, lambda error: (429, problem("too_often", TOO_OFTEN)))


def _refused(error: Refused) -> Answer:
    """A wrong input is 422; what cannot be done now, such as what somebody did already, 409."""
    if error.field:
        return _invalid([FieldProblem(error.field, error.reason)], "refused")
    return 409, problem("refused", error.reason)


def _unshaped(error: ValidationError) -> Answer:
    found = [FieldProblem(wording.place(one), wording.reason(one)) for one in error.errors]
    return _invalid(found or [FieldProblem("", UNREADABLE)])


def _invalid(problems: Sequence[FieldProblem], code: str = "invalid") -> Answer:
    """Name the first input at fault, and list them all."""
    first = problems[0]
    listed = [{"field": one.field, "zh": one.reason.zh, "en": one.reason.en} for one in problems]
    said = first.reason
    if code == "invalid":
        said = Text("“{field}”：{zh}", "“{field}”: {en}").format(
            field=first.field, zh=said.zh, en=said.en
        )
    return 422, {**problem(code, said, first.field), "problems": listed}
