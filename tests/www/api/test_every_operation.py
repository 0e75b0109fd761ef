"""What holds for every operation: who comes in, and that nothing sent ever breaks it."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import resolve

from openzone.www.api.site import api
from openzone.zone.people.enums import Role, scopes
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program

pytestmark = pytest.mark.django_db
NOWHERE = 999_999_999


def _operations() -> list[tuple[str, str, str, dict[str, Any]]]:
    return [
        (method, path.removeprefix("/api/v1"), operation["tags"][0], operation)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    ]


OPERATIONS = _operations()
PRIVATE = [one for one in OPERATIONS if one[2] != "public"]
WITH_JSON = [
    one for one in OPERATIONS
    if "application/json" in one[3].get("requestBody", {}).get("content", {})
]  # fmt: skip


def _place(path: str) -> str:
    return re.sub(r"{(\w+)}", str(NOWHERE), path)


def _body(operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("example")


def _ask(program: Program, method: str, path: str, operation: dict[str, Any]) -> Any:
    if method == "get":
        needed = {
            one["name"]: one["example"]
            for one in operation["parameters"]
            if one["in"] == "query" and one["required"]
        }
        return program.get(_place(path), **needed)
    return program.post(_place(path), _body(operation))


class Straight(Program):
    """Asks the operations themselves: what lies before them is the same for all of them."""

    _resolved = staticmethod(lru_cache(maxsize=None)(resolve))
    _factory = RequestFactory()

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self._answered(self._factory.get(f"/api/v1{path}", query, headers=self._who))

    def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        text = body if isinstance(body, str) else json.dumps({} if body is None else body)
        return self._answered(
            self._factory.post(
                f"/api/v1{path}", text, content_type="application/json", headers=self._who
            )
        )

    @property
    def _who(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def _answered(self, request: Any) -> Any:
        found = self._resolved(request.path)
        response = found.func(request, *found.args, **found.kwargs)
        response.json = lambda: json.loads(response.content)
        return response


def _is_problem(response: Any) -> bool:
    body = response.json()
    return {"code", "zh", "en", "field", "problems"} <= body.keys() and bool(body["zh"])


@pytest.fixture(autouse=True)
def often(settings: Any) -> None:
    settings.API_RATE = settings.API_RATE_WITHOUT_KEY = "100000/m"


@pytest.fixture
def stranger_key(centre: Unit, make_user: Callable[..., User], program_of: Any) -> Program:
    return Straight(program_of(make_user("nobody")).secret)


@pytest.fixture
def colleague(centre: Unit, make_user: Callable[..., User], program_of: Any) -> Program:
    key: Program = program_of(make_user("colleague", Role.CENTRE, centre))
    return key


@pytest.fixture
def straight(colleague: Program) -> Program:
    return Straight(colleague.secret)


def test_without_a_key_nothing_opens() -> None:
    for method, path, _area, operation in PRIVATE:
        cache.clear()
        response = _ask(Program(), method, path, operation)
        assert (response.status_code, response.json()["code"]) == (401, "no_key"), path


def test_a_key_reaches_its_area_only(
    centre: Unit, make_user: Callable[..., User], program_of: Any
) -> None:
    user = make_user("colleague", Role.CENTRE, centre)
    for right in scopes():
        key = Straight(program_of(user, [one for one in scopes() if one != right]).secret)
        for method, path, area, operation in PRIVATE:
            if right != f"{area}:{'read' if method == 'get' else 'write'}":
                continue
            response = _ask(key, method, path, operation)
            assert (response.status_code, response.json()["code"]) == (403, "scope"), path
            assert right in response.json()["zh"]


def test_whatever_is_asked_is_answered_in_order(stranger_key: Program, straight: Program) -> None:
    found = []
    for method, path, _area, operation in PRIVATE:
        for program in (stranger_key, straight):
            response = _ask(program, method, path, operation)
            said = {str(one) for one in operation["responses"]}
            wrong = response.status_code >= 400 and not _is_problem(response)
            if str(response.status_code) not in said or wrong:
                found.append((method, path, response.status_code, response.content[:300]))
    assert not found


def test_broken_and_unknown_bodies_are_refused(straight: Program) -> None:
    found = []
    for _method, path, _area, operation in WITH_JSON:
        for broken in ("{", "\x00"):
            response = straight.post(_place(path), broken)
            if response.status_code != 400 or not _is_problem(response):
                found.append((path, broken, response.status_code))
        body = {**(_body(operation) or {}), "no_such_thing": 1}
        response = straight.post(_place(path), body)
        named = {one["field"] for one in response.json().get("problems", ())}
        if response.status_code != 422 or "no_such_thing" not in named:
            found.append((path, body, response.status_code, response.content[:200]))
    assert not found


def test_no_invisible_character_and_no_wrong_type_breaks_it(straight: Program) -> None:
    found = []
    for _method, path, _area, operation in WITH_JSON:
        body = _body(operation) or {}
        for bad in ("\x00", {"deep": ["\x00"]}, 2**70, [[]], "\ud800"):
            response = straight.post(_place(path), json.dumps(dict.fromkeys(body, bad)))
            if response.status_code >= 500:
                found.append((path, bad, response.status_code))
    assert not found


def test_an_unknown_parameter_is_refused_and_named(colleague: Program) -> None:
    response = colleague.get("/cases", colour="red")
    assert response.status_code == 422
    assert response.json()["field"] == "colour"


@pytest.mark.parametrize("path", ["/nothing", "/cases/1/nothing", "/cases?text=%00"])
def test_what_the_site_refuses_is_json_too(colleague: Program, path: str) -> None:
    response = colleague.get(path)
    assert response.status_code in (400, 404)
    assert _is_problem(response)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_method_an_address_does_not_know_is_told_with_those_it_knows(
    colleague: Program, method: str
) -> None:
    response = getattr(colleague._client, method)("/api/v1/cases")
    assert (response.status_code, response.json()["code"]) == (405, "no_such_method")
    assert _is_problem(response)
    assert {"GET", "POST"} <= {one.strip() for one in response["Allow"].split(",")}


def test_a_body_above_the_limit_is_too_large(colleague: Program, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    response = colleague.post("/cases", {"kind": "x", "title": "长" * 2_000})
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_rates_are_the_settings(colleague: Program, settings: Any) -> None:
    settings.API_RATE = "2/m"
    assert [colleague.get("/desk").status_code for _ in range(3)] == [200, 200, 429]
