"""What a program sent, taken through the form of the page, so that both are checked alike."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict

from openzone.engines.text import Text
from openzone.www.api.auth import user_of
from openzone.www.api.bodies import Body, sent_as_form
from openzone.www.api.errors import FieldProblem, InvalidError
from openzone.www.api.values import FileIn, content_of, storable
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

LONGEST_KEY = 64


class Asked(NamedTuple):
    """Who asks, when."""

    request: HttpRequest
    user: User
    actor: Actor
    now: dt.datetime
    on: dt.date

    @property
    def once(self) -> str:
        """The name a program gave its request, by which a repetition is known."""
        given = str(self.request.headers.get("Idempotency-Key", ""))
        if len(given) > LONGEST_KEY or not given.isascii() or not (given + "x").isprintable():
            raise Refused(
                Text("最多64个可见ASCII字符", "at most 64 visible ASCII characters"),
                field="Idempotency-Key",
            )
        return str(storable(given))


def asked(request: HttpRequest) -> Asked:
    """Return who asks now."""
    user, now = user_of(request), timezone.now()
    return Asked(request, user, Actor.of(user), now, timezone.localdate(now))


class Sent:
    """A body, and the form it answers."""

    def __init__(self, kind: type[forms.Form], body: Body) -> None:
        self._kind = kind
        self.body = body

    def form(self, *before: Any) -> Any:
        """Return the form, valid; ``before`` is what it is made with beside what was sent.

        Raises:
            InvalidError: naming every input at fault in both languages.

        """
        return through(lambda: self._bound(*before))

    def given(self, *before: Any) -> dict[str, Any]:
        """Return what the valid form holds, as the service takes it."""
        return {**self.form(*before).cleaned_data}

    def _bound(self, *before: Any) -> forms.Form:
        data = query(sent_as_form(self.body, self._kind.base_fields))
        files = self._files()
        made: Callable[..., forms.Form] = self._kind
        return made(*before, data, files) if files else made(*before, data)

    def _files(self) -> "MultiValueDict[str, SimpleUploadedFile]":
        found = {
            name: getattr(self.body, name)
            for name in type(self.body).model_fields
            if isinstance(getattr(self.body, name), FileIn)
        }
        return MultiValueDict(
            {name: [SimpleUploadedFile(one.name, content_of(one))] for name, one in found.items()}
        )


def through(made: Callable[[], forms.Form]) -> Any:
    """Return a form if it is valid.

    Raises:
        InvalidError: naming every input at fault in both languages.

    """
    form = made()
    if not form.is_valid():
        raise InvalidError(_problems(made))
    return form


def query(values: Mapping[str, list[str]]) -> QueryDict:
    """Return values as a form takes them."""
    data = QueryDict(mutable=True)
    for name, given in values.items():
        data.setlist(name, given)
    return data


def _problems(made: Callable[[], forms.Form]) -> list[FieldProblem]:
    """Ask the form again in each language: some messages are fixed when it is checked."""
    said: list[dict[str, str]] = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            errors = made().errors.get_json_data()
            said.append(
                {
                    name: " ".join(str(one["message"]) for one in found)
                    for name, found in errors.items()
                }
            )
    zh, en = said
    return [
        FieldProblem("" if name == "__all__" else name, Text(words, en.get(name, words)))
        for name, words in zh.items()
    ]
