"""An area of the interface: its operations are named, limited by rights, and refuse the unknown."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from openzone.engines.text import Text
from openzone.www.api.auth import Key
from openzone.www.api.bodies import Body, Nothing, body_of
from openzone.www.api.errors import FieldProblem, InvalidError
from openzone.www.api.sent import Sent, asked
from openzone.www.api.shapes.common import Problem
from openzone.zone.people.enums import KeyArea

Do = Callable[..., Any]
READING = (401, 403, 404, 422, 429)
WRITING = (400, 401, 403, 404, 409, 413, 422, 429)
UNKNOWN = Text("没有这个参数", "there is no such parameter")
ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 64},
    "description": "重发同一请求用同一值，只办一次 / the same for a repetition: done once",
    "example": "2026-11-21-0001",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "读取时的ETag，等同seen / the ETag of what was read, as `seen`",
    "example": '"3"',
}


IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "与当前ETag相同则答复304 / answered 304 while this is still the ETag",
    "example": '"3"',
}
FILE = {
    "responses": {
        200: {
            "description": "The file",
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    }
}


class Refusal(Schema):
    """The answer of an error, as Ninja wraps the shape of an answer."""

    response: Problem


class Desk(Router):
    """The operations of one area, each for keys that have the right for it."""

    def __init__(self, area: KeyArea) -> None:
        super().__init__(auth=Key(area), tags=[area.value])
        self.area = area

    def read(
        self, path: str, summary: Text, out: Any, *, tag: Callable[[Any], str] | None = None
    ) -> Callable[[Do], Do]:
        """Register what only reads: ``do(asked, **parameters)``.

        Args:
            path: the address, with the numbers of the record.
            summary: what it answers, in a few words.
            out: the shape of the answer; ``bytes`` for a file.
            tag: the state of the answer in a word, sent as its ETag.

        """

        def register(do: Do) -> Do:
            parameters = _parameters(do, 1)
            known = {one.name for one in parameters}

            def view(request: HttpRequest, response: HttpResponse, **given: Any) -> Any:
                _refuse_unknown(request, known)
                found = do(asked(request), **given)
                return found if tag is None else _tagged(request, response, found, tag(found))

            shapes = {200: None if out is bytes else out}
            extra = FILE if out is bytes else {"parameters": [IF_NONE_MATCH]} if tag else None
            self._add("GET", path, view, do, parameters, summary, shapes, READING, extra)
            return do

        return register

    def act(
        self,
        path: str,
        summary: Text,
        form: type[forms.Form] | type[Body] | None,
        out: Any,
        *,
        status: int = 200,
        headers: Iterable[Mapping[str, Any]] = (),
    ) -> Callable[[Do], Do]:
        """Register what changes something: ``do(asked, sent, **parameters of the path)``.

        Args:
            path: the address, with the numbers of the record.
            summary: what it does, in a few words.
            form: the form of the page that does the same, or the shape of the body.
            out: the shape of the answer.
            status: the status of the answer.
            headers: the headers it heeds, as the description has them.

        """

        def register(do: Do) -> Do:
            shape = self._shape(form, do)
            last = Parameter(
                "sent",
                Parameter.KEYWORD_ONLY,
                annotation=shape,
                default=Nothing() if shape is Nothing else Parameter.empty,
            )

            def view(request: HttpRequest, response: HttpResponse, sent: Body, **given: Any) -> Any:
                _refuse_unknown(request, set())
                is_form = form is not None and issubclass(form, forms.Form)
                what = Sent(form, sent) if is_form else sent  # type: ignore[arg-type]
                return Status(status, do(asked(request), what, **given))

            self._add(
                "POST", path, view, do, [*_parameters(do, 2), last], summary,
                {status: out}, WRITING, _headers(headers),
            )  # fmt: skip
            return do

        return register

    def _shape(self, form: type[forms.Form] | type[Body] | None, do: Do) -> type[Body]:
        if form is None:
            return Nothing
        if issubclass(form, forms.Form):
            words = f"{self.area.value}_{do.__name__}_in".split("_")
            return body_of(form, "".join(word.title() for word in words))
        return form

    def _add(
        self,
        method: str,
        path: str,
        view: Do,
        do: Do,
        parameters: list[Parameter],
        summary: Text,
        response: dict[int, Any],
        errors: Iterable[int],
        extra: dict[str, Any] | None,
    ) -> None:
        first = [
            Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest),
            Parameter("response", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpResponse),
        ]
        kept = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in parameters]
        view.__name__, view.__doc__, view.__module__ = do.__name__, do.__doc__, do.__module__
        view.__signature__ = Signature([*first, *kept])  # type: ignore[attr-defined]
        self.add_api_operation(
            path, [method], view,
            operation_id=f"{self.area.value}_{do.__name__}",
            summary=str(summary),
            description=inspect.getdoc(do),
            response=response,
            openapi_extra=extra,
        )  # fmt: skip
        # Made once: Ninja would make a model for every status of every operation.
        view._ninja_operation.response_models |= dict.fromkeys(errors, Refusal)  # type: ignore[attr-defined]


def _parameters(do: Do, own: int) -> list[Parameter]:
    return list(inspect.signature(do).parameters.values())[own:]


def _headers(known: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    listed = [dict(one) for one in known]
    return {"parameters": listed} if listed else None


def _tagged(request: HttpRequest, response: HttpResponse, found: Any, state: str) -> Any:
    tag = f'"{state}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response["ETag"] = tag
    return found


def _refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    unknown = sorted(set(request.GET) - known)
    if unknown:
        raise InvalidError([FieldProblem(name[:100], UNKNOWN) for name in unknown])
